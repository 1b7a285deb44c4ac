//! The tables: all medians with their ratios to selvedge's, and selvedge against native Rust and the best of the others.

use std::fmt::Write;

use crate::rounds::Medians;

const OURS: &str = "selvedge";
/// Selvedge with programs from its cache, on the rows that start from source.
const CACHED: &str = "selvedge, cached";

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
            let cell = row.nanoseconds[index].map_or_else(String::new, |median| cell(median, of(OURS, peers, row)));
            let _ = write!(text, " {cell} |");
        }
    }
    text.push('\n');
    text
}

/// A line for each row: selvedge, native Rust, and the best interpreter besides selvedge. What starts from source is compiled in full
/// by all; what selvedge takes from its cache is compared with the programs that the others keep compiled.
pub fn summary(peers: &[&str], rows: &[Medians]) -> String {
    let mut text = String::from("| | selvedge | native Rust | best other | its time | times selvedge's |\n");
    text.push_str("| --- | ---: | ---: | --- | ---: | ---: |");
    for row in rows {
        line(&mut text, &row.row.name(), of(OURS, peers, row), peers, row);
        let kept = rows.iter().find(|kept| row.row.from_source() && kept.row == row.row.program());
        if let Some(kept) = kept {
            let name = format!("{} cached, others {}", row.row.name(), kept.row.name());
            line(&mut text, &name, of(CACHED, peers, row), peers, kept);
        }
    }
    text.push('\n');
    text
}

/// Our time beside the others' times of a row.
fn line(text: &mut String, name: &str, ours: Option<f64>, peers: &[&str], others: &Medians) {
    let named = peers.iter().zip(&others.nanoseconds).filter_map(|(peer, ns)| Some((*peer, (*ns)?)));
    let interpreters = named.filter(|(peer, _)| *peer != "native" && !peer.starts_with(OURS));
    let (best, time) = interpreters.min_by(|(_, one), (_, other)| one.total_cmp(other)).unzip();
    let number = |ns: Option<f64>| ns.map_or_else(String::new, figure);
    let ratio = time.zip(ours).map(|(time, ours)| format!("{:.2}", time / ours));
    let _ = write!(
        text,
        "\n| {name} | {} | {} | {} | {} | {} |",
        number(ours),
        number(of("native", peers, others)),
        best.unwrap_or_default(),
        number(time),
        ratio.unwrap_or_default(),
    );
}

/// The median of a peer.
fn of(name: &str, peers: &[&str], row: &Medians) -> Option<f64> {
    let index = peers.iter().position(|peer| *peer == name)?;
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
