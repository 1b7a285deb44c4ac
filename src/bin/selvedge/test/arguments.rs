//! The flags of `selvedge test`.

use std::path::PathBuf;

use clap::Args;

use super::coverage::CoverageFormat;
use super::report::Format;
use crate::check::report::Colour;
use crate::project::ProjectFlag;
use crate::settings::{DialectFlag, LimitFlags};

/// The flags of `selvedge test`.
#[derive(Args, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Arguments {
    /// Fixtures, directories and patterns such as `flows/**/*.test.yaml`; in directories the files that end in `.test.yaml`,
    /// `.test.yml` or `.test.json`
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<String>,
    /// Run only tests whose name, or file and name as `load.test.yaml: late rows`, has this text in it
    #[arg(long = "filter", value_name = "TEXT")]
    pub(super) filters: Vec<String>,
    /// Print the names of the tests, and run none
    #[arg(long)]
    pub(super) list: bool,
    /// Write over what is expected with what is found; a test without `expect` gets one
    #[arg(long)]
    pub(super) update: bool,
    /// With --update: show what would change, and change nothing
    #[arg(long, requires = "update")]
    pub(super) dry_run: bool,
    /// Run again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["list", "update"])]
    pub(super) watch: bool,
    /// Count what of programs and definitions the tests run, and report it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) coverage: Option<CoverageFormat>,
    /// Where the report of coverage is written [default: standard output, of text alone]
    #[arg(long, value_name = "FILE", requires = "coverage")]
    pub(super) coverage_out: Option<PathBuf>,
    /// Format of the results
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: Format,
    /// When text has colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: Colour,
    #[command(flatten)]
    pub(super) project: ProjectFlag,
    #[command(flatten)]
    pub(super) dialect: DialectFlag,
    #[command(flatten)]
    pub(super) limits: LimitFlags,
}
