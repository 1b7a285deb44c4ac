//! The recogniser that tries every alternative, as pest does, and keeps the furthest place where a rule failed.

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};

use super::fast::receiver;
use super::{alternatives, items};

/// A rule's function.
pub(super) fn function(rule: &OptimizedRule) -> String {
    let (name, body) = (&rule.name, expr(&rule.expr));
    let body = match rule.ty {
        RuleType::Silent => body,
        RuleType::Normal => format!("p.traced(at, |p, at| {body})"),
        _ => format!("p.traced(at, |p, at| p.atomic(at, |p, at| {body}))"),
    };
    format!("pub(super) fn r#{name}(p: &mut Input<'_>, at: usize) -> Option<usize> {{ {body} }}")
}

fn expr(written: &Expr) -> String {
    match written {
        Expr::Str(text) => format!("p.text(at, {text:?})"),
        Expr::Range(from, to) => {
            format!(
                "p.character(at, |c| ('{}'..='{}').contains(&c))",
                from.escape_default(),
                to.escape_default()
            )
        }
        Expr::Ident(name) => match &**name {
            "SOI" => "(at == 0).then_some(at)".to_owned(),
            "EOI" => "p.traced(at, |p, at| p.end(at))".to_owned(),
            "ANY" => "p.any(at)".to_owned(),
            "ASCII_DIGIT" => "p.character(at, |c| c.is_ascii_digit())".to_owned(),
            "ASCII_HEX_DIGIT" => "p.character(at, |c| c.is_ascii_hexdigit())".to_owned(),
            "LETTER" | "DECIMAL_NUMBER" => format!("p.character(at, pest::unicode::{name})"),
            _ => format!("r#{name}(p, at)"),
        },
        Expr::PosPred(inner) => format!("p.lookahead(at, true, |p, at| {})", expr(inner)),
        Expr::NegPred(inner) => format!("p.lookahead(at, false, |p, at| {})", expr(inner)),
        Expr::Seq(..) => joined(&items(written), "and_then(|at| "),
        Expr::Choice(..) => joined(&alternatives(written), "or_else(|| "),
        Expr::Opt(inner) => format!("{}.or(Some(at))", receiver(&expr(inner))),
        Expr::Rep(inner) => {
            format!(
                "{{ let mut at = at; while let Some(next) = {} {{ at = next; }} Some(at) }}",
                expr(inner)
            )
        }
        other => panic!("{other:?} is not known to the generator"),
    }
}

fn joined(parts: &[&Expr], by: &str) -> String {
    let mut written = parts.iter().map(|part| expr(part));
    let first = written.next().unwrap_or_default();
    written.fold(first, |before, part| format!("{}.{by}{part})", receiver(&before)))
}
