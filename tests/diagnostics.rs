//! Every diagnostic code, shown: each line of `tests/diagnostics/cases.jsonl` is a program that gets its code. The reports of all
//! are kept in `tests/diagnostics/reports.txt`, and the first of each code, with its fix, in `docs/DIAGNOSTICS.md`. After a change:
//! `UPDATE_DIAGNOSTICS=1 cargo test --test diagnostics`, and read what changed as a data engineer would.

#![cfg(all(feature = "datetime", feature = "yaml"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use selvedge::diagnostic::{Code, render};
use selvedge::lint::{LintName, LintSet};
use selvedge::params::{Occasion, ParameterSet, Problem, Scope, StepState};
use selvedge::platform::Platform;
use selvedge::workflow::{Blueprint, Workflow};
use selvedge::{
    CancelToken, Capability, DeniedHost, Dialect, Effect, Engine, EngineBuilder, FixedHost, Host, HostError,
    HostFunction, HostFunctions, Inputs, Limits, Program, Schema, Value,
};
use serde::Deserialize;

/// Codes that no program can be made to show, and why.
const NOT_SHOWN: &[(Code, &str)] = &[
    (
        Code::ProgramTooLarge,
        "An example would fill pages: a program of more than 65,535 variables and intermediate values, or one with more errors than are shown.",
    ),
    (
        Code::WorkflowSize,
        "An example would fill pages: a definition of more than 2,000 steps.",
    ),
    (
        Code::StepFailed,
        "Whoever runs a step gives it to an unfolding, with a message and maybe a code of their own.",
    ),
    (
        Code::FixtureShape,
        "Of fixtures of `selvedge test`, such as one with an unknown key: it says which was meant.",
    ),
    (
        Code::TestFailed,
        "Of tests of `selvedge test`: what was wanted and what was found stand side by side, at the fixture's line.",
    ),
    (
        Code::Internal,
        "No program is known that shows it; one that does is a defect of selvedge.",
    ),
];

const INTRODUCTION: &str = "# Diagnostics

Every code, with an example and its fix. A code is stable: it is never used for anything else. E1xx is syntax, E2xx names, E3xx types,
E4xx calls, E5xx the run, E6xx budgets, E7xx parameters and workflows, Wxxx warnings. Codes below E500 refuse a program before it runs; so
does a code of the run where constants alone make every run fail.

This page is made by a test that compiles and runs each example and each fix. In the definitions of E710 and above it is the file that is
shown, and then what is said of it.
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    code: String,
    source: String,
    /// A program that does what was meant.
    fix: Option<String>,
    #[serde(default)]
    params: serde_json::Map<String, serde_json::Value>,
    schema: Option<Schema>,
    /// The schema of the fix, where that is what is fixed.
    fix_schema: Option<Schema>,
    #[serde(default)]
    dialect: Dialect,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    limits: BTreeMap<String, u64>,
    /// What the fix comes to, where it is not a value.
    expect: Option<String>,
    /// `denied` for a host that denies clock and randomness.
    host: Option<String>,
    #[serde(default)]
    cancelled: bool,
    /// What the engine has switched off.
    #[serde(default)]
    without: Vec<Capability>,
}

impl Case {
    fn inputs(&self) -> Inputs {
        Inputs::from_serialize(&self.params).unwrap()
    }

    fn schema(&self) -> Schema {
        let inferred = || Schema::infer_from(self.inputs().as_map().iter());
        self.schema.clone().unwrap_or_else(inferred)
    }

    fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        for (name, &limit) in &self.limits {
            assert!(limits.set(name, limit), "there is no limit {name}");
        }
        limits
    }

    fn host(&self) -> Box<dyn Host> {
        match self.host.as_deref() {
            Some("denied") => Box::new(DeniedHost),
            _ => Box::new(FixedHost { now_millis: 0, seed: 1 }),
        }
    }

    fn engine(&self) -> Engine {
        let mut functions = HostFunctions::new();
        functions
            .register_typed("params.fail", |name: String| -> Result<i64, HostError> {
                Err(HostError::new(format!("no run of {name} is known")))
            })
            .unwrap();
        let latest = |table: String| Ok(format!("{table}/20260131"));
        functions.register_typed("Tables.latest", latest).unwrap();
        functions
            .register(HostFunction::constant("Env.REGION", "eu-west-1"))
            .unwrap();
        let clock = HostFunction::typed("Clock.today", || Ok(20_260_131_i64)).with_effects(&[Effect::Clock]);
        functions.register(clock).unwrap();
        let lints = LintName::ALL.iter().filter(|lint| lint.code().text() == self.code);
        let lints = lints.fold(LintSet::none(), |set, &lint| set.with(lint));
        let builder = Engine::builder().limits(self.limits()).strict(self.strict).lints(lints);
        let builder = builder.dialect(self.dialect);
        let off = self.without.iter().copied();
        off.fold(builder, EngineBuilder::without)
            .host_functions(functions)
            .build()
    }

    fn evaluate(&self, program: &Program) -> Result<Value, selvedge::EvalError> {
        let host = self.host();
        let mut evaluation = program.evaluation().host(&*host);
        if self.cancelled {
            let token = CancelToken::new();
            token.cancel();
            evaluation = evaluation.cancel(token);
        }
        evaluation.evaluate(&self.inputs()).map(selvedge::Outcome::into_value)
    }

    /// The codes that the program gets, and their report.
    fn report(&self) -> (Vec<Code>, String) {
        let program = match self.engine().compile(&self.source, &self.schema()) {
            Ok(program) => program,
            Err(error) => {
                let codes = error.diagnostics().iter().map(|diagnostic| diagnostic.code);
                return (codes.collect(), error.report("expression"));
            }
        };
        let mut codes = Vec::new();
        let mut report = String::new();
        for warning in program.warnings() {
            codes.push(warning.code);
            report.push_str(&render(warning, &self.source, "expression"));
        }
        if let Some(name) = lint_named(&self.code) {
            for lint in program.lints(LintSet::none().with(name)) {
                codes.push(lint.diagnostic.code);
                report.push_str(&render(&lint.diagnostic, &self.source, "expression"));
            }
            return (codes, report);
        }
        if let Err(error) = self.evaluate(&program) {
            codes.push(error.code());
            report.push_str(&render(&error.diagnostic(), &self.source, "expression"));
        }
        (codes, report)
    }

    /// Why the fix is none, if it is not.
    fn wrong_fix(&self) -> Option<String> {
        let fix = self.fix.as_ref()?;
        let schema = self.fix_schema.clone().unwrap_or_else(|| self.schema());
        let program = match self.engine().compile(fix, &schema) {
            Ok(program) => program,
            Err(error) => return Some(error.report("fix")),
        };
        if let [warning, ..] = program.warnings() {
            return Some(render(warning, fix, "fix"));
        }
        let lint = lint_named(&self.code).map_or(LintSet::none(), |name| LintSet::none().with(name));
        if let [lint, ..] = &*program.lints(lint) {
            return Some(render(&lint.diagnostic, fix, "fix"));
        }
        match (self.evaluate(&program), self.expect.as_deref()) {
            (Ok(_), None) => None,
            (Err(error), Some("thrown")) if error.code() == Code::Thrown => None,
            (result, _) => Some(format!("{fix}: {result:?}")),
        }
    }
}

/// The lint of a code, where compiling does not give it already.
fn lint_named(code: &str) -> Option<LintName> {
    let mut names = LintName::ALL.iter().copied();
    names.find(|name| name.code().text() == code && name.code() != Code::LeadingZero)
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/cases.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().map(read).collect()
}

/// Holds a text against a file, or writes the file when asked to.
fn golden(path: &str, text: &str) {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DIAGNOSTICS").is_some() {
        fs::write(&full, text).unwrap();
    }
    let kept = fs::read_to_string(&full).unwrap_or_default();
    let differs = kept.lines().zip(text.lines()).find(|(kept, made)| kept != made);
    assert!(
        kept == text,
        "{path} is stale, first at {differs:?}: run `UPDATE_DIAGNOSTICS=1 cargo test --test diagnostics`"
    );
}

/// What is wrong with the definition that shows a code, where the code is one of definitions.
fn definition_report(code: Code) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/definitions.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let mut cases = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let case = cases.find(|case| case["code"] == code.text())?;
    if let Some(json) = case["platform"].as_str() {
        let refused = Platform::from_json(json).unwrap_err();
        assert_eq!(refused.problems()[0].code(), code);
        return Some(format!("{json}\n{}", refused.problems()[0].render("platform.json")));
    }
    let yaml = case["yaml"].as_str().unwrap();
    let is_workflow = Workflow::is_yaml_definition(yaml);
    let problems = if is_workflow {
        workflow_problems(yaml)
    } else {
        set_problems(&case, yaml)
    };
    let file = if is_workflow { "workflow.yaml" } else { "params.yaml" };
    let problem = problems.iter().find(|problem| problem.code() == code);
    let problem = problem.unwrap_or_else(|| panic!("{code}: {problems:?}"));
    Some(format!("{yaml}\n{}", problem.render(file)))
}

fn workflow_problems(yaml: &str) -> Vec<Problem> {
    let built = Workflow::from_yaml(yaml).and_then(|workflow| Blueprint::builder(workflow).build(&Engine::default()));
    match built {
        Ok(blueprint) => blueprint.warnings().to_vec(),
        Err(refused) => refused.into(),
    }
}

fn set_problems(case: &serde_json::Value, yaml: &str) -> Vec<Problem> {
    let scope = match case["skipped"].as_str() {
        Some(step) => Scope::new().with_step(step, StepState::Skipped),
        None => Scope::new(),
    };
    let planned = ParameterSet::from_yaml(yaml).and_then(|mut set| {
        if let Some(change) = case["change"].as_str() {
            set.redefine(&ParameterSet::from_yaml(change)?, Occasion::Start)?;
        }
        set.plan(&Engine::default(), &scope)
    });
    match planned {
        Ok(plan) => {
            let limits = case
                .get("limits")
                .map(|limits| serde_json::from_value(limits.clone()).unwrap());
            let report = plan.with_limits(limits.unwrap_or_default()).evaluate(&scope);
            report.error().into_iter().chain(report.warnings()).cloned().collect()
        }
        Err(refused) => refused.into(),
    }
}

/// The section of the page on one code.
fn section(code: Code, case: Option<&Case>) -> String {
    let mut section = format!("\n## {code} {}\n\n{}\n", code.kind(), code.about());
    if let Some(lint) = LintName::ALL.iter().find(|lint| lint.code() == code) {
        let on = if lint.is_default() { "on" } else { "off" };
        let _ = writeln!(section, "\nThe lint `{lint}`, {on} by default: {}", lint.about());
    }
    let Some(case) = case else {
        if let Some(shown) = definition_report(code) {
            let _ = writeln!(section, "\n```text\n{shown}```");
            return section;
        }
        let why = NOT_SHOWN.iter().find(|(unseen, _)| *unseen == code);
        let (_, why) = why.unwrap_or_else(|| panic!("{code} has no case"));
        let _ = writeln!(section, "\n{why}");
        return section;
    };
    let _ = writeln!(section, "\n```text\n{}```", case.report().1);
    if let Some(schema) = &case.fix_schema {
        let schema = serde_json::to_string(schema).unwrap();
        let _ = writeln!(section, "\nFixed with the schema `{schema}`:");
    } else if case.fix.is_some() {
        section.push_str("\nFixed:\n");
    }
    if let Some(fix) = &case.fix {
        let _ = writeln!(section, "\n```text\n{fix}\n```");
    }
    section
}

#[test]
fn every_case_gets_its_code() {
    let wrong = cases().into_iter().filter_map(|case| {
        let (codes, report) = case.report();
        let found = codes.iter().any(|code| code.text() == case.code);
        (!found).then(|| format!("{} asked for\n{}\n{report}", case.code, case.source))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fix_fixes_its_program() {
    let wrong: Vec<String> = cases().iter().filter_map(Case::wrong_fix).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reports_are_bounded_and_speak_plainly() {
    for case in cases() {
        let (_, report) = case.report();
        let messages = report
            .lines()
            .filter(|line| line.starts_with("error[") || line.starts_with("warning["));
        for message in messages {
            let text = message.split_once("]: ").unwrap().1;
            assert!(!text.ends_with('.'), "{message}");
            let internal = ["Some(", "None)", "Ok(", "Err(", "::{", "src/"];
            assert!(!internal.iter().any(|word| text.contains(word)), "{message}");
            assert!(text.len() <= 300, "{message}");
        }
        let control = |c: char| c.is_control() && c != '\n';
        assert!(!report.contains(control), "{report:?}");
    }
}

#[test]
fn all_reports_are_as_they_were_read() {
    let mut reports = String::new();
    for case in cases() {
        let _ = write!(reports, "{}", case.report().1);
        reports.push_str("--\n");
    }
    golden("tests/diagnostics/reports.txt", &reports);
}

#[test]
fn the_page_of_codes_is_up_to_date() {
    let cases = cases();
    let mut page = INTRODUCTION.to_owned();
    for &code in Code::ALL {
        page.push_str(&section(code, cases.iter().find(|case| case.code == code.text())));
    }
    golden("docs/DIAGNOSTICS.md", &page);
}
