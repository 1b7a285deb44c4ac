//! The recogniser reads every text as the parser does that pest derives from the grammar: the same verdict, the same rules, the
//! same places, the same place of failure.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "../fuzz/bodies/reference.rs"]
mod reference;

/// The texts of the corpora: every string of theirs, programs or not.
fn corpus() -> Vec<String> {
    let mut texts = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "jsonl") {
                let lines = std::fs::read_to_string(path).unwrap();
                let lines = lines.lines().filter_map(|line| serde_json::from_str(line).ok());
                lines.for_each(|line: serde_json::Value| strings(&line, &mut texts));
            }
        }
    }
    texts.sort();
    texts.dedup();
    texts.retain(|text| text.len() < 2_000);
    texts
}

fn strings(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => texts.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, texts)),
        serde_json::Value::Object(entries) => entries.values().for_each(|entry| strings(entry, texts)),
        _ => {}
    }
}

#[test]
fn the_corpora_read_alike() {
    let texts = corpus();
    let accepted = texts.iter().filter(|text| reference::agree(text) == Some(true)).count();
    assert!(
        accepted > 4_000 && texts.len() - accepted > 200,
        "{accepted} of {} accepted",
        texts.len()
    );
}

/// A text with one change: a piece left out, doubled, put elsewhere or replaced by a piece of another.
fn mutant(draw: &mut impl FnMut(usize) -> usize, texts: &[String]) -> String {
    let characters = |draw: &mut dyn FnMut(usize) -> usize| -> Vec<char> { texts[draw(texts.len())].chars().collect() };
    let mut text = characters(draw);
    for _ in 0..=draw(2) {
        let (from, length) = (draw(text.len() + 1), draw(4));
        let to = (from + length).min(text.len());
        let piece = match draw(4) {
            0 => Vec::new(),
            1 => [&text[from..to], &text[from..to]].concat(),
            2 => text[from..to].iter().rev().copied().collect(),
            _ => {
                let other = characters(draw);
                let start = draw(other.len() + 1);
                other[start..(start + 1 + draw(6)).min(other.len())].to_vec()
            }
        };
        text.splice(from..to, piece);
    }
    text.into_iter().collect()
}

/// Comments keep their places, once each, wherever they stand, and nothing in a text is one.
#[test]
fn comments_keep_their_places() {
    let sources = [
        ("// a", vec!["// a"]),
        (
            "/* a */ 1 /* b */ + /* c */ 2 // d",
            vec!["/* a */", "/* b */", "/* c */", "// d"],
        ),
        (
            "x /**/ = 'no // comment' /* é */ ; // e\nreturn x /* f */ . /* g */ length ( /* h */ ) ;",
            vec!["/**/", "/* é */", "// e", "/* f */", "/* g */", "/* h */"],
        ),
        (
            "int /* a */ n /* b */ = 4 / /* c */ 2; if /* d */ (n > 1) /* e */ { /* f */ } /* g */ else // h\r{ } n",
            vec![
                "/* a */", "/* b */", "/* c */", "/* d */", "/* e */", "/* f */", "/* g */", "// h",
            ],
        ),
        ("1", vec![]),
    ];
    for (source, comments) in sources {
        assert_eq!(reference::agree(source), Some(true), "{source}");
        let found = selvedge::oracle::recognise(source).unwrap().unwrap().comments;
        let found: Vec<&str> = found
            .iter()
            .map(|span| &source[span.start as usize..span.end as usize])
            .collect();
        assert_eq!(found, comments, "{source}");
    }
}

#[test]
fn mutants_of_the_corpora_read_alike() {
    let texts = corpus();
    let mut state = 1_u64;
    let mut draw = |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..40_000 {
        match reference::agree(&mutant(&mut draw, &texts)) {
            Some(true) => accepted += 1,
            Some(false) => refused += 1,
            None => {}
        }
    }
    assert!(
        accepted > 5_000 && refused > 5_000,
        "{accepted} accepted, {refused} refused"
    );
}
