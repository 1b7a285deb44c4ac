//! The names that host functions and constants may have.

use super::error::RegisterError;
use crate::diagnostic::quote;
use crate::syntax::is_reserved_word;

/// The namespace that the language shares with the host.
pub(super) const PARAMS: &str = "params";

/// The functions of `params` that belong to the language.
const BUILT_IN: &[&str] = &["get", "containsKey"];

/// The classes of the language, whichever features it is built with. Registering stands below the library, which knows them;
/// a test holds the two together.
pub(super) const LANGUAGE_CLASSES: &[&str] = &[
    "Arrays",
    "Boolean",
    "DateTime",
    "DateTimeConstants",
    "DateTimeFormat",
    "DateTimeFormatter",
    "DateTimeZone",
    "Days",
    "Double",
    "Float",
    "HashMap",
    "Integer",
    "LinkedHashMap",
    "Long",
    "Map",
    "Math",
    "Property",
    "String",
    "System",
    "UUID",
    "Util",
    "boolean",
    "double",
    "float",
    "int",
    "long",
];

/// The namespace of a name, where a function may have that name.
pub(super) fn namespace(name: &str) -> Result<&str, RegisterError> {
    let parts = name
        .split_once('.')
        .filter(|parts| is_identifier(parts.0) && is_identifier(parts.1));
    let Some((namespace, member)) = parts else {
        return Err(RegisterError::NotAName(quote(name)));
    };
    if LANGUAGE_CLASSES.contains(&namespace) {
        return Err(RegisterError::LanguageClass(quote(name)));
    }
    if is_reserved_word(namespace) || is_reserved_word(member) {
        return Err(RegisterError::ReservedWord(quote(name)));
    }
    if namespace == PARAMS && BUILT_IN.contains(&member) {
        return Err(RegisterError::BuiltIn(quote(name)));
    }
    Ok(namespace)
}

/// Whether programs can write a name of a function's parameter.
pub(super) fn is_parameter(name: &str) -> bool {
    is_identifier(name) && !is_reserved_word(name)
}

fn is_identifier(text: &str) -> bool {
    let mark = |character: char| character == '_' || character == '$';
    text.starts_with(|first: char| first.is_alphabetic() || mark(first))
        && text
            .chars()
            .all(|character| character.is_alphanumeric() || mark(character))
}
