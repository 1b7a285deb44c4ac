//! The words that cannot be names: Java's keywords, of which the language uses some.

/// Keywords that a word at the start of a statement may be meant for.
pub(crate) const KEYWORDS: &[&str] = &["if", "else", "while", "for", "return", "throw", "break", "continue"];

/// What a reserved word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reserved {
    /// A word of the grammar, such as `if`.
    Used,
    /// A type, such as `int`: a name only where a type stands.
    Type,
    /// A word that Java reserves and the language does not use.
    Unused,
}

/// What kind of reserved word it is; none for a name.
pub(super) fn reserved(word: &str) -> Option<Reserved> {
    Some(match word {
        "if" | "else" | "while" | "for" | "return" | "throw" | "break" | "continue" | "import" | "new" | "true"
        | "false" | "null" => Reserved::Used,
        "int" | "long" | "float" | "double" | "boolean" => Reserved::Type,
        "abstract" | "assert" | "byte" | "case" | "catch" | "char" | "class" | "const" | "default" | "do" | "enum"
        | "extends" | "final" | "finally" | "goto" | "implements" | "instanceof" | "interface" | "native"
        | "package" | "private" | "protected" | "public" | "short" | "static" | "strictfp" | "super" | "switch"
        | "synchronized" | "this" | "throws" | "transient" | "try" | "void" | "volatile" => Reserved::Unused,
        _ => return None,
    })
}

/// Whether a word is a type, here or in Java.
pub(super) fn is_type_like(word: &str) -> bool {
    crate::types::Type::from_source_name(word).is_some()
        || matches!(word, "Object" | "List" | "char" | "byte" | "short")
}
