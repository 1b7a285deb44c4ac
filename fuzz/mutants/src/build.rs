//! Compiles the copy: drops the mutants that do not compile, and builds the tests.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

use crate::kill::SUITES;
use crate::plan::Plan;
use crate::plant::{Planted, plant};

const FEATURES: &str = "cli,oracle";

/// The lines of JSON that a command of cargo prints.
fn cargo(copy: &Path, arguments: &[&str]) -> Result<Vec<Json>, String> {
    let output = Command::new("cargo")
        .args(arguments)
        .args(["--release", "--features", FEATURES, "--message-format=json"])
        .current_dir(copy)
        // Of its own: cargo gives the copy's binaries the names that the tree's have.
        .env("CARGO_TARGET_DIR", copy.join("target"))
        .output()
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

/// The errors of the library: file and byte for each place that one points at.
fn errors(copy: &Path) -> Result<Vec<Vec<(String, usize)>>, String> {
    let lines = cargo(copy, &["check", "--lib"])?;
    let is_error = |line: &&Json| line["message"]["level"] == "error";
    let places = |line: &Json| -> Vec<(String, usize)> {
        let spans = line["message"]["spans"].as_array().cloned().unwrap_or_default();
        let mut spans: Vec<_> = spans.iter().collect();
        spans.sort_by_key(|span| span["is_primary"] != true);
        let place = |span: &&Json| {
            let at = span["byte_start"].as_u64().unwrap_or(0);
            let end = span["byte_end"].as_u64().unwrap_or(at);
            Some((
                span["file_name"].as_str()?.to_owned(),
                usize::midpoint(at as usize, end as usize),
            ))
        };
        spans.iter().filter_map(place).collect()
    };
    Ok(lines
        .iter()
        .filter(is_error)
        .map(places)
        .filter(|places| !places.is_empty())
        .collect())
}

/// The smallest mutant around one of the places.
fn around(planted: &BTreeMap<String, Vec<Planted>>, places: &[(String, usize)]) -> Option<usize> {
    places.iter().find_map(|(file, at)| {
        let here = planted.get(file)?.iter().filter(|planted| planted.range.contains(at));
        here.min_by_key(|planted| planted.range.len())
            .map(|planted| planted.site)
    })
}

/// Draws mutants until `count` of them compile together.
///
/// # Errors
/// When an error of the compiler is of no mutant, or there are not as many.
pub(crate) fn draw(root: &Path, copy: &Path, plan: &mut Plan, count: usize) -> Result<Vec<usize>, String> {
    loop {
        // More than are needed, as some will not compile.
        let chosen = plan.first(count + count / 2);
        let planted = plant(root, copy, &plan.sites, &chosen)?;
        let errors = errors(copy)?;
        eprintln!("{} planted, {} errors", chosen.len(), errors.len());
        if errors.is_empty() {
            let chosen = plan.first(count);
            return match chosen.len() == count {
                true => Ok(chosen),
                false => Err(format!("only {} sites compile", chosen.len())),
            };
        }
        let guilty: HashSet<usize> = errors.iter().filter_map(|places| around(&planted, places)).collect();
        if guilty.is_empty() {
            return Err(format!("errors of no mutant: {errors:?}"));
        }
        plan.broken.extend(guilty);
    }
}

/// Builds the suites; gives the binary of each, in the order of `SUITES`.
pub(crate) fn tests(copy: &Path) -> Result<Vec<PathBuf>, String> {
    let mut arguments = vec!["test", "--no-run"];
    for suite in SUITES {
        match *suite {
            "lib" => arguments.push("--lib"),
            name => arguments.extend(["--test", name]),
        }
    }
    let lines = cargo(copy, &arguments)?;
    let binary = |name: &str| {
        let is_it = |line: &&Json| {
            let target = &line["target"];
            let is_named = if name == "lib" {
                target["kind"][0] == "lib"
            } else {
                target["name"] == name
            };
            is_named && line["executable"].is_string()
        };
        let found = lines.iter().find(is_it).and_then(|line| line["executable"].as_str());
        let errors = lines.iter().filter(|line| line["message"]["level"] == "error");
        let rendered = errors.filter_map(|line| line["message"]["rendered"].as_str());
        found
            .map(PathBuf::from)
            .ok_or_else(|| format!("no binary of {name}: {}", rendered.collect::<String>()))
    };
    SUITES.iter().map(|suite| binary(suite)).collect()
}
