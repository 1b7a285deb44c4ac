//! Holds patterns, replacements and splits against facts of Java.

use serde_json::Value;

use super::class::MAX_NESTING;
use super::pattern::MAX_PATTERN_BYTES;
use super::search::Searcher;
use super::*;
use crate::library::java::sink::Sink;
use crate::machine::charge::Charge;
use crate::machine::unread::Unread;

/// Facts of Java 25, those of properties and of possessive quantifiers of Java 17, one a line: `{"pattern": …, "text": …, "template": …, "replaced": … or null}`, or with `"limit"`
/// and `"pieces"`. Null is an error in Java.
const FACTS: &str = include_str!("../../../../tests/java/regex.jsonl");

type Refusal = RegexError<std::convert::Infallible>;

/// Counts what is charged, and keeps what comes.
#[derive(Debug, Default)]
struct Counted {
    steps: u64,
    memory: u64,
    text: String,
    pieces: Vec<std::ops::Range<usize>>,
}

impl Charge for Counted {
    type Error = std::convert::Infallible;

    fn steps(&mut self, steps: u64) -> Result<(), Self::Error> {
        self.steps += steps;
        Ok(())
    }

    fn memory(&mut self, bytes: u64) -> Result<(), Self::Error> {
        self.memory += bytes;
        Ok(())
    }
}

impl Sink for Counted {
    fn write(&mut self, text: &str) -> Result<(), Self::Error> {
        self.text.write(text)
    }

    fn copy(&mut self, text: Unread<'_>) -> Result<(), Self::Error> {
        self.text.copy(text)
    }

    fn pad(&mut self, filler: char, count: usize) -> Result<(), Self::Error> {
        self.text.pad(filler, count)
    }
}

impl TakePieces for Counted {
    fn piece(&mut self, piece: std::ops::Range<usize>) -> Result<(), Self::Error> {
        self.pieces.push(piece);
        Ok(())
    }
}

fn scratch(pattern: &Pattern) -> Scratch {
    Scratch::new(pattern, &mut Counted::default()).unwrap()
}

fn replaced(pattern: &Pattern, text: &str, template: &str) -> Result<String, Refusal> {
    let mut out = Counted::default();
    let searched = (pattern, &mut scratch(pattern));
    replace_all(searched, Unread::of(text), template, &mut out).map(|()| out.text)
}

fn pieces<'t>(separator: Separator<'_>, text: &'t str, limit: i64, counted: &mut Counted) -> Vec<&'t str> {
    let Ok(()) = split(separator, Unread::of(text), limit, counted);
    let pieces = std::mem::take(&mut counted.pieces);
    pieces.into_iter().map(|piece| &text[piece]).collect()
}

/// The pieces, which take no more than was said before.
fn pieces_within_bound<'t>(pattern: &Pattern, text: &'t str, limit: i64) -> Vec<&'t str> {
    let mut counted = Counted::default();
    let mut scratch = Scratch::new(pattern, &mut counted).unwrap();
    let found = pieces(Separator::Pattern(pattern, &mut scratch), text, limit, &mut counted);
    let bound = pattern.search_bound(text.len() as u64);
    assert!(
        counted.steps <= bound.steps && counted.memory <= bound.bytes,
        "{counted:?} of {bound:?}: {pattern:?}"
    );
    found
}

/// What we give, `None` where we refuse what Java may well do.
fn answer(fact: &Value) -> Option<Value> {
    let source = fact["pattern"].as_str().unwrap();
    let text = fact["text"].as_str().unwrap();
    let compiled = match Pattern::compile(source) {
        Ok(compiled) => compiled,
        Err(PatternError::Unsupported { .. } | PatternError::TooLarge(_)) => return None,
        Err(PatternError::Syntax { .. } | PatternError::TooLong { .. } | PatternError::Refused(_)) => {
            return Some(Value::Null);
        }
    };
    // What is made ahead changes no match.
    let ahead = Pattern::compile(source).unwrap().made_ahead();
    if let Some(template) = fact["template"].as_str() {
        let result = replaced(&compiled, text, template);
        assert_eq!(replaced(&ahead, text, template), result, "{source}");
        return Some(match result {
            Ok(text) => text.into(),
            Err(RegexError::Template(_)) => Value::Null,
            Err(RegexError::Refused(never)) => match never {},
        });
    }
    let limit = fact["limit"].as_i64().unwrap();
    let found = pieces_within_bound(&compiled, text, limit);
    assert_eq!(pieces_within_bound(&ahead, text, limit), found, "{source}");
    if let Some(character) = literal_separator(source) {
        let separator = Separator::Character(character);
        assert_eq!(pieces(separator, text, limit, &mut Counted::default()), found);
    }
    Some(found.into())
}

#[test]
fn matches_are_those_of_java() {
    let mut wrong = Vec::new();
    let mut refused = 0;
    for line in FACTS.lines() {
        let fact: Value = serde_json::from_str(line).unwrap();
        let key = if fact["template"].is_string() {
            "replaced"
        } else {
            "pieces"
        };
        match answer(&fact) {
            Some(value) if value == fact[key] => {}
            Some(value) => wrong.push(format!("{line}\n    {value}")),
            None => refused += 1,
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    // Many facts are of odd patterns; that none at all is answered would go unseen otherwise.
    let facts = FACTS.lines().count();
    assert!(refused * 4 < facts, "{refused} of {facts} refused");
}

#[test]
fn what_needs_more_than_linear_time_is_refused_by_name() {
    for (pattern, message) in [
        (
            r"(a)\1",
            r"back-references are not supported in patterns (position 5 of `(a)\\1`)",
        ),
        (
            r"(?<n>a)\k<n>",
            r"back-references are not supported in patterns (position 9 of `(?<n>a)\\k<n>`)",
        ),
        (
            "a(?=b)",
            "look-aheads are not supported in patterns (position 4 of `a(?=b)`)",
        ),
        (
            "(?<!b)a",
            "look-behinds are not supported in patterns (position 3 of `(?<!b)a`)",
        ),
        (
            "(?>a)",
            "atomic groups are not supported in patterns (position 3 of `(?>a)`)",
        ),
        (
            "a++a",
            "possessive quantifiers are not supported in patterns (position 3 of `a++a`)",
        ),
        (r"\Ga", r"`\\G` is not supported in patterns (position 2 of `\\Ga`)"),
        ("[", "unclosed character class at position 1 of the pattern `[`"),
        (
            "(?:.{999}){999}",
            "the pattern `(?:.{999}){999}` is too large when compiled",
        ),
    ] {
        assert_eq!(
            Pattern::compile(pattern).unwrap_err().to_string(),
            message.replace("\\\\", "\\"),
            "{pattern}"
        );
    }
    let long = "a".repeat(MAX_PATTERN_BYTES + 1);
    let message = "a pattern of 1001 bytes exceeds the limit of 1000";
    assert_eq!(Pattern::compile(&long).unwrap_err().to_string(), message);
}

#[test]
fn a_search_is_charged_by_what_it_looks_at() {
    // What the match takes is charged once; what is read beyond it, each time.
    for (pattern, least, most) in [
        (",", 30_000, 90_000),
        (r"\s*x", 5_000, 6_000),
        (".*[^A-Z]|[A-Z]", 10_000, 20_000),
        (".*?b|A", 12_000_000, 14_000_000),
    ] {
        let pattern = Pattern::compile(pattern).unwrap();
        let text = "A,".repeat(5_000);
        let mut counted = Counted::default();
        let searched = (&pattern, &mut scratch(&pattern));
        replace_all(searched, Unread::of(&text), "", &mut counted).unwrap();
        assert!((least..most).contains(&counted.steps), "{counted:?}");
    }
}

/// Texts that make the automaton forget what it knows in the midst of a match.
#[test]
fn what_is_forgotten_leaves_matches_and_groups_right() {
    let mut state = 1_u64;
    let noise: String = std::iter::repeat_with(|| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        if state >> 63 == 0 { 'a' } else { 'b' }
    })
    .take(150_000)
    .collect();
    let text = format!("-{noise}c-é");
    let counted = |pattern: &str, template: &str| {
        let pattern = Pattern::compile(pattern).unwrap();
        let mut scratch = scratch(&pattern);
        let mut out = Counted::default();
        replace_all((&pattern, &mut scratch), Unread::of(&text), template, &mut out).unwrap();
        out.text
    };
    // Longer than what is noted of a search.
    assert_eq!(counted("([ab]+)(c)", "<$2>"), "-<c>-é");
    assert_eq!(counted("(?:(a)|(b))*c(-)", "[$1$2$3]").len(), "-[ab-]é".len());
    // More states than are kept, each with many threads.
    for tail in [9, 13] {
        let at = noise[..noise.len() - tail].rfind('a').unwrap();
        let out = counted(&format!("[ab]*(a)([ab]{{{tail}}})[ab]*?c"), "<$1$2>");
        assert_eq!(out, format!("-<{}>-é", &noise[at..=at + tail]));
    }
}

#[test]
fn the_deepest_pattern_fits_a_small_stack() {
    let nested = |open: &str, close: &str| format!("{}é{}", open.repeat(MAX_NESTING), close.repeat(MAX_NESTING));
    let patterns = [
        nested("(?:a|b", "|c)+?"),
        nested("(?:a|(?i)b", ")?"),
        nested("[^a&&", "]"),
    ];
    let compile = move || {
        for pattern in patterns {
            let compiled = Pattern::compile(&pattern).unwrap();
            let mut scratch = scratch(&compiled);
            let found = Searcher::new(&compiled, &mut scratch, Unread::of("abcé"), true)
                .find(&mut Counted::default())
                .unwrap();
            drop((compiled, found));
        }
    };
    // A debug build's frames are several times those of a release build.
    let stack = if cfg!(debug_assertions) { 2048 } else { 256 } * 1024;
    std::thread::Builder::new()
        .stack_size(stack)
        .spawn(compile)
        .unwrap()
        .join()
        .unwrap();
}
