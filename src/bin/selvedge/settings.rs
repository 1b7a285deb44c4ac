//! What the subcommands share: limits, sources, parameters and schemas from flags and files.

use std::time::Duration;

use clap::Args;
use selvedge::platform::Platform;
use selvedge::project::Project;
use selvedge::{Capability, Dialect, Limits, UnknownNames};

use crate::deadline::Deadline;
use crate::exit::Failed;
use crate::project::ProjectFlag;

/// A flag for each limit.
#[derive(Args, Debug)]
#[command(next_help_heading = "Limits")]
pub(crate) struct LimitFlags {
    /// Steps an evaluation may take [default: 1000000]
    #[arg(long, value_name = "STEPS")]
    max_steps: Option<u64>,
    /// Bytes an evaluation may charge in total [default: 33554432]
    #[arg(long, value_name = "BYTES")]
    max_memory: Option<u64>,
    /// Elements of one array [default: 25001]
    #[arg(long, value_name = "ELEMENTS")]
    max_array_length: Option<u64>,
    /// Bytes of one string [default: 1048576]
    #[arg(long, value_name = "BYTES")]
    max_string_length: Option<u64>,
    /// Entries of one map [default: 25001]
    #[arg(long, value_name = "ENTRIES")]
    max_map_entries: Option<u64>,
    /// Characters of a source text [default: 10000]
    #[arg(long, value_name = "CHARACTERS")]
    max_source_length: Option<u64>,
    /// Levels a source may nest [default: 64]
    #[arg(long, value_name = "LEVELS")]
    max_nesting: Option<u64>,
    /// Iterations of one loop [default: no limit but the steps]
    #[arg(long, value_name = "ITERATIONS")]
    max_loop_iterations: Option<u64>,
    /// Bytes of the result [default: 4194304]
    #[arg(long, value_name = "BYTES")]
    max_result_size: Option<u64>,
    /// Milliseconds that an evaluation or a walk may take with all that leads to it, and the check of a file [default: no limit]
    #[arg(long, value_name = "MILLISECONDS")]
    timeout_ms: Option<u64>,
}

impl LimitFlags {
    /// What stops all that is done from now on.
    pub(crate) fn deadline(&self) -> Deadline {
        Deadline::after(self.timeout_ms.map(Duration::from_millis))
    }

    /// The milliseconds that are given.
    pub(crate) fn timeout_millis(&self) -> Option<u64> {
        self.timeout_ms
    }

    /// The limits, with those of the settings where no flag is given.
    pub(crate) fn over(&self, mut limits: Limits) -> Limits {
        let given = [
            ("steps", self.max_steps),
            ("memory", self.max_memory),
            ("array_length", self.max_array_length),
            ("string_length", self.max_string_length),
            ("map_entries", self.max_map_entries),
            ("source_length", self.max_source_length),
            ("nesting", self.max_nesting),
            ("loop_iterations", self.max_loop_iterations),
            ("result_size", self.max_result_size),
        ];
        for (name, limit) in given {
            if let Some(limit) = limit {
                limits.set(name, limit);
            }
        }
        if let Some(millis) = self.timeout_ms {
            limits = limits.timeout(Duration::from_millis(millis));
        }
        limits
    }
}

/// What a name means that is not a variable, parameter or class.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum UnknownNamesFlag {
    /// A compile error
    Error,
    /// Null, as in the reference implementation
    Null,
}

impl From<UnknownNamesFlag> for UnknownNames {
    fn from(flag: UnknownNamesFlag) -> Self {
        match flag {
            UnknownNamesFlag::Error => Self::Error,
            UnknownNamesFlag::Null => Self::Null,
        }
    }
}

/// The language that programs are written in.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum DialectName {
    /// SEL alone, for programs that also run elsewhere
    Sel,
    /// SEL, and what its users miss most
    Selvedge,
}

/// The language that programs are written in.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct DialectFlag {
    /// The language that programs are written in [default: selvedge]
    #[arg(long, value_enum, value_name = "DIALECT")]
    dialect: Option<DialectName>,
}

impl DialectFlag {
    /// The language that is given.
    pub(crate) fn dialect(self) -> Option<Dialect> {
        self.dialect.map(|name| match name {
            DialectName::Sel => Dialect::Sel,
            DialectName::Selvedge => Dialect::Selvedge,
        })
    }
}

/// A platform with what flags say of its language and limits.
fn under_flags(platform: Platform, dialect: DialectFlag, limits: &LimitFlags) -> Platform {
    let limits = limits.over(platform.limits().clone());
    let dialect = dialect.dialect().unwrap_or(platform.dialect());
    platform.with_limits(limits).with_dialect(dialect)
}

/// The settings of the project, under what flags say.
pub(crate) fn project(
    project: &ProjectFlag,
    dialect: DialectFlag,
    limits: &LimitFlags,
    deadline: Deadline,
) -> Result<Project, Failed> {
    let project = project.read(deadline)?;
    let platform = under_flags(project.platform().clone(), dialect, limits);
    Ok(project.with_platform(platform))
}

/// What the settings say of the platform, under what flags say.
pub(crate) fn platform(
    project: &ProjectFlag,
    dialect: DialectFlag,
    limits: &LimitFlags,
    deadline: Deadline,
) -> Result<Platform, Failed> {
    Ok(self::project(project, dialect, limits, deadline)?.platform().clone())
}

/// The language that programs are written in, and the parts of it that are off.
#[derive(Args, Debug)]
pub(crate) struct LanguageFlags {
    #[command(flatten)]
    dialect: DialectFlag,
    /// Refuse programs that use these parts of the language, such as `dates,regex`
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = capability)]
    without: Vec<Capability>,
}

impl LanguageFlags {
    /// A platform in this language, within limits.
    pub(crate) fn over(&self, platform: Platform, limits: &LimitFlags) -> Platform {
        let off = self.without.iter().copied();
        off.fold(under_flags(platform, self.dialect, limits), Platform::without)
    }
}

fn capability(name: &str) -> Result<Capability, String> {
    let mut all = Capability::ALL.iter().copied();
    all.find(|capability| capability.name() == name).ok_or_else(|| {
        let names: Vec<&str> = Capability::ALL.iter().map(|capability| capability.name()).collect();
        format!("the parts are {}", names.join(", "))
    })
}
