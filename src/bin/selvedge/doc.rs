//! `selvedge doc`

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::Args;
use selvedge::diagnostic::{Code, quote};
use selvedge::lint::LintName;
use selvedge::{FunctionReference, library_functions};

use crate::exit::{Exit, Failed};
use crate::print::to_output;

/// The page that has an example and its fix for every code.
const DIAGNOSTICS: &str = include_str!("../../../docs/DIAGNOSTICS.md");
/// How many names are said to be near.
const MAX_NEAR: usize = 5;

/// The flags of `selvedge doc`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// A function such as `split` or `Math.min`, a class or type such as `DateTime` or `STRING`, a code such as `E201`, or a lint such
    /// as `unused-variable`; all classes where none is given
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// Prints the reference of what has a name.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let Some(name) = &arguments.name else {
        to_output(&classes());
        return Ok(Exit::Value);
    };
    to_output(&text(name)?);
    Ok(Exit::Value)
}

/// The reference of what has a name; else what is near it.
pub(crate) fn text(name: &str) -> Result<String, String> {
    of_code(name).or_else(|| of_library(name)).ok_or_else(|| unknown(name))
}

/// The classes and types, each with the names of its functions.
fn classes() -> String {
    let owners: BTreeSet<&str> = library_functions().map(|function| function.owner()).collect();
    let mut text = String::new();
    for owner in owners {
        let names: BTreeSet<&str> = of_owner(owner).map(|function| function.name()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let _ = writeln!(text, "{owner}: {}", names.join(", "));
    }
    text
}

fn of_owner(owner: &str) -> impl Iterator<Item = FunctionReference> {
    library_functions().filter(move |function| function.owner().eq_ignore_ascii_case(owner))
}

/// The section of a code, by its text, its kind or the name of its lint.
fn of_code(name: &str) -> Option<String> {
    let of_lint = || {
        let mut lints = LintName::ALL.iter();
        lints.find(|lint| lint.text() == name).map(|lint| lint.code())
    };
    let mut codes = Code::ALL.iter().copied();
    let code = codes.find(|code| code.text().eq_ignore_ascii_case(name) || code.kind() == name);
    let heading = format!("## {} ", code.or_else(of_lint)?.text());
    let start = DIAGNOSTICS.find(&heading)?;
    let section = DIAGNOSTICS.get(start..)?.trim_start_matches("## ");
    let end = section.find("\n## ").unwrap_or(section.len());
    let lines = section.get(..end)?.lines().filter(|line| !line.starts_with("```"));
    Some(lines.collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n")
}

/// The functions of a name, or those of the class or type of one.
fn of_library(name: &str) -> Option<String> {
    let bare = name.trim_start_matches("new ").trim_end_matches("()");
    let (owner, function) = match bare.split_once('.') {
        Some((owner, function)) => (owner, function),
        None => ("", bare),
    };
    let mut found: Vec<FunctionReference> = library_functions()
        .filter(|one| one.name() == function && (owner.is_empty() || one.owner().eq_ignore_ascii_case(owner)))
        .collect();
    if found.is_empty() && owner.is_empty() {
        found = of_owner(bare).collect();
    }
    let texts: Vec<String> = found.into_iter().map(reference).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// What is known of a function.
fn reference(function: FunctionReference) -> String {
    let mut text = String::new();
    let beyond = if function.is_beyond_sel() { ", beyond SEL" } else { "" };
    let _ = writeln!(text, "{}: {}{beyond}", function.owner(), function.signature());
    let _ = writeln!(text, "  {}", function.about());
    for parameter in function.parameters() {
        let _ = writeln!(
            text,
            "  {}: {}, {}",
            parameter.name(),
            parameter.accepts(),
            parameter.about()
        );
    }
    let _ = writeln!(text, "  cost: {}", function.cost());
    for (source, gives) in function.examples() {
        let _ = writeln!(text, "  {source} → {gives}");
    }
    text
}

fn unknown(name: &str) -> String {
    let wanted = name.to_ascii_lowercase();
    let names = library_functions().flat_map(|function| [function.name(), function.owner()]);
    let names: BTreeSet<&str> = names.collect();
    let is_near = |known: &str| {
        let known = known.to_ascii_lowercase();
        known.starts_with(&wanted) || wanted.starts_with(&known) || known.contains(&wanted)
    };
    let near: Vec<String> = names
        .into_iter()
        .filter(|known| is_near(known))
        .take(MAX_NEAR)
        .map(quote)
        .collect();
    let hint = match near.is_empty() {
        true => "`selvedge doc` lists all".to_owned(),
        false => format!("did you mean {}?", near.join(", ")),
    };
    format!("unknown name {}: {hint}", quote(name))
}
