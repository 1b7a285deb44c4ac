//! The flags of `selvedge check`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use selvedge::UnknownNames;
use selvedge::lint::{Level, Levels};
use selvedge::project::Checker;

use super::report::{Colour, Format};
use crate::deadline::Deadline;
use crate::defaults::DefaultsFlags;
use crate::exit::Failed;
use crate::given;
use crate::project::ProjectFlag;
use crate::settings::{self, DialectFlag, LimitFlags, UnknownNamesFlag};
use crate::signals::SignalFlags;

/// The flags of `selvedge check`.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Arguments {
    /// Files, directories and patterns such as `flows/**/*.yaml`; `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<String>,
    /// What to call standard input; the end of the name says what it holds
    #[arg(long, value_name = "NAME", default_value = "stdin.sel")]
    pub(super) stdin_name: String,
    #[command(flatten)]
    pub(super) project: ProjectFlag,
    /// A JSON file of the types of parameters that expressions outside of definitions may read
    #[arg(long, value_name = "SCHEMA.json")]
    pub(super) schema: Option<PathBuf>,
    #[command(flatten)]
    pub(super) dialect: DialectFlag,
    /// Refuse what cannot be proved free of type errors
    #[arg(long)]
    pub(super) strict: bool,
    /// What an unknown name means [default: error]
    #[arg(long, value_enum, value_name = "MEANING")]
    pub(super) unknown_names: Option<UnknownNamesFlag>,
    /// Fix what can be fixed safely
    #[arg(long)]
    pub(super) fix: bool,
    /// With --fix: show what would change, and change nothing
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix"])]
    pub(super) watch: bool,
    /// Point out clock and randomness: every expression is meant to give the same for the same parameters
    #[arg(long)]
    pub(super) deterministic: bool,
    /// Make errors of warnings of this name, such as `unused-variable` or `W002`; `warnings` are all
    #[arg(long, value_name = "NAME")]
    pub(super) deny: Vec<String>,
    /// Look for what has this name and report it as a warning, whatever the settings say
    #[arg(long, value_name = "NAME")]
    pub(super) warn: Vec<String>,
    /// Do not report warnings of this name
    #[arg(long, value_name = "NAME")]
    pub(super) allow: Vec<String>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
    /// When text has colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: Colour,
    #[command(flatten)]
    pub(super) defaults: DefaultsFlags,
    #[command(flatten)]
    pub(super) signals: SignalFlags,
    #[command(flatten)]
    pub(super) limits: LimitFlags,
}

impl Arguments {
    /// What the files are checked with: the settings, under the flags.
    pub(super) fn checker(&self, deadline: Deadline) -> Result<Checker, Failed> {
        let project = settings::project(&self.project, self.dialect, &self.limits, deadline)?;
        let platform = project.platform().clone();
        let strict = self.strict || platform.is_strict();
        let unknown_names = self.unknown_names.map_or(platform.unknown_names(), UnknownNames::from);
        let levels = self.levels(platform.levels())?;
        let platform = platform.with_strict(strict).with_unknown_names(unknown_names);
        let project = project.with_platform(platform.with_levels(levels));
        let checker = Checker::new(project).map_err(|refused| refused.to_string())?;
        let mut checker = checker.deterministic(self.deterministic);
        if let Some(path) = &self.schema {
            checker = checker.with_schema(&given::read_json(path, deadline)?);
        }
        if let Some(millis) = self.limits.timeout_millis() {
            checker = checker.with_timeout(Duration::from_millis(millis));
        }
        let signals = self.signals.read(deadline)?;
        let checker = signals
            .types()
            .fold(checker, |checker, (name, types)| checker.with_signal(name, types));
        Ok(checker.with_defaults(self.defaults.read(deadline)?))
    }

    /// The levels of warnings: those of the settings, under those of the flags.
    fn levels(&self, settings: &Levels) -> Result<Levels, String> {
        let mut levels = settings.clone();
        let flags = [
            (&self.allow, Level::Allow),
            (&self.warn, Level::Warn),
            (&self.deny, Level::Deny),
        ];
        for (names, level) in flags {
            for name in names {
                levels.set(name, level).map_err(|error| error.to_string())?;
            }
        }
        Ok(levels)
    }
}
