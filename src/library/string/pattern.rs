//! STRING methods that take a regular expression.

use crate::library::bound::Bound;
use std::any::Any;
use std::ops::Range;
use std::sync::Arc;

use super::charged::ChargedText;
use crate::diagnostic::{Code, Message};
use crate::library::capability::Capability;
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::java::regex::{
    self, AHEAD_BYTES, Draft, MAX_LITERAL_BYTES, MAX_PATTERN_BYTES, Pattern, PatternError, RegexError, Scratch,
    Separator, TakePieces, draft_max_bytes, literal_separator, replace_all, template_max_bytes,
};
use crate::machine::any::Any as Value;
use crate::machine::array_store::charge_new_array;
use crate::machine::charge::Charge;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Text, TextElement, grow_by_half};
use crate::machine::meter::Meter;
use crate::machine::native::native;
use crate::machine::prepared::Prepared;
use crate::machine::unread::Pace;
use crate::types::Type;

/// The steps of reading a byte of a pattern, which may name a class of Unicode with a letter.
const READ_STEPS: u64 = 10;
/// Charged for what searches with a pattern keep, beside what they charge themselves.
const KEPT_BYTES: u64 = size_of::<Scratch>() as u64 + 64;
/// The steps of each piece of a text with replacements.
const PIECE_STEPS: u64 = 3;
/// Charged for each piece of a split while the pieces are counted, beside the table they stand in.
const PIECE_BYTES: u64 = 40;

const PATTERN: Parameter =
    Parameter::of("pattern", Type::String, "a regular expression, in Java's syntax").prepared(prepare);
pub(super) const SPLIT: Cost = Cost::fixed(16)
.and("6 steps for each search, 1 step for each 2 bytes that it looks at, 5 for each character beyond ASCII; 12 steps, 1 for each state of the pattern that is followed and 1 more for each that takes the character, and its memory, where a combination of states and character is met that was not made ahead; 2 steps and 120 bytes for each piece; a pattern that is not a constant is compiled and charged by its size");
const REPLACE: Cost = Cost::fixed(16)
.and("6 steps for each search, 1 step for each 2 bytes that it looks at, 5 for each character beyond ASCII; 12 steps, 1 for each state of the pattern that is followed and 1 more for each that takes the character, and its memory, where a combination of states and character is met that was not made ahead; 3 steps for each piece; a pattern that is not a constant is compiled and charged by its size; the result's memory three times");

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::String, "split", Type::StringArray, native!(split, Text, Text))
        .bounded(Bound::Split)
        .takes(&[PATTERN])
        .costs(SPLIT)
        .needs(Capability::Regex)
        .about(
            "The texts between the matches of a regular expression; empty texts at the end are dropped.",
            &[
                gives("'a,b,,'.split(',')", r#"["a", "b"]"#),
                gives("'a1b22c'.split('[0-9]+')", r#"["a", "b", "c"]"#),
                fails("'a'.split('(')", "E407"),
                fails("x = '('; return 'a'.split(x);", "E509"),
            ],
        ),
    Function::method(
        Type::String,
        "split",
        Type::StringArray,
        native!(split_limited, Text, Text, i64),
    )
    .bounded(Bound::Split)
    .takes(&[
        PATTERN,
        Parameter::of(
            "limit",
            Type::Long,
            "the most texts where positive; 0 drops empty texts at the end, a negative one keeps them",
        ),
    ])
    .costs(SPLIT)
    .needs(Capability::Regex)
    .about(
        "The texts between the matches of a regular expression, at most `limit` of them.",
        &[
            gives("'a=b=c'.split('=', 2)", r#"["a", "b=c"]"#),
            gives("'a,b,,'.split(',', -1)", r#"["a", "b", "", ""]"#),
        ],
    ),
    Function::method(
        Type::String,
        "replaceAll",
        Type::String,
        native!(replace_matches, Text, Text, Text),
    )
    .bounded(Bound::ReplacedAll)
    .takes(&[
        PATTERN,
        Parameter::of(
            "replacement",
            Type::String,
            "what stands there then: `$1` and `${name}` are groups, `\\$` is a dollar",
        ),
    ])
    .costs(REPLACE)
    .needs(Capability::Regex)
    .about(
        "With every match of a regular expression replaced.",
        &[
            gives(
                "'2026-11-23'.replaceAll('(\\\\d+)-(\\\\d+)-(\\\\d+)', '$3.$2.$1')",
                "\"23.11.2026\"",
            ),
            gives("'a  b'.replaceAll(' +', ' ')", "\"a b\""),
            fails("'aa'.replaceAll('(a)\\\\1', '')", "E407"),
            fails("'a'.replaceAll('a', '$1')", "E509"),
        ],
    ),
];

/// What a pattern is compiled to.
pub(super) trait Compiled: Any + Send + Sync {
    /// The pattern as it is to be compiled.
    fn drafted(draft: Draft<'_>) -> Draft<'_>;
    fn made(pattern: Pattern) -> Self;
    fn pattern(&self) -> &Pattern;
}

/// Finds its matches in a text.
impl Compiled for Pattern {
    fn drafted(draft: Draft<'_>) -> Draft<'_> {
        draft
    }

    fn made(pattern: Pattern) -> Self {
        pattern
    }

    fn pattern(&self) -> &Pattern {
        self
    }
}

/// Reads a constant pattern at compile time, and compiles it within so many bytes. One that is split at may need no pattern.
fn prepare(source: &str, most: usize) -> Result<Option<Prepared>, String> {
    match literal_separator(source) {
        Some(_) => Ok(None),
        None => prepare_as::<Pattern>(source, most),
    }
}

/// Reads a constant pattern at compile time, and compiles it within so many bytes.
pub(super) fn prepare_as<P: Compiled>(source: &str, most: usize) -> Result<Option<Prepared>, String> {
    let draft = P::drafted(Draft::read(source).map_err(|error| error.to_string())?);
    let bytes = draft.compile_max_bytes();
    if bytes > most {
        return Ok(None);
    }
    let pattern = draft.compile().map_err(|error| error.to_string())?.made_ahead();
    let held = pattern.held_bytes();
    Ok(Some(
        Prepared::new(P::made(pattern), held).made_within(bytes + AHEAD_BYTES),
    ))
}

/// The compiled pattern of a text, prepared, used before in this evaluation, or compiled now and charged; and what its
/// searches have kept.
pub(super) fn pattern<P: Compiled>(context: &mut Context<'_>, source: Text) -> Result<(Arc<P>, Box<Scratch>), Fault> {
    let pattern = match context.prepared::<P>(source) {
        Some(pattern) => pattern,
        None => compile(context, source)?,
    };
    let scratch = match context.take_kept(&pattern) {
        Some(scratch) => scratch,
        None => {
            context.meter.charge_memory(KEPT_BYTES)?;
            Box::new(Scratch::new(pattern.pattern(), &mut context.meter)?)
        }
    };
    Ok((pattern, scratch))
}

fn compile<P: Compiled>(context: &mut Context<'_>, source: Text) -> Result<Arc<P>, Fault> {
    let Context { heap, meter, .. } = &mut *context;
    let text = heap.texts.unread(source).whole(meter, Pace::Copy)?;
    // One that is longer is refused unread.
    meter.charge_steps(text.len().min(MAX_PATTERN_BYTES) as u64 * READ_STEPS)?;
    meter.charge_memory(draft_max_bytes(text.len()) as u64)?;
    let refused = |error: PatternError| Fault::quoting(Code::InvalidRegex, error);
    let draft = P::drafted(Draft::read(text).map_err(refused)?);
    meter.charge_steps(draft.compile_steps())?;
    meter.charge_memory(draft.compile_max_bytes() as u64)?;
    let pattern = draft.compile().map_err(refused)?;
    Ok(context.keep_prepared(source, P::made(pattern)))
}

fn split(context: &mut Context<'_>, receiver: Text, source: Text) -> Result<Value, Fault> {
    split_limited(context, receiver, source, 0)
}

fn split_limited(context: &mut Context<'_>, receiver: Text, source: Text, limit: i64) -> Result<Value, Fault> {
    if i32::try_from(limit).is_err() {
        let message = Message::from("the limit ")
            .value(limit)
            .words(" does not fit in 32 bits");
        return Err(Fault::new(Code::InvalidArgument, message));
    }
    let literal = {
        let Context { heap, meter, .. } = &mut *context;
        let source = heap.texts.unread(source);
        match source.len() <= MAX_LITERAL_BYTES {
            true => literal_separator(source.whole(meter, Pace::Copy)?),
            false => None,
        }
    };
    let pieces = match literal {
        Some(character) => pieces(context, Separator::Character(character), receiver, limit)?,
        None => {
            let (pattern, mut scratch) = pattern::<Pattern>(context, source)?;
            let pieces = pieces(context, Separator::Pattern(&pattern, &mut scratch), receiver, limit)?;
            context.keep(&pattern, scratch);
            pieces
        }
    };
    parts(context, receiver, &pieces)
}

/// An array of parts of a text.
pub(super) fn parts(context: &mut Context<'_>, of: Text, pieces: &[Range<usize>]) -> Result<Value, Fault> {
    charge_new_array::<TextElement>(&mut context.meter, pieces.len())?;
    let mut elements = Vec::with_capacity(pieces.len());
    let keep = |text: Text| elements.push(TextElement::from_bits(text.bits()));
    context.heap.texts.parts(&mut context.meter, of, pieces, keep)?;
    let array = context.heap.text_arrays.adopt(&mut context.meter, elements)?;
    Ok(Value::new(Type::StringArray, array))
}

/// The byte ranges of the pieces, each charged before it is kept.
fn pieces(
    context: &mut Context<'_>,
    separator: Separator<'_>,
    receiver: Text,
    limit: i64,
) -> Result<Vec<Range<usize>>, Fault> {
    let Context { heap, meter, .. } = context;
    let mut kept = ChargedPieces::new(meter);
    regex::split(separator, heap.texts.unread(receiver), limit, &mut kept)?;
    Ok(kept.pieces)
}

/// The pieces of a text, each charged before it is kept.
pub(super) struct ChargedPieces<'m> {
    meter: &'m mut Meter,
    pub(super) pieces: Vec<Range<usize>>,
}

impl<'m> ChargedPieces<'m> {
    pub(super) const fn new(meter: &'m mut Meter) -> Self {
        Self {
            meter,
            pieces: Vec::new(),
        }
    }
}

impl Charge for ChargedPieces<'_> {
    type Error = Fault;

    fn steps(&mut self, steps: u64) -> Result<(), Fault> {
        self.meter.charge_steps(steps)
    }

    fn memory(&mut self, bytes: u64) -> Result<(), Fault> {
        self.meter.charge_memory(bytes)
    }
}

impl TakePieces for ChargedPieces<'_> {
    fn piece(&mut self, piece: Range<usize>) -> Result<(), Fault> {
        self.meter.check_array_length(self.pieces.len() as u64 + 1)?;
        self.meter.charge_steps(2)?;
        self.meter.charge_memory(PIECE_BYTES)?;
        grow_by_half(&mut self.pieces, self.meter, PIECE_BYTES);
        self.pieces.push(piece);
        Ok(())
    }
}

/// What to know of a replacement.
const REPLACEMENT_HELP: &str = "in a replacement `$1` stands for a group and a backslash escapes: write a dollar sign as `'\\\\$'`, or use `replace`, which takes texts as they are";

fn replace_matches(context: &mut Context<'_>, receiver: Text, source: Text, replacement: Text) -> Result<Text, Fault> {
    let (pattern, mut scratch) = pattern::<Pattern>(context, source)?;
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = &mut *context;
    let (text, template) = (heap.texts.unread(receiver), heap.texts.unread(replacement));
    let template = template.whole(meter, Pace::Decode)?;
    meter.charge_memory(template_max_bytes(template.len()) as u64)?;
    let mut out = ChargedText::with_piece_steps(meter, text_buffer, PIECE_STEPS);
    replace_all((&pattern, &mut scratch), text, template, &mut out).map_err(|error| match error {
        RegexError::Refused(fault) => fault,
        error @ RegexError::Template(_) => {
            Fault::quoting(Code::InvalidRegex, error).with_help(Code::InvalidRegex, REPLACEMENT_HELP)
        }
    })?;
    let text = out.text;
    context.keep(&pattern, scratch);
    text.finish(context)
}
