//! From text to tokens: the recogniser of `grammar/selvedge.pest`, which is written in pest's notation.
//!
//! The recogniser is generated: a function for each rule, which looks at the next byte to choose among alternatives. A text it
//! refuses is read again by the traced one, which tries them all and tells how far the text was understood.

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]
mod generate;
mod input;
mod part;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod recogniser;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod rule;
mod token;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod traced;

pub(super) use part::{Part, Parts};
pub(super) use rule::Rule;
pub(super) use token::Token;

use crate::source::Span;
use input::Input;

/// What a text is read as.
#[cfg(feature = "oracle")]
#[derive(Debug, PartialEq, Eq)]
pub struct Events {
    /// The rules of the grammar that it matches, by their names, with where they start and end.
    pub rules: Vec<(String, u32, u32)>,
    /// The comments between.
    pub comments: Vec<Span>,
}

/// What a text is read as, or the furthest place where it could be understood.
#[cfg(feature = "oracle")]
pub type Recognised = Result<Events, usize>;

/// The tokens of a program, in an empty buffer.
///
/// # Errors
///
/// The place at which the text could not be understood.
pub(super) fn tokens(source: &str, buffer: Vec<Token>) -> Result<Vec<Token>, usize> {
    let mut input = Input::new(source, buffer);
    match recogniser::program(&mut input, 0) {
        Some(_) => Ok(input.tokens),
        None => Err(furthest(source)),
    }
}

/// The tokens of a program, and where the comments between them stand; none of a text that is not a program.
pub(super) fn tokens_and_comments(source: &str) -> Option<(Vec<Token>, Vec<Span>)> {
    let mut input = Input::new(source, Vec::new());
    input.comments = Some(Vec::new());
    recogniser::program(&mut input, 0)?;
    Some((input.tokens, input.comments.unwrap_or_default()))
}

/// What the recogniser makes of a text, rules by their names.
#[cfg(feature = "oracle")]
pub(super) fn recognise(source: &str) -> Recognised {
    let (tokens, comments) = tokens_and_comments(source).ok_or_else(|| furthest(source))?;
    let named = |token: &Token| (format!("{:?}", token.rule), token.start, token.end);
    Ok(Events {
        rules: tokens.iter().map(named).collect(),
        comments,
    })
}

fn furthest(source: &str) -> usize {
    let mut input = Input::new(source, Vec::new());
    // The two recognisers agree on what is a program.
    let _ = traced::program(&mut input, 0);
    input.furthest
}
