//! `selvedge doc`

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::Args;
use selvedge::diagnostic::{Code, quote};
use selvedge::lint::LintName;
use selvedge::platform::{Function, Platform};
use selvedge::{FunctionReference, Value, library_functions};

use crate::deadline::Deadline;
use crate::exit::{Exit, Failed};
use crate::print::{one_line, to_output};
use crate::project::ProjectFlag;

/// The page that has an example and its fix for every code.
const DIAGNOSTICS: &str = include_str!("../../../docs/DIAGNOSTICS.md");
/// How many names are said to be near.
const MAX_NEAR: usize = 5;

/// The flags of `selvedge doc`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// A function such as `split`, `Math.min` or one of the platform's, a class or type such as `DateTime` or `STRING`, a code such as
    /// `E201`, or a lint such as `unused-variable`; all classes where none is given
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    project: ProjectFlag,
}

/// Prints the reference of a name.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failed> {
    let project = arguments.project.read(Deadline::after(None))?;
    let platform = project.platform();
    match &arguments.name {
        Some(name) => to_output(&text(name, platform)?),
        None => to_output(&classes(platform)),
    }
    Ok(Exit::Value)
}

/// The reference of a name, or an error with similar names.
pub(crate) fn text(name: &str, platform: &Platform) -> Result<String, String> {
    of_code(name)
        .or_else(|| of_platform(name, platform))
        .or_else(|| of_library(name))
        .ok_or_else(|| unknown(name, platform))
}

/// The classes and types of the library, then the namespaces of the platform, each with its names.
fn classes(platform: &Platform) -> String {
    let library: BTreeSet<(&str, &str)> = library_functions().map(|one| (one.owner(), one.name())).collect();
    let own: BTreeSet<(&str, &str)> = names(platform).filter_map(|name| name.split_once('.')).collect();
    let mut text = String::new();
    for known in [library, own] {
        let owners: BTreeSet<&str> = known.iter().map(|(owner, _)| *owner).collect();
        for owner in owners {
            let names = known.iter().filter(|(other, _)| *other == owner);
            let names: Vec<&str> = names.map(|(_, name)| *name).collect();
            let _ = writeln!(text, "{owner}: {}", names.join(", "));
        }
    }
    text
}

/// The functions and constants of a platform, by their whole names.
fn names(platform: &Platform) -> impl Iterator<Item = &str> {
    let functions = platform.functions().map(Function::name);
    functions.chain(platform.constants().map(|(name, _)| name))
}

/// The function or constant of a platform of a name, or those of a namespace.
fn of_platform(name: &str, platform: &Platform) -> Option<String> {
    let bare = name.trim_end_matches("()");
    let is_meant = |known: &str| known == bare || known.split_once('.').is_some_and(|(owner, _)| owner == bare);
    let functions = platform.functions().filter(|function| is_meant(function.name()));
    let constants = platform.constants().filter(|(known, _)| is_meant(known));
    let constant = |(name, value): (&str, &Value)| format!("{name} = {}\n", one_line(&value.to_string()));
    let texts: Vec<String> = functions.map(declared).chain(constants.map(constant)).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// The reference of a function of a platform.
fn declared(function: &Function) -> String {
    let mut text = format!("{function}\n");
    if !function.doc().is_empty() {
        let _ = writeln!(text, "  {}", one_line(function.doc()));
    }
    for parameter in function
        .parameters()
        .iter()
        .filter(|parameter| !parameter.doc().is_empty())
    {
        let _ = writeln!(text, "  {}: {}", parameter.name(), one_line(parameter.doc()));
    }
    let memory = match function.cost_bytes() {
        0 => String::new(),
        bytes => format!(", {bytes} bytes"),
    };
    let _ = writeln!(text, "  cost: {} steps{memory}", function.cost_steps());
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

/// The reference of a function of the library.
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

fn unknown(name: &str, platform: &Platform) -> String {
    let wanted = name.to_ascii_lowercase();
    let library = library_functions().flat_map(|function| [function.name(), function.owner()]);
    let names: BTreeSet<&str> = library.chain(names(platform)).collect();
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
