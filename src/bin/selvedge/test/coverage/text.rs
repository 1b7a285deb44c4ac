//! Coverage as a table of files.

use std::fmt::Write as _;

use selvedge::testing::CoveredFile;

use super::source::{Source, percent};

/// A row for each file, and one for all of them.
pub(super) fn report(sources: &[Source]) -> String {
    let mut rows = vec![["file", "lines", "branches", "did not run"].map(str::to_owned)];
    let (mut lines, mut branches) = ((0, 0), (0, 0));
    for source in sources {
        let file = &source.file;
        lines = sum(lines, file.line_totals());
        branches = sum(branches, file.branch_totals());
        rows.push([
            file.name.clone(),
            share(file.line_totals()),
            share(file.branch_totals()),
            missed(file),
        ]);
    }
    if sources.len() != 1 {
        rows.push(["all".to_owned(), share(lines), share(branches), String::new()]);
    }
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths = [0, 1, 2].map(width);
    let mut out = String::new();
    for [file, lines, branches, missed] in &rows {
        let [of_file, of_lines, of_branches] = widths;
        let line = format!("{file:of_file$}  {lines:of_lines$}  {branches:of_branches$}  {missed}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn sum(one: (usize, usize), other: (usize, usize)) -> (usize, usize) {
    (one.0 + other.0, one.1 + other.1)
}

fn share((all, some): (usize, usize)) -> String {
    format!("{some}/{all} {}%", percent((all, some)))
}

/// The lines that did not run, and those with a way that was not taken.
fn missed(file: &CoveredFile) -> String {
    let lines = file
        .lines
        .iter()
        .filter(|(_, hits)| **hits == 0)
        .map(|(line, _)| line.to_string());
    let ways = file.branches.iter().filter(|branch| branch.hits == 0);
    let ways = ways.filter(|branch| file.lines.get(&branch.line).is_none_or(|hits| *hits > 0));
    let ways = ways.map(|branch| format!("{} {}", branch.line, branch.held));
    lines.chain(ways).collect::<Vec<_>>().join(", ")
}
