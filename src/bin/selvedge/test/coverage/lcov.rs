//! Coverage as a tracefile of lcov.

use std::fmt::Write as _;

use super::source::Source;

/// A section for each file.
pub(super) fn report(sources: &[Source]) -> String {
    let mut out = String::new();
    for Source { file, .. } in sources {
        let _ = writeln!(out, "TN:\nSF:{}", file.name);
        for branch in &file.branches {
            let has_run = file
                .branches
                .iter()
                .any(|other| other.block == branch.block && other.hits > 0);
            let hits = match has_run {
                true => branch.hits.to_string(),
                // No way of the condition was taken: it was never decided.
                false => "-".to_owned(),
            };
            let _ = writeln!(
                out,
                "BRDA:{},{},{},{hits}",
                branch.line,
                branch.block,
                u8::from(!branch.held)
            );
        }
        let (all, taken) = file.branch_totals();
        let _ = writeln!(out, "BRF:{all}\nBRH:{taken}");
        for (line, hits) in &file.lines {
            let _ = writeln!(out, "DA:{line},{hits}");
        }
        let (all, ran) = file.line_totals();
        let _ = writeln!(out, "LF:{all}\nLH:{ran}\nend_of_record");
    }
    out
}
