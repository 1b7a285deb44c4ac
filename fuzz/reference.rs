//! The recogniser held against the parser that pest derives from the same grammar.
#![allow(missing_docs, reason = "pest derives public items")]

use pest::Parser;
use pest::iterators::Pair;

#[derive(pest_derive::Parser)]
#[grammar = "grammar/selvedge.pest"]
struct Reference;

/// What a recogniser makes of a text: rules with their places, or the place where it could not go on.
type Outcome = Result<Vec<(String, u32, u32)>, usize>;

fn reference(source: &str) -> Outcome {
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

/// Both make the same of a text. Gives whether it is a program; none where its nesting keeps it from being read.
pub(crate) fn agree(source: &str) -> Option<bool> {
    let ours = selvedge::oracle::recognise(source)?;
    assert_eq!(ours, reference(source), "{source:?}");
    Some(ours.is_ok())
}
