//! YAML text to a document: the core schema's scalars, with the place of each value and key, and no key twice.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::Number;

use super::indent::QuotedIndent;
use super::node::{Document, Entries, Entry, Kind, MAX_DEPTH, Node, count, duplicate, unreadable};
use crate::diagnostic::{Code, quote, quote_code};
use crate::number_text::read_decimal;
use crate::params::problem::error_with_help;
use crate::params::problem::{Problem, key_path};
use crate::source::Position;
use crate::work::{portions, run};

/// The most nodes that aliases may add: what they stand for is copied.
const MAX_ALIASED_NODES: usize = 100_000;
/// The most bytes of text that aliases may add.
const MAX_ALIASED_BYTES: usize = 4 * 1024 * 1024;

/// Reads a text of one document.
pub(crate) fn read(text: &str) -> Result<Document, Problem> {
    let mut shown = QuotedIndent::new(text);
    let builder = loop {
        match built(&shown, text) {
            Ok(builder) => break builder,
            Err(Refused::Problem(problem)) => return Err(*problem),
            Err(Refused::NotIndented(at, problem)) if !shown.widen(at) => return Err(*problem),
            Err(Refused::NotIndented(..)) => {}
        }
    };
    let problems = builder.problems;
    let empty = || unreadable(Position { line: 1, column: 1 }, "the document is empty");
    builder
        .document
        .map(|root| Document { root, problems })
        .ok_or_else(empty)
}

/// Why a text was not read.
enum Refused {
    Problem(Box<Problem>),
    /// Because of the quoted text that begins there.
    NotIndented(Position, Box<Problem>),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

fn built(shown: &QuotedIndent<'_>, text: &str) -> Result<Builder, Refused> {
    let mut builder = Builder::default();
    for event in Parser::new_from_iter(portions(shown.text()).flat_map(str::chars)) {
        let (event, span) = event.map_err(|error| {
            let info = quote(error.info());
            let marker = place(error.marker());
            let at = shown.place(marker);
            let message = format!("invalid YAML: {}", info.trim_matches('`'));
            let problem = error_with_help("", Some(at), Code::DocumentSyntax, message, quoting(text, at));
            match error.info() == QuotedIndent::NOT_INDENTED {
                true => Refused::NotIndented(marker, Box::new(problem)),
                false => problem.into(),
            }
        })?;
        builder.event(event, shown.place(place(&span.start)))?;
    }
    Ok(builder)
}

/// What is wrong with how the last of some lines is indented, where that is what a parser stopped at.
fn indentation(lines: &[&str]) -> Option<&'static str> {
    let (last, before) = lines.split_last()?;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let blanks = last.get(..indent(last))?;
    if blanks.contains('\t') {
        return Some("indent with blanks, not with tabs");
    }
    let above = before.iter().rev().find(|line| !is_blank(line))?;
    // A value that is whole has nothing below it.
    let is_whole = above.split_once(": ").is_some_and(|(_, value)| {
        let value = value.trim();
        !value.is_empty() && !value.starts_with(['|', '>', '&', '!', '"', '\'', '[', '{'])
    });
    let is_key = last.trim_end().ends_with(':') || last.contains(": ");
    (is_whole && is_key && indent(last) > indent(above)).then_some("begin this key in the column of the one above")
}

/// How the value that a parser stopped in is written as a text: most often it is an expression with a quote or a `: ` in it.
fn quoting(text: &str, at: Position) -> String {
    let otherwise = "put a text with quotes, brackets, `: ` or ` #` in it into quotes as a whole, or behind `|` on lines of its own";
    let lines: Vec<&str> = text.lines().take(at.line as usize).collect();
    if let Some(help) = indentation(&lines) {
        return help.to_owned();
    }
    let is_expression = |line: &str| line.trim_start_matches([' ', '-', '\'', '"']).starts_with('!');
    // The parser may notice at the line's end, or where the next one begins.
    let entry = lines
        .iter()
        .rev()
        .take(2)
        .find(|line| is_expression(line) && line.contains(": "));
    let Some((key, value)) = entry.and_then(|line| line.split_once(": ")) else {
        return otherwise.to_owned();
    };
    let (key, value) = (key.trim(), value.trim());
    // Without quotes the key is none: YAML takes it for a tag.
    if key.starts_with('!')
        && !value.starts_with(['"', '\'', '!', '|', '>', '&', '*', '[', '{'])
        && !value.contains(": ")
    {
        return format!(
            "put quotes around the key: {}",
            quote_code(&format!("'{key}': {value}"))
        );
    }
    let quoted_key = format!("'{key}'");
    let key = if key.starts_with('!') { &*quoted_key } else { key };
    let quoted = match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => format!("{key}: \"{value}\""),
        (true, false) => format!("{key}: '{value}'"),
        (true, true) => return "put the expression behind `|`, on a line of its own below".to_owned(),
    };
    format!("quote the expression as a whole: {}", quote_code(&quoted))
}

fn place(marker: &Marker) -> Position {
    Position {
        line: marker.line() as u32,
        column: marker.col() as u32 + 1,
    }
}

/// A container that is not closed yet.
enum Open {
    List(Vec<Node>),
    Map(Entries, Option<(String, Position)>),
    /// A map with a key that is not a text, which was said: what else it holds is dropped.
    Refused,
}

#[derive(Default)]
struct Builder {
    open: Vec<(Open, Position, usize)>,
    anchors: HashMap<usize, Node>,
    document: Option<Node>,
    problems: Vec<Problem>,
    values: usize,
    aliased_nodes: usize,
    aliased_bytes: usize,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, at: Position) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(_) if self.document.is_some() => Err(unreadable(at, "expected a single document")),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let kind = scalar(&text, style, tag.as_deref(), at)?;
                // An empty plain scalar is what stands for a value that is left out.
                self.finish(Node { place: Some(at), kind }, at, anchor)
            }
            Event::SequenceStart(anchor, _) => self.begin(Open::List(Vec::new()), at, anchor),
            Event::MappingStart(anchor, _) => self.begin(Open::Map(Entries::new(), None), at, anchor),
            Event::SequenceEnd | Event::MappingEnd => self.end(at),
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).map(Node::copy) else {
                    return Err(unreadable(at, "an alias refers to itself"));
                };
                self.charge(&node, at)?;
                self.finish(node, at, 0)
            }
        }
    }

    fn begin(&mut self, open: Open, at: Position, anchor: usize) -> Result<(), Problem> {
        if self.open.len() > MAX_DEPTH {
            return Err(unreadable(
                at,
                format!("the document nests deeper than {MAX_DEPTH} levels"),
            ));
        }
        self.open.push((open, at, anchor));
        Ok(())
    }

    fn end(&mut self, at: Position) -> Result<(), Problem> {
        let Some((open, start, anchor)) = self.open.pop() else {
            return Err(unreadable(at, "unexpected end of a node"));
        };
        let kind = match open {
            Open::List(elements) => Kind::List(elements),
            Open::Map(entries, _) => Kind::Map(entries),
            Open::Refused => Kind::Text(String::new()),
        };
        let node = Node {
            place: Some(start),
            kind,
        };
        self.finish(node, start, anchor)
    }

    /// Puts a finished node where it belongs.
    fn finish(&mut self, node: Node, at: Position, anchor: usize) -> Result<(), Problem> {
        count(&mut self.values, at)?;
        if anchor > 0 {
            self.charge(&node, at)?;
            self.anchors.insert(anchor, node.copy());
        }
        match self.open.last_mut() {
            None => self.document = Some(node),
            Some((Open::Refused, ..)) => {}
            Some((Open::List(elements), ..)) => elements.push(node),
            Some((Open::Map(entries, key), ..)) => match key.take() {
                Some((key, key_place)) => {
                    let key_place = Some(key_place);
                    entries.insert(key, Entry { key_place, node });
                }
                None => {
                    let Some(text) = node.scalar_text() else {
                        return self.refuse(&node);
                    };
                    if let Some(first) = entries.get(&text) {
                        self.problems.push(duplicate(Some(at), &text, first.key_place));
                    }
                    *key = Some((text, at));
                }
            },
        }
        Ok(())
    }

    /// Says that a map has a key that is not a text, and goes on: `{{ day }}` is a map as the key of a map.
    fn refuse(&mut self, key: &Node) -> Result<(), Problem> {
        let mut path = String::new();
        let mut of_expression = false;
        for (open, ..) in &self.open {
            if let Open::Map(_, Some((key, _))) = open {
                path = key_path(&path, key);
                of_expression = key.starts_with('!');
            }
        }
        let is_root = self.open.len() == 1;
        let Some((open, at, _)) = self.open.last_mut() else {
            return Ok(());
        };
        *open = Open::Refused;
        let name = match &key.kind {
            Kind::Map(entries) if entries.len() == 1 => entries.keys().next().map(|name| name.trim()),
            _ => None,
        };
        let is_name = |name: &&str| name.chars().all(|next| next.is_ascii_alphanumeric() || next == '_');
        let name = name.filter(is_name).filter(|name| !name.is_empty());
        let (code, message, help) = match (of_expression, name) {
            (true, Some(name)) => (
                Code::DefinitionShape,
                "expected an expression, found a map".to_owned(),
                format!("a parameter is read by its name alone: write {}", quote(name)),
            ),
            (true, None) => (
                Code::DefinitionShape,
                "expected an expression, found a map".to_owned(),
                "YAML reads braces as a map: put the whole expression into quotes".to_owned(),
            ),
            (false, Some(name)) => (
                Code::DocumentSyntax,
                format!("expected a text as the key, found {}", key.what()),
                format!(
                    "to read a parameter in a text, write {}",
                    quote(&format!("'${{{name}}}'"))
                ),
            ),
            (false, None) => (
                Code::DocumentSyntax,
                format!("expected a text as the key, found {}", key.what()),
                "YAML reads braces and brackets as maps and lists: put a text with them into quotes".to_owned(),
            ),
        };
        let problem = error_with_help(&path, Some(*at), code, message, help);
        if is_root {
            return Err(problem);
        }
        self.problems.push(problem);
        Ok(())
    }

    /// Bounds what anchors and aliases copy, and how deep they nest.
    fn charge(&mut self, node: &Node, at: Position) -> Result<(), Problem> {
        let mut pending = vec![(node, self.open.len())];
        while let Some((node, depth)) = pending.pop() {
            self.aliased_nodes += 1;
            match &node.kind {
                Kind::Text(text) => self.aliased_bytes += text.len(),
                Kind::List(elements) => pending.extend(elements.iter().map(|element| (element, depth + 1))),
                Kind::Map(entries) => {
                    self.aliased_bytes += entries.keys().map(String::len).sum::<usize>();
                    pending.extend(entries.values().map(|entry| (&entry.node, depth + 1)));
                }
                Kind::Null | Kind::Boolean(_) | Kind::Number(_) => {}
            }
            if self.aliased_nodes > MAX_ALIASED_NODES || self.aliased_bytes > MAX_ALIASED_BYTES || depth > MAX_DEPTH {
                return Err(unreadable(at, "aliases expand to more values than a document may have"));
            }
        }
        Ok(())
    }
}

/// What a scalar is: in quotes a text, plain as the core schema says.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>, at: Position) -> Result<Kind, Problem> {
    match tag {
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => return Ok(Kind::Text(text.to_owned())),
        Some(tag) if !tag.is_yaml_core_schema() => {
            let name = quote(&format!("{}{}", tag.handle, tag.suffix));
            let (what, space) = match (tag.suffix.ends_with(':'), text.is_empty()) {
                (true, _) => ("key", " "),
                (false, true) => ("value", ""),
                (false, false) => ("value", " "),
            };
            let whole = quote_code(&format!("\"{}{}{space}{text}\"", tag.handle, tag.suffix));
            let message = format!("unknown tag {name}; quote a {what} that begins with `!`");
            let message = match what {
                "value" if !text.contains('"') => format!("{message}, {whole}"),
                _ => message,
            };
            return Err(unreadable(at, message));
        }
        _ => {}
    }
    if style != ScalarStyle::Plain {
        return Ok(Kind::Text(text.to_owned()));
    }
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Boolean(true),
        "false" | "False" | "FALSE" => Kind::Boolean(false),
        _ => match number(text, at)? {
            Some(number) => Kind::Number(number),
            None => Kind::Text(text.to_owned()),
        },
    })
}

/// Whether all bytes of a text are of a kind.
fn is_of(text: &str, kind: impl Fn(u8) -> bool) -> bool {
    run(text, kind) == text.len()
}

/// The number that a plain scalar is, if it is one.
fn number(text: &str, at: Position) -> Result<Option<Number>, Problem> {
    let radix = [("0x", 16), ("0o", 8)];
    for (prefix, radix) in radix {
        if let Some(digits) = text.strip_prefix(prefix) {
            return Ok(i64::from_str_radix(digits, radix).ok().map(Number::from));
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.is_empty() && is_of(unsigned, |byte| byte.is_ascii_digit()) {
        return match text.parse::<i64>() {
            Ok(long) => Ok(Some(long.into())),
            Err(_) => Err(unreadable(
                at,
                format!("the integer {} does not fit in 64 bits", quote(text)),
            )),
        };
    }
    let float = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.bytes().any(|byte| byte.is_ascii_digit())
        && is_of(unsigned, |byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    if !float {
        return Ok(None);
    }
    let magnitude = read_decimal(unsigned);
    let value = if text.starts_with('-') {
        magnitude.map(|value| -value)
    } else {
        magnitude
    };
    Ok(value.and_then(Number::from_f64))
}
