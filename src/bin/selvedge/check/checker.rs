//! What every file is checked with, and the check of one.

use std::path::Path;
use std::sync::Arc;

use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::lint::LintName;
use selvedge::params::{Unanswered, prelude};
use selvedge::workflow::Defaults;
use selvedge::{Schema, Span};

use super::arguments::Arguments;
use super::config::Config;
use super::document::Document;
use super::engines::Engines;
use super::files::Target;
use super::finding::{Checked, Finding};
use super::levels::Levels;
use super::source;
use super::time::Time;
use crate::deadline::Deadline;
use crate::exit::Failed;
use crate::settings;
use crate::signals::Signals;

/// What every file is checked with.
pub(super) struct Checker {
    engines: Engines,
    /// For what is marked as deterministic.
    deterministic: Engines,
    all_deterministic: bool,
    config: Config,
    levels: Levels,
    signals: Signals,
    defaults: Defaults,
    schema: Option<Schema>,
    /// What the check of each file may take.
    timeout_millis: Option<u64>,
}

impl Checker {
    pub(super) fn new(arguments: &Arguments, config: Config, deadline: Deadline) -> Result<Self, Failed> {
        let read = |path| settings::read_json(path, deadline);
        let schema = arguments.schema.as_deref().map(read);
        let levels = arguments.levels(&config)?;
        let builder = |lints| {
            let builder = arguments.dialect.builder(config.dialect);
            builder
                .limits(arguments.limits.limits())
                .lints(lints)
                .strict(arguments.strict)
                .unknown_names(arguments.unknown_names.into())
        };
        let engines = |lints| Engines {
            plain: builder(lints).build(),
            parameters: builder(lints).host_functions(prelude(Arc::new(Unanswered))).build(),
        };
        Ok(Self {
            engines: engines(levels.lints()),
            deterministic: engines(levels.lints().with(LintName::Nondeterministic)),
            all_deterministic: arguments.deterministic,
            signals: arguments.signals.read(deadline)?.with_names(&config.signals),
            defaults: arguments.defaults.read(deadline)?,
            levels,
            config,
            schema: schema.transpose()?,
            timeout_millis: arguments.limits.timeout_millis(),
        })
    }

    pub(super) fn check(&self, target: &Target) -> Checked {
        let time = Time::new(self.timeout_millis);
        match target.read(time.deadline).map(String::from_utf8) {
            Ok(Ok(text)) => self.check_within(target, text, &time),
            Ok(Err(_)) => self.refused(target, "the file is not UTF-8 text"),
            Err(_) if time.is_over() => {
                let mut checked = Checked::of(target);
                time.tell(&mut checked.findings);
                self.finish(checked)
            }
            Err(error) => self.refused(target, &format!("the file cannot be read: {error}")),
        }
    }

    fn refused(&self, target: &Target, why: &str) -> Checked {
        let mut checked = Checked::of(target);
        checked.extend([unreadable(why)]);
        self.finish(checked)
    }

    /// Checks a text as a file.
    pub(super) fn check_text(&self, target: &Target, text: String) -> Checked {
        self.check_within(target, text, &Time::new(self.timeout_millis))
    }

    fn check_within(&self, target: &Target, text: String, time: &Time) -> Checked {
        let mut checked = Checked::of(target);
        checked.text = text;
        self.fill(target, &mut checked, time);
        time.tell(&mut checked.findings);
        self.finish(checked)
    }

    /// What was found as its levels have it, in the order of the file.
    fn finish(&self, mut checked: Checked) -> Checked {
        let findings = std::mem::take(&mut checked.findings);
        let findings = findings.into_iter().filter_map(|finding| {
            let diagnostic = self.levels.apply(finding.diagnostic)?;
            Some(Finding { diagnostic, ..finding })
        });
        checked.findings = findings.collect();
        checked.findings.sort_by_key(|finding| finding.diagnostic.span.start);
        checked
    }

    fn fill(&self, target: &Target, checked: &mut Checked, time: &Time) {
        let rule = self.config.rule(Path::new(&checked.name));
        let schema = rule.and_then(|rule| rule.schema.as_ref()).or(self.schema.as_ref());
        let engines = match self.all_deterministic || rule.is_some_and(|rule| rule.deterministic) {
            true => &self.deterministic,
            false => &self.engines,
        };
        let Some(is_json) = is_json(&checked.name, &checked.text) else {
            checked.expressions = 1;
            let open = Schema::open();
            let found = source::check(&engines.plain, schema.unwrap_or(&open), &checked.text, time);
            checked.extend(found.into_iter().map(Finding::of));
            return;
        };
        let document = Document {
            engines,
            rule,
            schema,
            signals: &self.signals,
            defaults: &self.defaults,
            is_json,
            time,
            is_named: target.is_named,
        };
        document.check(checked);
    }
}

/// Whether a file is JSON, rather than YAML, by its name, else by how it begins; none where it is a program.
pub(crate) fn is_json(name: &str, text: &str) -> Option<bool> {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "sel" => None,
        "json" => Some(true),
        "yaml" | "yml" => Some(false),
        _ => Some(text.trim_start().starts_with(['{', '['])),
    }
}

fn unreadable(why: &str) -> Finding {
    let diagnostic = Diagnostic::error(Code::DocumentSyntax, Span::default(), why);
    Finding::of(diagnostic)
}
