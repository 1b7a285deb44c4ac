//! STRING methods that take a regular expression.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Code;
use crate::library::capability::Capability;
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::java::regex::{
    Draft, Pattern, RegexError, SEARCH_MAX_BYTES, Separator, draft_max_bytes, literal_separator, replace_all,
    template_max_bytes,
};
use crate::library::java::sink::Sink;
use crate::machine::any::Any;
use crate::machine::array_store::charge_new_array;
use crate::machine::builder::TextBuilder;
use crate::machine::context::{Context, Prepared};
use crate::machine::fault::Fault;
use crate::machine::heap::{Text, TextElement, grow_by_half};
use crate::machine::meter::Meter;
use crate::machine::native::{Measured, native};
use crate::types::Type;

/// Bytes of a compiled pattern for each step of compiling it: a pattern of the largest size, which takes two
/// milliseconds, is charged 80,000 steps.
const COMPILED_BYTES_PER_STEP: usize = 32;
/// The steps of reading a byte of a pattern, which may name a class of Unicode with a letter.
const READ_STEPS: u64 = 10;
/// A search's unit, a byte it looks at, takes as long as copying so many bytes.
const WORK_PER_UNIT: usize = 5;
/// The same where groups are noted: such a search counts several units for a byte.
const WORK_PER_GROUP_UNIT: usize = 2;
/// Charged for each piece of a split while the pieces are counted, beside the table they stand in.
const PIECE_BYTES: u64 = 40;

const PATTERN: Parameter =
    Parameter::of("pattern", Type::String, "a regular expression, in Java's syntax").prepared(prepare);
const SPLIT: Cost = Cost::measured(
    16,
    &[Measured {
        offset: 0,
        ty: Type::String,
    }],
)
.and("5 steps for each 16 bytes that a search may look at, more where the pattern has many states; 2 steps and 120 bytes for each piece; a pattern that is no constant is compiled and charged by its size; 1 MiB for the first search with a pattern of more than one character");
const REPLACE: Cost = Cost::measured(
    16,
    &[Measured {
        offset: 0,
        ty: Type::String,
    }],
)
.and("5 steps for each 16 bytes that a search may look at, more where the pattern has many states or the replacement names groups; 3 steps for each piece; a pattern that is no constant is compiled and charged by its size; 1 MiB for the first search with a pattern; the result's memory three times");

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::String, "split", Type::StringArray, native!(split, Text, Text))
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

/// Reads a constant pattern at compile time, and compiles it where there is room.
fn prepare(source: &str, room: usize) -> Result<Option<Prepared>, String> {
    let draft = Draft::read(source).map_err(|error| error.to_string())?;
    let bytes = draft.compile_max_bytes();
    if literal_separator(source).is_some() || bytes > room {
        return Ok(None);
    }
    let pattern = draft.compile().map_err(|error| error.to_string())?;
    Ok(Some(Prepared::new(pattern, bytes)))
}

/// The compiled pattern of a text: prepared, used before in this evaluation, or compiled now and charged.
fn pattern(context: &mut Context<'_>, source: Text) -> Result<Arc<Pattern>, Fault> {
    if let Some(pattern) = context.prepared::<Pattern>(source) {
        if context.is_first_use(source) {
            context.meter.charge_memory(SEARCH_MAX_BYTES as u64)?;
        }
        return Ok(pattern);
    }
    let Context { heap, meter, .. } = &mut *context;
    let text = heap.texts.get(source);
    meter.charge_steps(text.len() as u64 * READ_STEPS)?;
    meter.charge_memory(draft_max_bytes(text.len()) as u64)?;
    let refused = |error: crate::library::java::regex::PatternError| Fault::quoting(Code::InvalidRegex, error);
    let draft = Draft::read(text).map_err(refused)?;
    let bytes = draft.compile_max_bytes();
    meter.charge_steps((bytes / COMPILED_BYTES_PER_STEP) as u64)?;
    meter.charge_memory((bytes + SEARCH_MAX_BYTES) as u64)?;
    let pattern = draft.compile().map_err(refused)?;
    Ok(context.keep_prepared(source, pattern))
}

fn split(context: &mut Context<'_>, receiver: Text, source: Text) -> Result<Any, Fault> {
    split_limited(context, receiver, source, 0)
}

fn split_limited(context: &mut Context<'_>, receiver: Text, source: Text, limit: i64) -> Result<Any, Fault> {
    let compiled;
    let separator = match literal_separator(context.text(source)) {
        Some(character) => Separator::Character(character),
        None => {
            compiled = pattern(context, source)?;
            Separator::Pattern(&compiled)
        }
    };
    let pieces = pieces(context, separator, receiver, limit)?;
    charge_new_array::<TextElement>(&mut context.meter, pieces.len())?;
    let mut elements = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let text = context.heap.texts.part(&mut context.meter, receiver, piece)?;
        elements.push(TextElement::from_bits(text.bits()));
    }
    let array = context.heap.text_arrays.adopt(&mut context.meter, elements)?;
    Ok(Any::new(Type::StringArray, array))
}

/// The byte ranges of the pieces, each charged before it is kept.
fn pieces(
    context: &mut Context<'_>,
    separator: Separator<'_>,
    receiver: Text,
    limit: i64,
) -> Result<Vec<Range<usize>>, Fault> {
    let mut pieces = Vec::new();
    let meter = RefCell::new(&mut context.meter);
    let mut keep = |piece: Range<usize>| {
        let meter = &mut **meter.borrow_mut();
        meter.check_array_length(pieces.len() as u64 + 1)?;
        meter.charge_steps(2)?;
        meter.charge_memory(PIECE_BYTES)?;
        grow_by_half(&mut pieces, meter);
        pieces.push(piece);
        Ok(())
    };
    let mut charge = |units: usize| meter.borrow_mut().charge_work(units.saturating_mul(WORK_PER_UNIT));
    let text = context.heap.texts.get(receiver);
    crate::library::java::regex::split(separator, text, limit, &mut keep, &mut charge).map_err(fault)?;
    Ok(pieces)
}

fn replace_matches(context: &mut Context<'_>, receiver: Text, source: Text, replacement: Text) -> Result<Text, Fault> {
    let pattern = pattern(context, source)?;
    let (text, template) = (context.heap.texts.get(receiver), context.heap.texts.get(replacement));
    context.meter.charge_work(template.len())?;
    context.meter.charge_memory(template_max_bytes(template.len()) as u64)?;
    let meter = RefCell::new(&mut context.meter);
    let mut out = SharedText {
        meter: &meter,
        text: TextBuilder::new(),
    };
    let work = match template.contains('$') {
        true => WORK_PER_GROUP_UNIT,
        false => WORK_PER_UNIT,
    };
    let mut charge = |units: usize| meter.borrow_mut().charge_work(units.saturating_mul(work));
    replace_all(&pattern, text, template, &mut out, &mut charge).map_err(fault)?;
    out.text.finish(context)
}

fn fault(error: RegexError<Fault>) -> Fault {
    match error {
        RegexError::Refused(fault) => fault,
        error => Fault::quoting(Code::InvalidRegex, error),
    }
}

/// A string being made while the search that feeds it charges the same meter.
struct SharedText<'a, 'm> {
    meter: &'a RefCell<&'m mut Meter>,
    text: TextBuilder,
}

impl Sink for SharedText<'_, '_> {
    type Error = Fault;

    fn write(&mut self, text: &str) -> Result<(), Fault> {
        let meter = &mut **self.meter.borrow_mut();
        meter.charge_steps(3)?;
        self.text.push_str(meter, text)
    }

    fn announce(&mut self, bytes: usize) -> Result<(), Fault> {
        let length = self.text.length().saturating_add(bytes);
        self.meter.borrow().check_string_length(length as u64)
    }

    fn pad(&mut self, filler: char, count: usize) -> Result<(), Fault> {
        let meter = &mut **self.meter.borrow_mut();
        meter.charge_steps(1)?;
        self.text.push_repeated(meter, filler, count)
    }
}
