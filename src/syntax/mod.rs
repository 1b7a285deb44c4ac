//! Text to tree: the pest grammar, the guard that bounds nesting, and the builder that reads the grammar's tokens.

mod arms;
pub(crate) mod ast;
mod brackets;
mod build;
mod comprehension;
mod creation;
mod endings;
mod expression;
mod foreign;
mod grammar;
mod guard;
mod header;
mod infix;
mod lambda;
mod layout;
mod limits;
mod literal;
mod literals;
mod mistake;
#[cfg(any(test, feature = "oracle"))]
mod print;
mod reading;
mod recovery;
mod refusal;
mod reserved;
mod scan;
mod slice;
mod statement;
mod stopped;
mod switch;
mod template;
mod unicode_escapes;
mod walk;

pub(crate) use brackets::Brackets;
#[cfg(any(test, feature = "oracle"))]
pub(crate) use print::print;

pub use layout::FormatOptions;
pub(crate) use layout::lay_out;
pub(crate) use limits::ParseLimits;
pub(crate) use recovery::Recovered;
pub(crate) use reserved::KEYWORDS;

/// Whether a text is written as a name is.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|next| next.is_alphanumeric() || next == '_')
        && !text.starts_with(char::is_numeric)
}

/// Whether a word can be no name because the language, or Java, reserves it.
pub(crate) fn is_reserved_word(word: &str) -> bool {
    reserved::reserved(word).is_some()
}

#[cfg(feature = "oracle")]
use crate::advice::Advice;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::work::is_stopped;
use ast::Tree;
#[cfg(feature = "oracle")]
pub use grammar::{Events, Recognised};
use reading::{Failure, read};

/// What the recogniser makes of a text that the guard lets through.
#[cfg(feature = "oracle")]
pub(crate) fn recognise(source: &str) -> Option<Recognised> {
    let advice = Advice::default();
    guard::check(advice, source, guard::MAX_NESTING).ok()?;
    Some(grammar::recognise(source))
}

/// The tree of a program, or of a bare expression without its final `;`.
///
/// # Errors
///
/// The first thing that is wrong with the text.
pub(crate) fn parse(source: &str, limits: &ParseLimits) -> Result<Box<Tree>, Diagnostic> {
    first_or_tree(source, limits).map_err(|first| first.diagnostic)
}

/// As [`parse`], going on after an error.
///
/// # Errors
///
/// What is wrong with the text, as far as it can be said at once.
pub(crate) fn parse_on(source: &str, limits: &ParseLimits) -> Result<Box<Tree>, Box<Recovered>> {
    first_or_tree(source, limits).map_err(|first| {
        Box::new(match is_stopped() {
            true => Recovered::only(vec![first.diagnostic]),
            false => recovery::recover(source, limits, first),
        })
    })
}

fn first_or_tree(source: &str, limits: &ParseLimits) -> Result<Box<Tree>, Failure> {
    check_length(source, limits.source_length).map_err(Failure::final_one)?;
    read(source, limits)
}

fn check_length(source: &str, most: usize) -> Result<(), Diagnostic> {
    // A UTF-16 unit is at least a third of the UTF-8 bytes, so most sources need no counting.
    let certain = source.len() <= most;
    let too_many_bytes = source.len() > most.saturating_mul(3).min(u32::MAX as usize);
    if certain && u32::try_from(source.len()).is_ok() {
        return Ok(());
    }
    if !too_many_bytes && source.encode_utf16().count() <= most {
        return Ok(());
    }
    let message = format!("source exceeds the limit of {most} characters");
    Err(Diagnostic::error(Code::SourceTooLong, Span::new(0, 0), message)
        .with_help("compute less in one expression, or have the host raise the limit"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;

    const LIMITS: ParseLimits = ParseLimits {
        source_length: 10_000,
        nesting: 64,
        dialect: Dialect::Selvedge,
    };

    /// Every case of the corpus parses, but those that must not; and what parses prints to the same tree.
    #[test]
    fn the_corpus_parses_and_prints() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
        let beyond_sel: Vec<&str> = include_str!("../../tests/beyond_sel.txt").lines().collect();
        let mut wrong = Vec::new();
        let of_sel = std::fs::read_dir(&folder).unwrap();
        for entry in of_sel.chain(std::fs::read_dir(folder.join("extensions")).unwrap()) {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "jsonl") {
                continue;
            }
            for line in std::fs::read_to_string(path).unwrap().lines() {
                let case: serde_json::Value = serde_json::from_str(line).unwrap();
                let source = case["expr"].as_str().unwrap();
                if beyond_sel.contains(&case["id"].as_str().unwrap()) {
                    continue;
                }
                match (parse(source, &LIMITS), case["error"] == "syntax") {
                    (Ok(tree), false) => {
                        let printed = print(&tree);
                        let again = parse(&printed, &LIMITS).map(|tree| print(&tree));
                        if again.as_deref() != Ok(&*printed) {
                            wrong.push(format!("{source}\n  prints {printed}\n  reads {again:?}"));
                        }
                    }
                    (Err(_), true) => {}
                    (Ok(_), true) => wrong.push(format!("{source}: should not parse")),
                    (Err(error), false) => wrong.push(format!("{source}: {error:?}")),
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
