//! Inputs from a terminal: an editor of lines, with history and completion.

use std::borrow::Cow;

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::{History as _, MemHistory};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Config, Context, Editor, Helper};

use super::complete::complete;
use super::history::{History, MAX_ENTRIES};
use super::known::Known;
use super::lines::{Lines, MAX_INPUT_BYTES, Read};
use crate::exit::Failed;

const PROMPT: &str = "> ";

/// A terminal.
pub(super) struct Terminal {
    editor: Editor<Typing, MemHistory>,
    history: History,
}

impl Terminal {
    pub(super) fn new(history: History, known: &Known) -> Result<Self, Failed> {
        let config = Config::builder().max_history_size(MAX_ENTRIES).map_err(failed)?;
        let config = config.bracketed_paste(true).build();
        let mut entries = MemHistory::with_config(&config);
        for entry in &history.entries {
            // It may be one that is left out, such as one given twice.
            let _ = entries.add(entry);
        }
        let mut editor = Editor::with_history(config, entries).map_err(failed)?;
        editor.set_helper(Some(Typing(known.clone())));
        Ok(Self { editor, history })
    }
}

impl Lines for Terminal {
    fn next(&mut self, known: &Known) -> Result<Read, Failed> {
        if let Some(typing) = self.editor.helper_mut() {
            typing.0.clone_from(known);
        }
        let input = match self.editor.readline(PROMPT) {
            Ok(input) => input,
            Err(ReadlineError::Interrupted | ReadlineError::Signal(_)) => return Ok(Read::Dropped),
            Err(ReadlineError::Eof) => return Ok(Read::End),
            Err(error) => return Err(failed(error)),
        };
        if input.len() > MAX_INPUT_BYTES {
            return Err(format!("an input is larger than the limit of {MAX_INPUT_BYTES} bytes").into());
        }
        // As in shells, what begins with a space is kept nowhere.
        if !input.trim().is_empty()
            && !input.starts_with(' ')
            && self.editor.add_history_entry(&input).map_err(failed)?
        {
            self.history.add(&input);
        }
        Ok(Read::Input(input))
    }
}

fn failed(error: ReadlineError) -> Failed {
    format!("cannot read from the terminal: {error}").into()
}

/// What helps while an input is typed.
struct Typing(Known);

impl Helper for Typing {}

impl Hinter for Typing {
    type Hint = String;
}

impl Highlighter for Typing {
    fn highlight_candidate<'c>(&self, candidate: &'c str, _: rustyline::CompletionType) -> Cow<'c, str> {
        Cow::Borrowed(candidate)
    }
}

impl Validator for Typing {
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        match self.0.is_open(context.input()) {
            true => Ok(ValidationResult::Incomplete),
            false => Ok(ValidationResult::Valid(None)),
        }
    }
}

impl Completer for Typing {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(complete(&self.0, line.get(..at).unwrap_or_default()))
    }
}
