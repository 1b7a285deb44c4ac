//! Makes programs of bytes: each byte is a choice, so a shorter or smaller string of bytes makes a simpler program. Most are
//! well typed, some are not, and all are of the language's grammar.
//!
//! The tables of types and of the library's functions say what is drawn from, so a new type or function is drawn too.

mod beyond;
mod call;
mod expression;
mod loops;
mod parameters;
mod statement;

pub use parameters::{WORLD_COUNT, world};

use crate::types::Type;

/// Deeper than this, expressions are leaves.
const MAX_DEPTH: u32 = 5;

/// The types that a value may have, the most common first.
const TYPES: [Type; 20] = [
    Type::Long,
    Type::String,
    Type::Boolean,
    Type::Double,
    Type::Any,
    Type::LongArray,
    Type::StringArray,
    Type::BooleanArray,
    Type::DoubleArray,
    Type::List,
    Type::Map,
    Type::DateTime,
    Type::DateTimeZone,
    Type::DateTimeFormatter,
    Type::DateTimeProperty,
    Type::Days,
    Type::Hours,
    Type::Minutes,
    Type::Duration,
    Type::Uuid,
];
/// How many of [`TYPES`] are drawn where nothing asks for a date class.
const COMMON_TYPES: usize = 12;

/// The names of variables; the last two are parameters, which a variable may shadow.
const NAMES: [&str; 9] = ["a", "b", "c", "i", "j", "s", "x", "L", "X"];

/// Returns the program that the bytes choose. It reads the parameters of [`world`].
pub fn program(bytes: &[u8]) -> String {
    let mut generator = Generator {
        bytes: bytes.iter(),
        source: String::new(),
        variables: Vec::new(),
        depth: 0,
        loops: 0,
    };
    let statements = 1 + generator.pick(6);
    for _ in 0..statements {
        generator.statement();
    }
    generator.finish();
    generator.source
}

/// The program so far, and what is left to choose from.
struct Generator<'b> {
    bytes: std::slice::Iter<'b, u8>,
    source: String,
    /// The variables that were assigned, with the type of what they hold.
    variables: Vec<(String, Type)>,
    depth: u32,
    loops: u32,
}

impl Generator<'_> {
    /// A choice of `count`; the first when the bytes are used up.
    fn pick(&mut self, count: usize) -> usize {
        self.bytes.next().map_or(0, |&byte| usize::from(byte)) % count.max(1)
    }

    fn push(&mut self, text: &str) {
        self.source.push_str(text);
    }

    fn one_of(&mut self, texts: &[&str]) {
        let index = self.pick(texts.len());
        self.push(texts.get(index).copied().unwrap_or_default());
    }

    /// One of the types that values have.
    fn any_type(&mut self) -> Type {
        let count = match self.pick(4) {
            3 => TYPES.len(),
            _ => COMMON_TYPES,
        };
        let index = self.pick(count);
        TYPES.get(index).copied().unwrap_or(Type::Long)
    }

    fn fresh_name(&mut self) -> String {
        let index = self.pick(NAMES.len());
        NAMES.get(index).copied().unwrap_or("a").to_owned()
    }

    /// A variable that holds a value of the type, where there is one.
    fn variable_of(&mut self, ty: Type) -> Option<String> {
        let fitting = self.variables.iter().filter(|(_, of)| *of == ty);
        let names: Vec<String> = fitting.map(|(name, _)| name.clone()).collect();
        if names.is_empty() {
            return None;
        }
        let index = self.pick(names.len());
        names.get(index).cloned()
    }
}
