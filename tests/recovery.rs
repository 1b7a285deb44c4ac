//! What is said of a program after its first syntax error: nothing that would not be wrong without it. One statement of a right
//! program is spoilt; that is one error. And of a program with a mistake in it, which is told once.

#![cfg(feature = "datetime")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fs;
use std::path::Path;

use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::lint::LintSet;
use selvedge::{Engine, Inputs, Schema, UnknownNames};
use serde::Deserialize;

#[path = "support/corpus.rs"]
mod corpus;

/// Where statements end in a program: at each `;` outside of strings, comments and parentheses.
fn ends(source: &str) -> Vec<usize> {
    let (mut ends, mut quote, mut depth) = (Vec::new(), None, 0);
    let mut bytes = source.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match (quote, byte) {
            (Some(_), b'\\') => drop(bytes.next()),
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') => depth -= 1,
            (None, b';') if depth == 0 => ends.push(source.get(..at).unwrap().trim_end().len()),
            (None, _) => {}
        }
    }
    ends
}

/// The programs of the corpus with the schemas that their parameters give.
fn programs() -> Vec<(String, Schema)> {
    let programs = corpus::corpus().into_iter();
    let with_schema = |(source, inputs): (String, Inputs)| (source, Schema::infer_from(inputs.as_map()));
    programs.map(with_schema).collect()
}

/// Those without comments that are right.
fn right_programs(engine: &Engine) -> impl Iterator<Item = (String, Schema)> {
    programs().into_iter().filter(|(source, schema)| {
        let comments = source.contains("//") || source.contains("/*");
        !comments && engine.compile_uncached(source, schema).is_ok()
    })
}

/// Each right program of the corpus, spoilt in each way: more than so many, each with one error.
fn one_error_each(least: usize, spoil: impl Fn(&str) -> Vec<String>) {
    let engine = Engine::builder().unknown_names(UnknownNames::Null).build();
    let (mut spoilt, mut wrong) = (0, Vec::new());
    for (source, schema) in right_programs(&engine) {
        for source in spoil(&source) {
            let Err(error) = engine.compile_uncached(&source, &schema) else {
                continue;
            };
            spoilt += 1;
            if error.diagnostics().len() > 1 {
                wrong.push(format!("{source}\n{}", error.report("expression")));
            }
        }
    }
    println!("{spoilt} programs");
    assert!(spoilt > least, "{spoilt} programs");
    none_of(&wrong, spoilt);
}

/// Fails with the first of what is wrong.
fn none_of(wrong: &[String], all: usize) {
    let some = wrong.get(..wrong.len().min(10)).unwrap();
    assert!(some.is_empty(), "{} of {all}\n{}", wrong.len(), some.join("\n"));
}

#[test]
fn one_spoilt_statement_is_one_error() {
    one_error_each(5_000, |source| {
        let spoilt = |end: usize| [" +", " 7 7"].map(|junk| format!("{}{junk}{}", &source[..end], &source[end..]));
        ends(source).into_iter().flat_map(spoilt).collect()
    });
}

/// Of how many marks of a program one is spoilt.
const STRIDE: usize = 7;

/// Ways to spoil a program by a mark that is missing, or one too many.
fn marks(source: &str) -> Vec<String> {
    let (mut spoilt, mut quote) = (Vec::new(), None);
    let mut bytes = source.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        let without = || format!("{}{}", &source[..at], &source[at + 1..]);
        match (quote, byte) {
            (Some(_), b'\\') => drop(bytes.next()),
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => {
                spoilt.push(format!("{}\\q{}", &source[..=at], &source[at + 1..]));
                quote = Some(byte);
            }
            (None, b'(' | b'[' | b')' | b']') => spoilt.push(without()),
            (None, b';') if source[at..].starts_with("; ") => {
                spoilt.push(format!("{};{}", &source[..at], &source[at..]));
            }
            (None, _) => {}
        }
    }
    spoilt
}

#[test]
fn one_spoilt_mark_is_one_error() {
    // Some of each program's: which ones differs from program to program.
    one_error_each(5_000, |source| {
        marks(source)
            .into_iter()
            .skip(source.len() % STRIDE)
            .step_by(STRIDE)
            .collect()
    });
}

/// A program with comments before it and behind its statements that hold words and marks of the language.
fn commented(source: &str) -> String {
    let mut at = 0;
    let mut commented = "// for each new table; else { return (\n".to_owned();
    for end in ends(source) {
        commented.extend([&source[at..=end], "/* else if (new; } while */"]);
        at = end + 1;
    }
    commented + &source[at..]
}

/// Comments have no part in what is said.
#[test]
fn comments_change_no_error() {
    let engine = Engine::default();
    let told = |source: &str, schema: &Schema| -> Option<Vec<(Code, String)>> {
        let error = engine.compile_uncached(source, schema).err()?;
        // Of places that a message names only the digits differ.
        let words = |told: &Diagnostic| told.message.replace(|next: char| next.is_ascii_digit(), "");
        Some(
            error
                .diagnostics()
                .iter()
                .map(|told| (told.code, words(told)))
                .collect(),
        )
    };
    let (mut spoilt, mut wrong) = (0, Vec::new());
    for (source, schema) in right_programs(&engine) {
        for plain in marks(&source).iter().skip(source.len() % STRIDE).step_by(STRIDE) {
            let with_comments = commented(plain);
            let (before, after) = (told(plain, &schema), told(&with_comments, &schema));
            let is_long = after.iter().flatten().any(|(code, _)| *code == Code::SourceTooLong);
            spoilt += 1;
            if !is_long && before != after {
                wrong.push(format!("{with_comments}\n{before:?}\n{after:?}"));
            }
        }
    }
    println!("{spoilt} programs");
    assert!(spoilt > 5_000, "{spoilt} programs");
    none_of(&wrong, spoilt);
}

/// A name that is unknown before what is spoilt, and one behind it, are told of as well.
#[test]
fn names_around_what_is_spoilt_are_told_of() {
    let engine = Engine::default();
    let (mut spoilt, mut hidden) = (0, Vec::new());
    for (source, schema) in right_programs(&engine) {
        let ended = match source.trim_end().ends_with([';', '}']) {
            true => source,
            false => format!("{source};"),
        };
        for wrong in marks(&ended).iter().skip(ended.len() % STRIDE).step_by(STRIDE) {
            let source = format!("zqa = unknown_zqa;\n{wrong}\nzqb = unknown_zqb;");
            let Err(error) = engine.compile_uncached(&source, &schema) else {
                continue;
            };
            let is_told = |name: &str| {
                let mut told = error.diagnostics().iter();
                told.any(|diagnostic| diagnostic.message == format!("unknown name `{name}`"))
            };
            // Deep nesting is refused before anything is read.
            if error
                .diagnostics()
                .iter()
                .any(|diagnostic| diagnostic.code == Code::NestingTooDeep)
            {
                continue;
            }
            spoilt += 1;
            if !is_told("unknown_zqa") || !is_told("unknown_zqb") {
                hidden.push(format!("{source}\n{}", error.report("expression")));
            }
        }
    }
    println!("{spoilt} programs, {} hide a name", hidden.len());
    assert!(spoilt > 10_000, "{spoilt} programs");
    none_of(&hidden, spoilt);
}

/// A line that spoils a program, and the codes of what is told of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spoilt {
    spoilt: String,
    codes: Vec<String>,
}

/// Each line of `tests/recovery.jsonl` is told of, and hides nothing of the statements around it.
#[test]
fn a_line_that_is_spoilt_hides_nothing_around_it() {
    let engine = Engine::default();
    let lines = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recovery.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for line in lines.lines() {
        let Spoilt { spoilt, codes } = serde_json::from_str(line).unwrap();
        let source = format!("p0 = n0;\n{spoilt}\np1 = n1;\np2 = n2;\n");
        let error = engine.compile_uncached(&source, &Schema::new()).unwrap_err();
        let is_name = |told: &&Diagnostic| {
            ["n0", "n1", "n2"]
                .iter()
                .any(|name| told.message == format!("unknown name `{name}`"))
        };
        let (names, mut others): (Vec<_>, Vec<_>) = error.diagnostics().iter().partition(is_name);
        others.sort_by_key(|told| told.span.start);
        let told: Vec<_> = others.iter().map(|told| told.code.to_string()).collect();
        if names.len() != 3 || told != codes {
            wrong.push(error.report("expression"));
        }
    }
    none_of(&wrong, lines.lines().count());
}

/// Statements without their `;`, and blocks behind conditions without brackets, do not nest in each other.
#[test]
fn what_does_not_end_does_not_nest() {
    let kinds = [
        ("aN = N\n", Code::MissingSemicolon),
        ("if aN { x = 1; }\n", Code::UnexpectedToken),
    ];
    for (line, code) in kinds {
        let source: String = (0..200).map(|number| line.replace('N', &number.to_string())).collect();
        let error = Engine::default().compile_uncached(&source, &Schema::new()).unwrap_err();
        let told = error.diagnostics().iter().map(|told| told.code);
        let all = told.filter(|told| *told != code).collect::<Vec<_>>();
        assert_eq!(all, [Code::ProgramTooLarge], "{}", error.report("expression"));
    }
}

/// Programs with one word, number or text changed: a name misspelt, a number quoted, a text made a number.
fn mistakes(source: &str) -> Vec<String> {
    let (mut made, mut at) = (Vec::new(), 0);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = source.as_bytes();
    while let Some(&first) = bytes.get(at) {
        let length = match first {
            b'\'' | b'"' => bytes[at + 1..]
                .iter()
                .position(|&byte| byte == first)
                .map_or(1, |end| end + 2),
            _ => bytes[at..].iter().take_while(|&&byte| is_word(byte)).count().max(1),
        };
        let (before, token, after) = (&bytes[..at], &bytes[at..at + length], &bytes[at + length..]);
        let text = |part| String::from_utf8_lossy(part);
        let changed = match first {
            b'\'' | b'"' => Some("7".to_owned()),
            b'0'..=b'9' => Some(format!("'{}'", text(token))),
            first if is_word(first) => Some(format!("{}x", text(token))),
            _ => None,
        };
        made.extend(changed.map(|changed| format!("{}{changed}{}", text(before), text(after))));
        at += length;
    }
    made
}

/// Of what is said, what is said twice: with the same code at the same place, or in the same words where one begins or ends with
/// the other.
fn told_twice<'d>(said: impl Iterator<Item = &'d Diagnostic> + Clone) -> Option<String> {
    said.clone().enumerate().find_map(|(index, one)| {
        let mut others = said.clone().skip(index + 1);
        let same = |other: &&Diagnostic| {
            let touches = one.span.start == other.span.start || one.span.end == other.span.end;
            one.code == other.code && (one.span == other.span || (touches && one.message == other.message))
        };
        others.find(same).map(|other| format!("{one:?}\n{other:?}"))
    })
}

#[test]
fn one_mistake_is_told_once_at_its_place() {
    let engines =
        [UnknownNames::Null, UnknownNames::Error].map(|unknown| Engine::builder().unknown_names(unknown).build());
    let (mut refused, mut warned, mut wrong) = (0, 0, Vec::new());
    for (index, (source, schema)) in programs().into_iter().enumerate() {
        let engine = &engines[index % 2];
        let mistakes = mistakes(&source);
        // Some of each program's: which ones differs from program to program.
        let stride = mistakes.len() / 3 + 1;
        for source in mistakes.iter().skip(index % stride).step_by(stride) {
            let twice = match engine.lint_for(source, &schema, LintSet::default()) {
                Err(error) => {
                    refused += 1;
                    told_twice(error.diagnostics().iter())
                }
                Ok(lints) => {
                    warned += usize::from(!lints.is_empty());
                    told_twice(lints.iter().map(|lint| &lint.diagnostic))
                }
            };
            wrong.extend(twice.map(|twice| format!("{source}\n{twice}")));
        }
    }
    println!("{refused} programs refused, {warned} warned of");
    assert!(refused > 15_000 && warned > 500, "{refused} {warned}");
    none_of(&wrong, refused);
}

/// Where the heads with conditions stand in a program: the places of what their parentheses hold.
fn heads(source: &str) -> Vec<(usize, usize)> {
    let mut heads = Vec::new();
    for word in ["if (", "while (", "if(", "while("] {
        for (at, _) in source.match_indices(word) {
            let inside = at + word.len();
            let mut depth = 1;
            let closed = source.get(inside..).unwrap().find(|mark| {
                depth += match mark {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth == 0
            });
            let in_text = source.get(..at).unwrap().matches(['\'', '"']).count() % 2 == 1;
            heads.extend(closed.filter(|_| !in_text).map(|closed| (inside, inside + closed)));
        }
    }
    heads
}

/// A condition with `and` in it, and a head with Python's `:` behind it, are one error each.
#[test]
fn one_spoilt_head_is_one_error() {
    one_error_each(500, |source| {
        let spoilt = |(start, end): (usize, usize)| {
            let (before, condition, behind) = (&source[..start], &source[start..end], &source[end..]);
            let closed = &behind[1..];
            [
                format!("{before}({condition}) and ({condition}){behind}"),
                format!("{before}{condition}):{closed}"),
                format!("{before}{condition}) then {closed}"),
            ]
        };
        heads(source).into_iter().flat_map(spoilt).collect()
    });
}
