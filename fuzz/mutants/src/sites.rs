//! The places of the source where a mistake can be made, and the mistake made there.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::visit::Finder;

/// What kind of a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `<` for `<=`, `+` for `-`, `&&` for `||`.
    Operator,
    /// An integer is one off.
    Literal,
    /// Two arguments, operands or fields change places.
    Swap,
    /// A case of a match gives what its neighbour gives.
    Arm,
    /// A charge is not made.
    Charge,
    /// A refusal is not made.
    Check,
}

impl Kind {
    pub(crate) const ALL: [Self; 6] = [
        Self::Operator,
        Self::Literal,
        Self::Swap,
        Self::Arm,
        Self::Charge,
        Self::Check,
    ];
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Operator => "operator",
            Self::Literal => "literal",
            Self::Swap => "swap",
            Self::Arm => "arm",
            Self::Charge => "charge",
            Self::Check => "check",
        })
    }
}

/// Text that is put in; `SWITCH` in it stands for the test whether the mutant is on.
#[derive(Debug, Clone)]
pub(crate) struct Insert {
    pub(crate) place: usize,
    pub(crate) text: String,
    /// Whether it ends what another insert begins.
    pub(crate) closes: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) function: String,
    pub(crate) kind: Kind,
    /// What is changed into what.
    pub(crate) change: String,
    /// Tells equal changes of a function apart.
    pub(crate) nth: usize,
    /// What the inserts stand around.
    pub(crate) range: Range<usize>,
    pub(crate) inserts: Vec<Insert>,
}

impl Site {
    pub(crate) fn is_at(&self, file: &str, function: &str, kind: &str, change: &str, nth: usize) -> bool {
        self.file == file
            && self.function == function
            && self.kind.to_string() == kind
            && self.change == change
            && self.nth == nth
    }
}

/// Files of tests, of what only tests and documentation use, and of texts for debugging.
const LEFT_OUT: [&str; 5] = [
    "/tests",
    "machine/coverage.rs",
    "machine/print.rs",
    "library/reference.rs",
    "library/declaration.rs",
];

/// The sites of the three modules.
pub(crate) fn of_tree(root: &Path) -> Result<Vec<Site>, String> {
    let mut files = Vec::new();
    for module in ["src/machine", "src/lower", "src/library"] {
        collect(&root.join(module), &mut files)?;
    }
    files.sort();
    let mut sites = Vec::new();
    for path in files {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
        if LEFT_OUT.iter().any(|part| name.contains(part)) {
            continue;
        }
        let source = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let parsed = syn::parse_file(&source).map_err(|error| format!("{name}: {error}"))?;
        let mut found = Finder::new(&source, &name).find(&parsed);
        let mut seen = HashMap::new();
        for site in &mut found {
            let count = seen
                .entry((site.function.clone(), site.kind.to_string(), site.change.clone()))
                .or_insert(0);
            site.nth = *count;
            *count += 1;
        }
        sites.extend(found);
    }
    Ok(sites)
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
