//! The data files: the outcome of each mutant, and which ones no test can notice.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::sites::Site;

/// A mutant and the suite that noticed it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) function: String,
    pub(crate) kind: String,
    pub(crate) change: String,
    /// Tells equal changes of a function apart.
    pub(crate) nth: usize,
    /// The suite that fails first; none for a survivor.
    pub(crate) killed_by: Option<String>,
}

/// A mutant that changes nothing anyone can see, and why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Equivalent {
    pub(crate) file: String,
    pub(crate) function: String,
    pub(crate) kind: String,
    pub(crate) change: String,
    pub(crate) nth: usize,
    pub(crate) reason: String,
}

impl Record {
    /// With what is known of it.
    pub(crate) fn of(site: &Site, known: &[Self]) -> Self {
        let known = known.iter().find(|record| record.is_of(site));
        let killed_by = known.and_then(|record| record.killed_by.clone());
        Self {
            file: site.file.clone(),
            line: site.line,
            function: site.function.clone(),
            kind: site.kind.to_string(),
            change: site.change.clone(),
            nth: site.nth,
            killed_by,
        }
    }

    pub(crate) fn is_of(&self, site: &Site) -> bool {
        let Self {
            file,
            function,
            kind,
            change,
            nth,
            ..
        } = self;
        site.is_at(file, function, kind, change, *nth)
    }
}

impl Equivalent {
    pub(crate) fn is_of(&self, site: &Site) -> bool {
        let Self {
            file,
            function,
            kind,
            change,
            nth,
            ..
        } = self;
        site.is_at(file, function, kind, change, *nth)
    }
}

/// Reads a file of one JSON value a line; a file that is not there holds none.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let parse = |line: &str| serde_json::from_str(line).map_err(|error| format!("{}: {error}: {line}", path.display()));
    text.lines().map(parse).collect()
}

/// Writes them in the order of the source.
pub(crate) fn write(path: &Path, records: &[Record]) -> Result<(), String> {
    let mut records: Vec<&Record> = records.iter().collect();
    records.sort_by_key(|record| (&record.file, record.line, &record.kind, &record.change, record.nth));
    let lines: Result<Vec<String>, _> = records.iter().map(serde_json::to_string).collect();
    let text = lines.map_err(|error| error.to_string())?.join("\n") + "\n";
    fs::write(path, text).map_err(|error| error.to_string())
}

/// Prints how many there are of each kind and module, what killed them, and the survivors.
pub(crate) fn summarise(records: &[Record], equivalent: &[Equivalent], broken: usize) {
    let count = |name: &dyn Fn(&Record) -> String| {
        let mut counts = BTreeMap::<String, usize>::new();
        for record in records {
            *counts.entry(name(record)).or_default() += 1;
        }
        let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
        parts.join(", ")
    };
    println!("kinds: {}", count(&|record| record.kind.clone()));
    println!(
        "modules: {}",
        count(&|record| record.file.split('/').nth(1).unwrap_or_default().to_owned())
    );
    println!(
        "killed by: {}",
        count(&|record| record.killed_by.clone().unwrap_or("nothing".to_owned()))
    );
    println!("{broken} drawn did not compile; {} are equivalent", equivalent.len());
    let survivors: Vec<&Record> = records.iter().filter(|record| record.killed_by.is_none()).collect();
    for Record {
        file,
        line,
        function,
        kind,
        change,
        ..
    } in &survivors
    {
        println!("SURVIVED {file}:{line} {function} {kind}: {change}");
    }
    println!("{} mutants, {} survived", records.len(), survivors.len());
}
