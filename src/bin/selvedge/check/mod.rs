//! `selvedge check`

mod config;
mod definitions;
mod document;
mod files;
mod finding;
mod fix;
mod json_path;
mod levels;
mod parallel;
mod report;
mod scalar;
mod source;
#[cfg(test)]
mod tests;
mod tree;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::lint::LintName;
use selvedge::params::{Unanswered, prelude};
use selvedge::{Engine, Schema, Span};

use crate::Exit;
use crate::print::{self, tell, to_output};
use crate::settings::{self, LimitFlags, UnknownNamesFlag};
use crate::signals::{SignalFlags, Signals};
use config::Config;
use document::Document;
use files::Target;
use finding::{Checked, Finding};
use fix::Fixed;
use levels::{Level, Levels};
use report::{Colour, Format, Totals};

/// The flags of `selvedge check`.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Arguments {
    /// Files, directories and patterns such as `flows/**/*.yaml`; `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<String>,
    /// What to call standard input; the end of the name says what it holds
    #[arg(long, value_name = "NAME", default_value = "stdin.sel")]
    stdin_name: String,
    /// The settings [default: the nearest selvedge.toml, from the current directory upwards]
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,
    /// A JSON file of the types of parameters that expressions outside of definitions may read
    #[arg(long, value_name = "SCHEMA.json")]
    schema: Option<PathBuf>,
    /// Refuse what cannot be proved free of type errors
    #[arg(long)]
    strict: bool,
    /// What an unknown name means
    #[arg(long, value_enum, default_value_t, value_name = "MEANING")]
    unknown_names: UnknownNamesFlag,
    /// Mend what can be mended safely
    #[arg(long)]
    fix: bool,
    /// With --fix: show what would change, and change nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// Point out clock and randomness: every expression is meant to give the same for the same parameters
    #[arg(long)]
    deterministic: bool,
    /// Make errors of warnings of this name, such as `unused-variable` or `W002`; `warnings` are all
    #[arg(long, value_name = "NAME")]
    deny: Vec<String>,
    /// Look for what has this name and report it as a warning, whatever the settings say
    #[arg(long, value_name = "NAME")]
    warn: Vec<String>,
    /// Do not report warnings of this name
    #[arg(long, value_name = "NAME")]
    allow: Vec<String>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// When text has colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: Colour,
    #[command(flatten)]
    signals: SignalFlags,
    #[command(flatten)]
    limits: LimitFlags,
}

/// Checks every file, and prints what is wrong.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, String> {
    let config = Config::load(arguments.config.as_deref())?;
    let targets = files::find(&arguments.paths, &arguments.stdin_name, &config)?;
    let checker = Checker::new(arguments, config)?;
    let mut checked = parallel::map(&targets, |target| checker.check(target));
    let fixed = match arguments.fix {
        true => fix::all(&checker, &mut checked, arguments.dry_run)?,
        false => Fixed::default(),
    };
    if arguments.format == Format::Text {
        to_output(&fixed.diff);
    }
    print::escaped(&report::report(&checked, arguments.format, arguments.color));
    let totals = Totals::of(&checked);
    if arguments.format == Format::Text {
        fixed.notes.iter().for_each(|note| tell!("{note}"));
        tell!("{}", totals.line());
        match (fixed.places, arguments.dry_run) {
            (0, _) => {}
            (places, true) => tell!("{places} to be mended"),
            (places, false) => tell!("{places} mended"),
        }
    }
    Ok(match totals.errors {
        0 => Exit::Value,
        _ => Exit::Compile,
    })
}

/// The levels of warnings: those of the settings, under those of the flags.
fn levels(arguments: &Arguments, config: &Config) -> Result<Levels, String> {
    let mut levels = config.levels.clone();
    let flags = [
        (&arguments.allow, Level::Allow),
        (&arguments.warn, Level::Warn),
        (&arguments.deny, Level::Deny),
    ];
    for (names, level) in flags {
        for name in names {
            levels.set(name, level)?;
        }
    }
    Ok(levels)
}

/// The engines that expressions are compiled with.
pub(crate) struct Engines {
    /// For expressions, and for a workflow.
    pub(crate) plain: Engine,
    /// With the functions that definitions of parameters may call; a workflow brings its own.
    pub(crate) parameters: Engine,
}

/// What every file is checked with.
struct Checker {
    engines: Engines,
    /// For what is marked as deterministic.
    deterministic: Engines,
    all_deterministic: bool,
    config: Config,
    levels: Levels,
    signals: Signals,
    schema: Option<Schema>,
}

impl Checker {
    fn new(arguments: &Arguments, config: Config) -> Result<Self, String> {
        let schema = arguments.schema.as_deref().map(settings::read_json);
        let levels = levels(arguments, &config)?;
        let builder = |lints| {
            let builder = Engine::builder().limits(arguments.limits.limits()).lints(lints);
            builder
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
            signals: arguments.signals.read()?.with_names(&config.signals),
            levels,
            config,
            schema: schema.transpose()?,
        })
    }

    fn check(&self, target: &Target) -> Checked {
        match target.read().map(String::from_utf8) {
            Ok(Ok(text)) => self.check_text(target, text),
            Ok(Err(_)) => self.refused(target, "the file is not UTF-8 text"),
            Err(error) => self.refused(target, &format!("the file cannot be read: {error}")),
        }
    }

    fn refused(&self, target: &Target, why: &str) -> Checked {
        let mut checked = empty(target);
        checked.findings.push(unreadable(why));
        self.finish(checked)
    }

    /// Checks a text as a file.
    fn check_text(&self, target: &Target, text: String) -> Checked {
        let mut checked = empty(target);
        checked.text = text;
        self.fill(target, &mut checked);
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

    fn fill(&self, target: &Target, checked: &mut Checked) {
        let rule = self.config.rule(Path::new(&checked.name));
        let schema = rule.and_then(|rule| rule.schema.as_ref()).or(self.schema.as_ref());
        let engines = match self.all_deterministic || rule.is_some_and(|rule| rule.deterministic) {
            true => &self.deterministic,
            false => &self.engines,
        };
        let Some(is_json) = is_json(&checked.name, &checked.text) else {
            checked.expressions = 1;
            let open = Schema::open();
            let found = source::check(&engines.plain, schema.unwrap_or(&open), &checked.text);
            checked.findings = found.into_iter().map(Finding::of).collect();
            return;
        };
        let document = Document {
            engines,
            rule,
            schema,
            signals: &self.signals,
            is_json,
            is_named: target.is_named,
        };
        document.check(checked);
    }
}

fn empty(target: &Target) -> Checked {
    Checked {
        name: target.name.clone(),
        source: target.path.clone(),
        ..Checked::default()
    }
}

/// Whether a file is JSON, rather than YAML, by its name, else by how it begins; none where it is a program.
fn is_json(name: &str, text: &str) -> Option<bool> {
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
