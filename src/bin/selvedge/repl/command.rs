//! The commands of a session, which begin with `:`.

/// A command.
pub(super) struct Command {
    pub(super) name: &'static str,
    /// What stands behind its name; nothing where it takes nothing.
    pub(super) takes: &'static str,
    pub(super) about: &'static str,
    /// Whether that is a program, which may go on over several lines.
    is_source: bool,
    pub(super) kind: Kind,
}

/// What a command does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Type,
    Cost,
    Trace,
    Explain,
    Set,
    Unset,
    Parameters,
    Load,
    Doc,
    Help,
    Quit,
}

/// All commands.
pub(super) const COMMANDS: [Command; 11] = [
    Command {
        name: "type",
        takes: "PROGRAM",
        about: "the type of its value",
        is_source: true,
        kind: Kind::Type,
    },
    Command {
        name: "cost",
        takes: "PROGRAM",
        about: "what it uses at most, and what it does use",
        is_source: true,
        kind: Kind::Cost,
    },
    Command {
        name: "trace",
        takes: "PROGRAM",
        about: "its assignments and conditions, and its value",
        is_source: true,
        kind: Kind::Trace,
    },
    Command {
        name: "explain",
        takes: "PROGRAM",
        about: "its code, with costs",
        is_source: true,
        kind: Kind::Explain,
    },
    Command {
        name: "set",
        takes: "NAME = VALUE",
        about: "gives a parameter the value of an expression, as `NAME = VALUE` does alone",
        is_source: true,
        kind: Kind::Set,
    },
    Command {
        name: "unset",
        takes: "NAME",
        about: "takes a parameter away",
        is_source: false,
        kind: Kind::Unset,
    },
    Command {
        name: "params",
        takes: "",
        about: "the parameters, with their types and values",
        is_source: false,
        kind: Kind::Parameters,
    },
    Command {
        name: "load",
        takes: "FILE",
        about: "sets the parameters of a JSON file; any other file is a program, which is evaluated",
        is_source: false,
        kind: Kind::Load,
    },
    Command {
        name: "doc",
        takes: "NAME",
        about: "what is known of a function, a class, a code or a lint",
        is_source: false,
        kind: Kind::Doc,
    },
    Command {
        name: "help",
        takes: "",
        about: "this list",
        is_source: false,
        kind: Kind::Help,
    },
    Command {
        name: "quit",
        takes: "",
        about: "ends, as Ctrl-D does",
        is_source: false,
        kind: Kind::Quit,
    },
];

/// The name and the rest of an input that is a command.
pub(super) fn parse(input: &str) -> Option<(&str, &str)> {
    let command = input.trim().strip_prefix(':')?;
    let end = command.find(char::is_whitespace).unwrap_or(command.len());
    let (name, rest) = command.split_at(end);
    Some((name, rest.trim()))
}

/// The command of a name.
pub(super) fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

/// What of an input is a program, if anything.
pub(super) fn source_of(input: &str) -> Option<&str> {
    match parse(input) {
        Some((name, rest)) => find(name).filter(|command| command.is_source).map(|_| rest),
        None => Some(input),
    }
}
