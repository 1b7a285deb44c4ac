//! What a name that is begun may become: a command, a parameter, a class, a function, a member of what stands before the dot.

use std::collections::BTreeSet;

use selvedge::{FunctionReference, Type, Value, library_functions};

use super::command::{COMMANDS, source_of};
use super::known::Known;

/// The words that programs are made of.
const WORDS: [&str; 13] = [
    "boolean", "break", "continue", "double", "else", "false", "for", "if", "long", "null", "return", "true", "while",
];
/// The commands that are followed by the name of a function or of a parameter.
const NAMED: [&str; 2] = [":doc ", ":unset "];

/// Where the name begins that a line ends with, and what it may become, in order.
pub(super) fn complete(known: &Known, line: &str) -> (usize, Vec<String>) {
    if let Some(begun) = line
        .strip_prefix(':')
        .filter(|rest| !rest.contains(char::is_whitespace))
    {
        let commands = COMMANDS.iter().map(|command| command.name);
        return (1, starting(begun, commands.map(str::to_owned)));
    }
    let start = start_of_name(line);
    let (before, begun) = line.split_at(start);
    if let Some(command) = NAMED.iter().find(|command| line.starts_with(**command)) {
        let names = match *command {
            ":unset " => known.inputs.as_map().keys().map(str::to_owned).collect(),
            _ => documented(),
        };
        return (start, starting(begun, names.into_iter()));
    }
    let source = source_of(line).map_or(0, |source| line.len() - source.len());
    let names = match before.strip_suffix('.') {
        Some(before) => members(known, receiver(before.get(source..).unwrap_or_default())),
        None => names(known),
    };
    (start, starting(begun, names.into_iter()))
}

fn starting(begun: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let names: BTreeSet<String> = names.filter(|name| name.starts_with(begun)).collect();
    names.into_iter().collect()
}

const fn is_part_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where the name begins that a text ends with.
fn start_of_name(text: &str) -> usize {
    let name = text.bytes().rev().take_while(|byte| is_part_of_name(*byte));
    text.len() - name.count()
}

/// What stands before the dot: names, dots and whole brackets and texts, from the end backwards.
fn receiver(text: &str) -> &str {
    let bytes = text.as_bytes();
    let (mut start, mut depth, mut quote) = (bytes.len(), 0_usize, None);
    for (at, byte) in bytes.iter().enumerate().rev() {
        match (quote, byte) {
            (Some(open), byte) if *byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(*byte),
            (None, b')' | b']' | b'}') => depth += 1,
            (None, b'(' | b'[' | b'{') if depth > 0 => depth -= 1,
            (None, _) if depth > 0 => {}
            (None, b'.') => {}
            (None, byte) if is_part_of_name(*byte) => {}
            _ => break,
        }
        start = at;
    }
    text.get(start..).unwrap_or_default()
}

/// The names that stand alone.
fn names(known: &Known) -> Vec<String> {
    let parameters = known.schema.names();
    let namespaces = known.offered.iter().filter_map(|name| name.split('.').next());
    let classes = library_functions()
        .map(|function| function.owner())
        .filter(|owner| is_class(owner));
    let all = parameters.chain(namespaces).chain(classes).chain(WORDS);
    all.filter(|name| start_of_name(name) == 0).map(str::to_owned).collect()
}

/// Whether an owner of functions is a class, not a type of values.
fn is_class(owner: &str) -> bool {
    Type::ALL.iter().all(|ty| ty.name() != owner) && owner != "array"
}

/// What has a page of its own.
fn documented() -> Vec<String> {
    let functions = library_functions();
    functions
        .flat_map(|function| [function.name(), function.owner()])
        .map(str::to_owned)
        .collect()
}

/// The members of a receiver.
fn members(known: &Known, receiver: &str) -> Vec<String> {
    let inside = |name: &String| name.strip_prefix(receiver)?.strip_prefix('.').map(str::to_owned);
    let mut names: Vec<String> = known.offered.iter().filter_map(inside).collect();
    let of_owner = |owner: &str| {
        let functions = library_functions().filter(|function| function.owner() == owner);
        functions
            .filter(|function| function.name() != owner)
            .map(name_of)
            .collect::<Vec<String>>()
    };
    if is_class(receiver) {
        names.extend(of_owner(receiver));
    }
    if let Some(Value::Map(map)) = known.value(receiver) {
        let keys = map.keys().filter(|key| start_of_name(key) == 0 && !key.is_empty());
        names.extend(keys.map(str::to_owned));
    }
    if let Some(ty) = known.type_of(receiver) {
        let owner = if ty.element().is_some() { "array" } else { ty.name() };
        names.extend(of_owner(owner));
        names.extend(of_owner(Type::Any.name()));
    }
    names
}

fn name_of(function: FunctionReference) -> String {
    function.name().to_owned()
}

#[cfg(test)]
mod tests {
    use selvedge::{Engine, Inputs, Map, Schema};

    use super::super::known::Known;
    use super::{complete, receiver};

    fn known() -> Known {
        let map = Map::from_iter([("rows", 3), ("not a name", 1)]);
        let inputs = Inputs::new().with("days", vec![1_i64, 2]).with("totals", map);
        Known {
            engine: Engine::default(),
            schema: Schema::infer_from(inputs.as_map().iter()),
            inputs,
            offered: vec!["Catalog.days".to_owned(), "Catalog.drop".to_owned()],
        }
    }

    /// What a line may become: what stands before the name, and what it is.
    #[test]
    fn names_become_what_is_there() {
        let cases = [
            (":ty", "type"),
            (":doc Math", "Math"),
            (":unset da", "days"),
            (":trace day", "days"),
            ("1 + day", "days"),
            ("whi", "while"),
            ("Cata", "Catalog"),
            ("Catalog.dr", "drop"),
            ("Math.mi", "min"),
            ("days.fil", "filter"),
            ("days.filter(d -> d > 1).joi", "join"),
            ("'a.b'.toUpp", "toUpperCase"),
            ("f(totals.row", "rows"),
            (":type totals.row", "rows"),
        ];
        for (line, wanted) in cases {
            let (start, names) = complete(&known(), line);
            assert!(names.iter().any(|name| name == wanted), "{line}: {names:?}");
            assert!(wanted.starts_with(&line[start..]), "{line}");
        }
    }

    #[test]
    fn odd_lines_become_nothing() {
        for line in ["", ".", "..", ")).", "é.", "'.", ":load x", ":", "totals.not", "1 + ☃"] {
            let (start, _) = complete(&known(), line);
            assert!(start <= line.len() && line.is_char_boundary(start), "{line}");
        }
        assert_eq!(receiver("f(a, [b(')')].c"), "[b(')')].c");
    }
}
