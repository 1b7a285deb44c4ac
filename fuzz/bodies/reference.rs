//! The recogniser held against the parser that pest derives from the same grammar.
#![allow(missing_docs, reason = "pest derives public items")]

use pest::Parser;
use pest::iterators::Pair;
use selvedge::Span;

#[derive(pest_derive::Parser)]
#[grammar = "grammar/selvedge.pest"]
struct Reference;

/// The same grammar, in which comments leave tokens.
mod commented {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/commented.pest"]
    pub(crate) struct Commented;
}

/// What pest makes of a text: rules with their places, or the place where it could not go on.
fn reference(source: &str) -> Result<Vec<(String, u32, u32)>, usize> {
    fn walk(pair: Pair<'_, Rule>, tokens: &mut Vec<(String, u32, u32)>) {
        let span = pair.as_span();
        tokens.push((format!("{:?}", pair.as_rule()), span.start() as u32, span.end() as u32));
        pair.into_inner().for_each(|inner| walk(inner, tokens));
    }
    match Reference::parse(Rule::program, source) {
        Ok(pairs) => {
            let mut tokens = Vec::new();
            pairs.for_each(|pair| walk(pair, &mut tokens));
            Ok(tokens)
        }
        Err(error) => match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => Err(at),
        },
    }
}

/// Where pest sees comments in a program.
fn comments(source: &str) -> Vec<Span> {
    let pairs = commented::Commented::parse(commented::Rule::program, source)
        .into_iter()
        .flatten();
    let comments = pairs.flat_map(|pair| pair.into_inner().flatten());
    let comments = comments.filter(|pair| pair.as_rule() == commented::Rule::comment);
    comments
        .map(|pair| Span::new(pair.as_span().start() as u32, pair.as_span().end() as u32))
        .collect()
}

/// Both make the same of a text. Gives whether it is a program; `None` if its nesting keeps it from being read.
pub(crate) fn agree(source: &str) -> Option<bool> {
    let ours = selvedge::oracle::recognise(source)?;
    assert_eq!(
        ours.as_ref().map(|events| &events.rules),
        reference(source).as_ref(),
        "{source:?}"
    );
    if let Ok(events) = &ours {
        assert_eq!(events.comments, comments(source), "{source:?}");
    }
    Some(ours.is_ok())
}
