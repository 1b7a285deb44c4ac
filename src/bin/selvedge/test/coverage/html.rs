//! Coverage as a page: each file with its lines, marked by whether they ran.

use std::fmt::Write as _;

use selvedge::diagnostic::escape_lines;
use selvedge::testing::CoveredFile;

use super::source::{Source, percent};

const STYLE: &str = "body{font:14px system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}\
table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:left}\
pre{border:1px solid #8884;overflow-x:auto;line-height:1.4}pre span{display:block;padding:0 .5rem}\
.ran{background:#2a72}.part{background:#fb03}.not{background:#e335}i{color:#888;font-style:normal;user-select:none}";

/// The page.
pub(super) fn report(sources: &[Source]) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    let _ = writeln!(
        out,
        "<title>Coverage</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>Coverage</h1>"
    );
    out.push_str("<table>\n<tr><th>file</th><th>lines</th><th>branches</th></tr>\n");
    for (index, Source { file, .. }) in sources.iter().enumerate() {
        let name = quoted(&file.name);
        let (lines, branches) = (percent(file.line_totals()), percent(file.branch_totals()));
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#f{index}\">{name}</a></td><td>{lines}%</td><td>{branches}%</td></tr>"
        );
    }
    out.push_str("</table>\n");
    for (index, Source { file, text }) in sources.iter().enumerate() {
        let _ = writeln!(out, "<h2 id=\"f{index}\">{}</h2>\n<pre>", quoted(&file.name));
        for (line, text) in (1..).zip(text.lines()) {
            source_line(&mut out, file, line, text);
        }
        out.push_str("</pre>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn source_line(out: &mut String, file: &CoveredFile, line: u32, text: &str) {
    let hits = file.lines.get(&line);
    let ways = file
        .branches
        .iter()
        .filter(|branch| branch.line == line && branch.hits == 0);
    let missed: Vec<String> = ways
        .map(|way| format!("`{}` was never {}", way.condition, way.held))
        .collect();
    let class = match hits {
        None => "",
        Some(0) => "not",
        Some(_) if missed.is_empty() => "ran",
        Some(_) => "part",
    };
    let shown = hits.map_or_else(String::new, ToString::to_string);
    let title = quoted(&missed.join("; "));
    let _ = writeln!(
        out,
        "<span class=\"{class}\" title=\"{title}\"><i>{line:5} {shown:>6}  </i>{}</span>",
        quoted(text)
    );
}

/// A text as it stands in a page.
fn quoted(text: &str) -> String {
    let text = escape_lines(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
