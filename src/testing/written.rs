//! Values as they are written into fixtures.

use std::fmt::Write as _;

use serde_json::Value as Json;

/// JSON on one line, with a space after each `,` and `:`.
pub(super) fn json(value: &Json) -> String {
    let mut out = String::new();
    write_flow(&mut out, value, &quoted);
    out
}

/// JSON on lines of its own, the first of which begins elsewhere.
pub(super) fn json_lines(value: &Json, indent: usize) -> String {
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
    pretty.replace('\n', &format!("\n{:indent$}", ""))
}

/// YAML on one line; a text in quotes where it has to be, or is to.
pub(super) fn flow(value: &Json, is_quoted: bool) -> String {
    let mut out = String::new();
    match (value, is_quoted) {
        (Json::String(text), true) => out.push_str(&quoted(text)),
        _ => write_flow(&mut out, value, &plain),
    }
    out
}

/// YAML by indentation, whose first line begins elsewhere.
pub(super) fn block(value: &Json, indent: usize) -> String {
    let mut out = String::new();
    match value {
        // A list that stood on lines of its own still does.
        Json::Array(elements) if !elements.is_empty() => write_list(&mut out, elements, indent),
        _ => write_block(&mut out, value, indent),
    }
    out
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

/// A text without quotes, where YAML reads it as that text anywhere.
fn plain(text: &str) -> String {
    let is_plain = |next: char| next.is_ascii_alphanumeric() || "_ ./@-".contains(next);
    let begins = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let reads_else = is_word.contains(&text.to_ascii_lowercase().as_str());
    match begins && text.chars().all(is_plain) && !text.ends_with(' ') && !reads_else {
        true => text.to_owned(),
        false => quoted(text),
    }
}

// As deep as values nest, which is bounded.
fn write_flow(out: &mut String, value: &Json, text: &dyn Fn(&str) -> String) {
    match value {
        Json::String(string) => out.push_str(&text(string)),
        Json::Array(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write_flow(out, element, text);
            }
            out.push(']');
        }
        Json::Object(entries) => {
            out.push('{');
            for (index, (key, element)) in entries.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                let _ = write!(out, "{}: ", text(key));
                write_flow(out, element, text);
            }
            out.push('}');
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => out.push_str(&value.to_string()),
    }
}

/// Whether a value stands on lines of its own: a map, or a list of maps and lists.
fn has_lines(value: &Json) -> bool {
    match value {
        Json::Object(entries) => !entries.is_empty(),
        Json::Array(elements) => elements.iter().any(|element| element.is_object() || element.is_array()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => false,
    }
}

fn write_block(out: &mut String, value: &Json, indent: usize) {
    match value {
        Json::Object(entries) if !entries.is_empty() => {
            for (index, (key, element)) in entries.iter().enumerate() {
                begin(out, index, indent);
                let _ = write!(out, "{}:", plain(key));
                match has_lines(element) {
                    true => begin(out, 1, indent + 2),
                    false => out.push(' '),
                }
                write_block(out, element, indent + 2);
            }
        }
        Json::Array(elements) if has_lines(value) => write_list(out, elements, indent),
        _ => write_flow(out, value, &plain),
    }
}

fn write_list(out: &mut String, elements: &[Json], indent: usize) {
    for (index, element) in elements.iter().enumerate() {
        begin(out, index, indent);
        out.push_str("- ");
        write_block(out, element, indent + 2);
    }
}

/// Goes to the line of an element; the first begins where the value does.
fn begin(out: &mut String, index: usize, indent: usize) {
    if index > 0 {
        let _ = write!(out, "\n{:indent$}", "");
    }
}
