//! The tables: all medians with their ratios to selvedge's, and selvedge against native Rust and the best of the others.

use std::fmt::Write;

use crate::race::Event;
use crate::rounds::Medians;

const OURS: &str = "selvedge";
/// Selvedge with programs from its cache, on the rows that start from source.
const CACHED: &str = "selvedge, cached";

/// A line for each peer, a column for each row.
pub fn table(peers: &[&str], rows: &[Medians]) -> String {
    let mut text = String::from("| ns per evaluation (times selvedge's) |");
    for row in rows {
        let _ = write!(text, " {} |", row.row.name());
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
        let Event::Row(source) = row.row else { continue };
        let is_kept = |kept: &&Medians| matches!(kept.row, Event::Row(program) if program == source.program());
        if let Some(kept) = rows.iter().find(is_kept).filter(|_| source.from_source()) {
            let name = format!("{} cached, others {}", source.name(), kept.row.name());
            line(&mut text, &name, of(CACHED, peers, row), peers, kept);
        }
    }
    text.push('\n');
    text
}

/// The everyday programs: what each peer takes as a multiple of selvedge's time, a line each, with the geometric means; and what the
/// twin of each costs relative to it, for selvedge and for the peer whose twin costs most.
pub fn everyday(peers: &[&str], rows: &[Medians]) -> String {
    let cases: Vec<&Medians> = rows
        .iter()
        .filter(|row| matches!(row.row, Event::Everyday(_)))
        .collect();
    if cases.is_empty() {
        return String::new();
    }
    let others: Vec<usize> = (0..peers.len())
        .filter(|&peer| !peers[peer].starts_with(OURS) && cases.iter().any(|case| case.nanoseconds[peer].is_some()))
        .collect();
    let mut text = String::from("| times selvedge's | selvedge, ns |");
    for &peer in &others {
        let _ = write!(text, " {} |", peers[peer]);
    }
    text.push_str(" twin | twin, the others at most |\n| --- | ---: |");
    text.push_str(&" ---: |".repeat(others.len() + 2));
    let mut ratios = vec![Vec::new(); peers.len()];
    for case in &cases {
        let Some(ours) = of(OURS, peers, case) else { continue };
        let _ = write!(text, "\n| {} | {} |", case.row.name(), figure(ours));
        for &peer in &others {
            let ratio = case.nanoseconds[peer].map(|time| time / ours);
            ratios[peer].extend(ratio);
            let _ = write!(
                text,
                " {} |",
                ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"))
            );
        }
        let twin = cases
            .iter()
            .find(|twin| twin.row.name() == format!("{}~", case.row.name()));
        let costs = |peer: usize| Some(twin?.nanoseconds[peer]? / case.nanoseconds[peer]?);
        let own = peers.iter().position(|peer| *peer == OURS).and_then(costs);
        let most = others.iter().copied().filter_map(costs).max_by(f64::total_cmp);
        for cost in [own, most] {
            let _ = write!(
                text,
                " {} |",
                cost.map_or_else(String::new, |cost| format!("{cost:.2}"))
            );
        }
    }
    text.push_str("\n| geometric mean | |");
    for &peer in &others {
        let sum: f64 = ratios[peer].iter().map(|ratio: &f64| ratio.ln()).sum();
        let _ = write!(text, " {:.2} |", (sum / ratios[peer].len() as f64).exp());
    }
    text.push_str(" | |\n");
    text
}

/// Our time beside the others' times of a row.
fn line(text: &mut String, name: &str, ours: Option<f64>, peers: &[&str], others: &Medians) {
    let named = peers
        .iter()
        .zip(&others.nanoseconds)
        .filter_map(|(peer, ns)| Some((*peer, (*ns)?)));
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
