//! What a run came to, as far as tests look at it.

use serde_json::{Value as Json, json};

use super::wanted::Key;
use crate::diagnostic::Code;
use crate::engine::{CompileError, EvalError};
use crate::limits::Usage;
use crate::params::{DefinitionError, Problem};

/// What a run came to.
pub(super) struct Found<'r> {
    pub(super) error: Option<FoundError>,
    pub(super) warnings: Vec<Code>,
    pub(super) usage: Usage,
    /// What it came to otherwise; none of what it has not come to.
    pub(super) look: Look<'r>,
}

/// Tells what a run came to, key by key.
type Look<'r> = Box<dyn Fn(&Key) -> Option<Json> + 'r>;

impl Found<'_> {
    /// A run that did not begin.
    pub(super) fn refused(error: FoundError) -> Self {
        Self {
            error: Some(error),
            warnings: Vec::new(),
            usage: Usage::default(),
            look: Box::new(|_| None),
        }
    }

    /// The codes of the warnings, in order.
    pub(super) fn warnings(&self) -> Json {
        let mut codes: Vec<&str> = self.warnings.iter().map(|code| code.text()).collect();
        codes.sort_unstable();
        json!(codes)
    }
}

/// An error of a run.
pub(super) struct FoundError {
    /// Its code, and what else can be expected of it.
    pub(super) facts: Json,
    pub(super) code: Option<Code>,
    pub(super) message: String,
    /// A few lines, with its source.
    pub(super) detail: String,
}

impl FoundError {
    /// A program that was refused.
    pub(super) fn of_compile(error: &CompileError, origin: &str) -> Self {
        let first = error.first_error();
        let code = first.map_or(Code::Internal, |first| first.code);
        let message = first.map_or_else(String::new, |first| first.message.clone());
        let at = error.position();
        Self {
            facts: json!({"code": code.text(), "message": message, "line": at.line, "column": at.column}),
            code: Some(code),
            detail: error.report(origin),
            message,
        }
    }

    /// An evaluation that stopped.
    pub(super) fn of_evaluation(error: &EvalError, source: &str, origin: &str) -> Self {
        let (code, message, at) = (error.code(), error.message().to_owned(), error.position());
        Self {
            facts: json!({"code": code.text(), "message": message, "line": at.line, "column": at.column}),
            code: Some(code),
            detail: crate::diagnostic::render(&error.diagnostic(), source, origin),
            message,
        }
    }

    /// Definitions that were refused.
    pub(super) fn of_definitions(error: &DefinitionError, origin: &str) -> Self {
        let Some(first) = error.problems().first() else {
            return Self::of_message("the definitions were refused");
        };
        Self {
            detail: error.report(origin),
            ..Self::of_problem(first, origin)
        }
    }

    /// A parameter that has no value.
    pub(super) fn of_problem(problem: &Problem, origin: &str) -> Self {
        let mut facts = json!({"code": problem.code().text(), "message": problem.message()});
        let path = problem.path();
        let parameter = path.rsplit("params.").next().unwrap_or(path);
        let facts_map = facts.as_object_mut();
        if let (Some(facts), false) = (facts_map, parameter.is_empty()) {
            facts.insert("parameter".to_owned(), parameter.into());
            if let Some(at) = problem.position() {
                facts.insert("line".to_owned(), at.line.into());
                facts.insert("column".to_owned(), at.column.into());
            }
        }
        Self {
            facts,
            code: Some(problem.code()),
            message: problem.message().to_owned(),
            detail: problem.render(origin),
        }
    }

    /// An error without a code.
    pub(super) fn of_message(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            facts: json!({"message": message}),
            code: None,
            detail: message.clone(),
            message,
        }
    }
}
