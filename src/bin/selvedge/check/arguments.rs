//! The flags of `selvedge check`.

use std::path::PathBuf;

use clap::Args;

use super::config::Config;
use super::levels::{Level, Levels};
use super::report::{Colour, Format};
use crate::defaults::DefaultsFlags;
use crate::settings::{DialectFlag, LimitFlags, UnknownNamesFlag};
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
    /// The settings [default: the nearest selvedge.toml, from the current directory upwards]
    #[arg(long, value_name = "FILE.toml")]
    pub(super) config: Option<PathBuf>,
    /// A JSON file of the types of parameters that expressions outside of definitions may read
    #[arg(long, value_name = "SCHEMA.json")]
    pub(super) schema: Option<PathBuf>,
    #[command(flatten)]
    pub(super) dialect: DialectFlag,
    /// Refuse what cannot be proved free of type errors
    #[arg(long)]
    pub(super) strict: bool,
    /// What an unknown name means
    #[arg(long, value_enum, default_value_t, value_name = "MEANING")]
    pub(super) unknown_names: UnknownNamesFlag,
    /// Fix what can be fixed safely
    #[arg(long)]
    pub(super) fix: bool,
    /// With --fix: show what would change, and change nothing
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
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
    /// The levels of warnings: those of the settings, under those of the flags.
    pub(super) fn levels(&self, config: &Config) -> Result<Levels, String> {
        let mut levels = config.levels.clone();
        let flags = [
            (&self.allow, Level::Allow),
            (&self.warn, Level::Warn),
            (&self.deny, Level::Deny),
        ];
        for (names, level) in flags {
            for name in names {
                levels.set(name, level)?;
            }
        }
        Ok(levels)
    }
}
