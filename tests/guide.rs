//! The guide hangs together: `docs/SUMMARY.md` has every page, and each relative link leads to a file and a heading that are there.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The guide's folder.
fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// The guide's pages, those of the library in a folder of their own; the summary itself left out.
fn pages() -> BTreeSet<String> {
    let folders = ["", "library"].map(|folder| docs().join(folder));
    let paths = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path());
    let pages = paths.filter(|path| path.extension().is_some_and(|end| end == "md") && !path.ends_with("SUMMARY.md"));
    pages
        .map(|path| path.strip_prefix(docs()).unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// A page's lines outside of fenced blocks, with the numbers they have in the file.
fn prose(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push((at + 1, line));
        }
    }
    assert!(!fenced, "a fenced block is not closed");
    lines
}

/// Where the links of a line lead; what stands in backquotes is not a link.
fn links(line: &str) -> Vec<String> {
    let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let targets = plain.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets.map(|(target, _)| target.to_owned()).collect()
}

/// The fragment by which a heading is linked to, as GitHub and mdbook make it.
fn fragment(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// What is wrong with a link in a file, if anything.
fn broken(from: &Path, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, part) = link.split_once('#').unwrap_or((link, ""));
    let target = if path.is_empty() {
        from.to_owned()
    } else {
        from.parent().unwrap().join(path)
    };
    if !target.exists() {
        return Some(format!("{} is not there", target.display()));
    }
    if part.is_empty() {
        return None;
    }
    let text = fs::read_to_string(&target).unwrap();
    let headings = prose(&text).into_iter().filter(|(_, line)| line.starts_with('#'));
    let found = headings
        .map(|(_, heading)| fragment(heading))
        .any(|known| known == part);
    (!found).then(|| format!("{} has no heading #{part}", target.display()))
}

/// A block that names a file of the examples shows what it holds.
#[test]
fn blocks_that_name_a_file_show_it() {
    let mut shown = 0;
    for page in pages() {
        let text = fs::read_to_string(docs().join(&page)).unwrap();
        for block in text.split("\n```").skip(1) {
            let (info, body) = block.split_once('\n').unwrap();
            let Some((_, file)) = info.split_once(" examples/") else {
                continue;
            };
            let file = docs().join("../examples").join(file);
            assert_eq!(
                fs::read_to_string(&file).unwrap(),
                format!("{body}\n"),
                "{page}: {}",
                file.display()
            );
            shown += 1;
        }
    }
    assert!(shown > 5, "{shown}");
}

#[test]
fn the_summary_lists_every_page_once() {
    let summary = fs::read_to_string(docs().join("SUMMARY.md")).unwrap();
    let listed: Vec<String> = summary.lines().flat_map(links).collect();
    let distinct: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(distinct, pages());
    assert_eq!(listed.len(), distinct.len(), "a page is listed twice");
}

#[test]
fn every_link_leads_somewhere() {
    let mut files: Vec<PathBuf> = pages().into_iter().map(|page| docs().join(page)).collect();
    files.push(docs().join("SUMMARY.md"));
    files.push(docs().with_file_name("README.md"));
    let mut found = 0;
    let mut wrong = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for (line, link) in prose(&text)
            .into_iter()
            .flat_map(|(at, line)| links(line).into_iter().map(move |l| (at, l)))
        {
            found += 1;
            let reason = broken(&file, &link);
            wrong.extend(reason.map(|reason| format!("{}:{line}: {link}: {reason}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(found > 20, "only {found} links were found");
}

#[test]
fn a_broken_link_is_found() {
    let page = docs().join("CHECK.md");
    assert_eq!(broken(&page, "CHECK.md#selvedgetoml"), None);
    assert_eq!(broken(&page, "https://example.org/x"), None);
    assert!(broken(&page, "NOWHERE.md").is_some());
    assert!(broken(&page, "#nothing-of-the-kind").is_some());
    assert_eq!(links("[a](b.md), `[c](d.md)`, [e](f.md#g)"), ["b.md", "f.md#g"]);
}
