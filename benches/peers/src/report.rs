//! The tables: all medians with their ratios to selvedge's, and selvedge against native Rust and the best of the others.

use std::fmt::Write;

use crate::rounds::Medians;

const OURS: &str = "selvedge";

/// A line for each peer, a column for each row.
pub fn table(peers: &[&str], rows: &[Medians]) -> String {
    let mut text = String::from("| ns per evaluation (times selvedge's) |");
    for row in rows {
        let _ = write!(text, " {:?} |", row.row);
    }
    text.push_str("\n| --- |");
    text.push_str(&" ---: |".repeat(rows.len()));
    for (index, peer) in peers.iter().enumerate() {
        let _ = write!(text, "\n| {peer} |");
        for row in rows {
            let cell = row.nanoseconds[index].map_or_else(String::new, |median| cell(median, ours(peers, row)));
            let _ = write!(text, " {cell} |");
        }
    }
    text.push('\n');
    text
}

/// A line for each row: selvedge, native Rust, and the best interpreter besides selvedge.
pub fn summary(peers: &[&str], rows: &[Medians]) -> String {
    let mut text = String::from("| | selvedge | native Rust | best other | its time | selvedge is faster by |\n");
    text.push_str("| --- | ---: | ---: | --- | ---: | ---: |");
    for row in rows {
        let named = || {
            peers
                .iter()
                .zip(&row.nanoseconds)
                .filter_map(|(peer, ns)| Some((*peer, (*ns)?)))
        };
        let native = named().find(|(peer, _)| *peer == "native");
        let others = named().filter(|(peer, _)| *peer != "native" && !peer.starts_with(OURS));
        let best = others.min_by(|(_, one), (_, other)| one.total_cmp(other));
        let ours = ours(peers, row);
        let number = |ns: Option<f64>| ns.map_or_else(String::new, figure);
        let (name, time) = best.unzip();
        let ratio = time.zip(ours).map(|(time, ours)| format!("{:.2}", time / ours));
        let _ = write!(
            text,
            "\n| {:?} | {} | {} | {} | {} | {} |",
            row.row,
            number(ours),
            number(native.map(|(_, ns)| ns)),
            name.unwrap_or_default(),
            number(time),
            ratio.unwrap_or_default(),
        );
    }
    text.push('\n');
    text
}

fn ours(peers: &[&str], row: &Medians) -> Option<f64> {
    let index = peers.iter().position(|peer| *peer == OURS)?;
    row.nanoseconds[index]
}

fn cell(median: f64, ours: Option<f64>) -> String {
    match ours {
        Some(ours) => format!("{} ({:.2})", figure(median), median / ours),
        None => figure(median),
    }
}

/// Whole nanoseconds with their thousands apart, decimals where they count.
fn figure(ns: f64) -> String {
    if ns < 20.0 {
        return format!("{ns:.2}");
    }
    let digits = format!("{ns:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
