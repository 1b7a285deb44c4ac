//! Holds patterns, replacements and splits against facts of Java.

use serde_json::Value;

use super::class::MAX_NESTING;
use super::search::Searcher;
use super::*;

/// Facts of Java 25, one a line: `{"pattern": …, "text": …, "template": …, "replaced": … or null}`, or with `"limit"`
/// and `"pieces"`. Null is an error in Java.
const FACTS: &str = include_str!("../../../../tests/java/regex.jsonl");

type Refusal = RegexError<std::convert::Infallible>;

#[expect(clippy::unnecessary_wraps, reason = "a meter may refuse")]
fn free(_: usize) -> Result<(), std::convert::Infallible> {
    Ok(())
}

fn replaced(pattern: &Pattern, text: &str, template: &str) -> Result<String, Refusal> {
    let mut out = String::new();
    replace_all(pattern, text, template, &mut out, &mut free).map(|()| out)
}

fn pieces<'t>(separator: Separator<'_>, text: &'t str, limit: i64) -> Result<Vec<&'t str>, Refusal> {
    let mut pieces = Vec::new();
    let mut emit = |piece: std::ops::Range<usize>| {
        pieces.push(&text[piece]);
        Ok(())
    };
    split(separator, text, limit, &mut emit, &mut free).map(|()| pieces)
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
    let result = if let Some(template) = fact["template"].as_str() {
        replaced(&compiled, text, template).map(Value::from)
    } else {
        let limit = fact["limit"].as_i64().unwrap();
        let found = pieces(Separator::Pattern(&compiled), text, limit);
        if let Some(character) = literal_separator(source) {
            assert_eq!(pieces(Separator::Character(character), text, limit), found);
        }
        found.map(Value::from)
    };
    match result {
        Ok(value) => Some(value),
        Err(RegexError::Search(_)) => None,
        Err(RegexError::Template(_)) => Some(Value::Null),
        Err(RegexError::Refused(never)) => match never {},
    }
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
            "a++",
            "possessive quantifiers are not supported in patterns (position 3 of `a++`)",
        ),
        (r"\Ga", r"`\\G` is not supported in patterns (position 2 of `\\Ga`)"),
        (
            "a$b",
            "`$` and `\\Z` before the end of a pattern are not supported in patterns (position 3 of `a$b`)",
        ),
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
    let message = "a pattern of 1001 bytes is longer than the limit of 1000";
    assert_eq!(Pattern::compile(&long).unwrap_err().to_string(), message);
}

#[test]
fn a_search_is_charged_before_it_runs() {
    // What the match takes is charged once; what is read beyond it, each time.
    for (pattern, text, most) in [
        (",", 10_000, 1_000_000),
        (r"\s*x", 10_000, 200_000_000),
        (".*[^A-Z]|[A-Z]", 10_000, 200_000_000),
    ] {
        let pattern = Pattern::compile(pattern).unwrap();
        let text = "A,".repeat(text / 2);
        let mut units = 0;
        let mut meter = |more: usize| {
            units += more;
            Ok(())
        };
        replace_all(&pattern, &text, "", &mut String::new(), &mut meter).unwrap();
        assert!((text.len()..most).contains(&units), "{units}");
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
            let found = Searcher::new(&compiled, "abcé", true).find(&mut free).unwrap();
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
