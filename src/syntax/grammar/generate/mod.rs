//! Writes the recognisers from `grammar/selvedge.pest`.

mod fast;
mod first;
mod sets;
mod traced;

use std::path::Path;

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};

use first::Rules;

const COMMAND: &str = "UPDATE_GRAMMAR=1 cargo test --lib syntax::grammar";

#[test]
fn the_recognisers_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let grammar = std::fs::read_to_string(folder.join("grammar/selvedge.pest")).unwrap();
    let (_, rules) = pest_meta::parse_and_optimize(&grammar).unwrap();
    let head = |comment| {
        format!(
            "{comment} Made from `grammar/selvedge.pest`. After a change to the grammar, run\n{comment} `{COMMAND}`.\n\n"
        )
    };
    let code = |generated: &str| head("//!") + &prettyplease::unparse(&syn::parse_file(generated).unwrap());
    for (file, generated) in [
        ("src/syntax/grammar/rule.rs", code(&rule_file(&rules))),
        ("src/syntax/grammar/recogniser.rs", code(&fast_file(&rules))),
        ("src/syntax/grammar/traced.rs", code(&traced_file(&rules))),
        ("grammar/commented.pest", head("//") + &commented(&grammar)),
    ] {
        let path = folder.join(file);
        if std::env::var_os("UPDATE_GRAMMAR").is_some() {
            std::fs::write(&path, &generated).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == generated, "{file} is stale: run `{COMMAND}`");
    }
}

/// The grammar in which comments leave tokens, for the tests.
fn commented(grammar: &str) -> String {
    let (silent, visible) = ("\ncomment      = _{", "\ncomment      = @{");
    assert!(grammar.contains(silent));
    grammar.replace(silent, visible)
}

fn rule_file(rules: &[OptimizedRule]) -> String {
    let visible = rules.iter().filter(|rule| rule.ty != RuleType::Silent);
    let names: Vec<_> = visible.map(|rule| &*rule.name).collect();
    format!(
        "#[allow(non_camel_case_types)] #[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
         pub(in crate::syntax) enum Rule {{ EOI, {} }}",
        names.join(", ")
    )
}

fn fast_file(rules: &[OptimizedRule]) -> String {
    let functions = fast_functions(&Rules::new(rules), rules);
    format!(
        "use super::input::Input; use super::rule::Rule; use crate::work::{{Work, count}};\n{}",
        functions.join("\n")
    )
}

/// The functions of the rules that are called, from `program` on: some are written out where they are used.
fn fast_functions(known: &Rules<'_>, rules: &[OptimizedRule]) -> Vec<String> {
    let written: Vec<_> = rules
        .iter()
        .map(|rule| (&*rule.name, fast::function(known, rule)))
        .collect();
    let mut called = vec!["program"];
    let mut looked_at = 0;
    while let Some(caller) = called.get(looked_at) {
        let body = &written.iter().find(|(name, _)| name == caller).expect("a rule").1;
        let calls = |name: &str| body.contains(&format!("r#{name}(p, at)"));
        let new: Vec<_> = written
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| calls(name))
            .collect();
        called.extend(
            new.into_iter()
                .filter(|name| !called.contains(name))
                .collect::<Vec<_>>(),
        );
        looked_at += 1;
    }
    written
        .into_iter()
        .filter(|(name, _)| called.contains(name))
        .map(|(_, body)| body)
        .collect()
}

fn traced_file(rules: &[OptimizedRule]) -> String {
    let functions: Vec<_> = rules.iter().map(traced::function).collect();
    format!("use super::input::Input;\n{}", functions.join("\n"))
}

/// The items of a sequence.
fn items(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Seq(head, tail) => [items(head), items(tail)].concat(),
        other => vec![other],
    }
}

/// The alternatives of a choice.
fn alternatives(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Choice(head, tail) => [alternatives(head), alternatives(tail)].concat(),
        other => vec![other],
    }
}
