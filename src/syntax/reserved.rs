//! The words that cannot be names: Java's keywords, of which the language uses some.

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

/// What to write instead of a word that another language would use, or that Java has and this language has not.
pub(crate) fn advice(word: &str) -> Option<&'static str> {
    Some(match word {
        "and" | "AND" => "write `&&`",
        "or" | "OR" => "write `||`",
        "not" | "NOT" => "write `!`",
        "elif" | "elsif" | "elseif" => "write `else if`",
        "foreach" => "write `for (int i = 0; i < xs.length; i += 1) { … }`",
        "let" | "var" | "const" | "def" | "val" | "auto" | "final" => {
            "write the type, `int x = 1;`, or no word at all, `x = 1;`"
        }
        "None" | "nil" | "undefined" | "NULL" => "write `null`",
        "True" | "TRUE" => "write `true`",
        "False" | "FALSE" => "write `false`",
        "function" | "fn" | "func" | "lambda" | "class" | "interface" | "enum" => {
            "a program is statements only; functions and classes cannot be defined"
        }
        "do" => "write `while (condition) { … }`; statements are grouped with `{` and `}`",
        "then" | "end" | "begin" => "statements are grouped with `{` and `}`",
        "switch" | "case" | "default" | "when" | "match" | "CASE" | "WHEN" => "write `if (…) … else if (…) … else …`",
        "try" | "catch" | "finally" => "errors end the evaluation; test for what could fail before",
        "assert" => "write `if (n < 1) { throw 'no rows'; }`",
        "static" | "public" | "private" | "abstract" => {
            "functions and classes cannot be defined; write the statements alone"
        }
        "instanceof" => "types are checked before the program runs; there is no run-time test",
        "char" => "characters are STRING values of length 1: write `String`",
        "byte" | "short" => "write `int`; all integers have 64 bits",
        "void" => "functions cannot be defined",
        "this" | "super" => "there are no classes; a parameter is read by its name",
        "goto" => "use `break` and `continue`",
        "print" | "println" | "console" => "a program gives its result with `return`",
        _ => return None,
    })
}
