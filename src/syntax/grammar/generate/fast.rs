//! The recogniser that looks at the next byte first.

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr as Expr, OptimizedRule};

use super::first::Rules;
use super::sets::{END, Set, literal};
use super::{alternatives, items};

/// Rules of at most so many nodes are written out where they are used, if they leave no tokens.
const INLINED: usize = 12;

/// The rule whose places are kept apart from the tokens.
const COMMENT: &str = "comment";

/// A rule's function.
pub(super) fn function(rules: &Rules<'_>, rule: &OptimizedRule) -> String {
    let body = Writer { rules }.expr(&rule.expr, &Set::all());
    let name = &rule.name;
    let body = match rule.ty {
        RuleType::Silent if name == COMMENT => format!("p.comment(at, |p, at| {body})"),
        RuleType::Silent => format!("count(Work::Parsed, 1); {body}"),
        RuleType::Normal => format!("p.rule(Rule::{name}, at, |p, at| {body})"),
        RuleType::Atomic => {
            assert!(
                !rules.leaves_tokens(&rule.expr),
                "the atomic rule {name} has rules inside"
            );
            format!("p.rule(Rule::{name}, at, |p, at| {body})")
        }
        other => panic!("{other:?} rules are not known to the generator"),
    };
    format!("pub(super) fn r#{name}(p: &mut Input<'_>, at: usize) -> Option<usize> {{ {body} }}")
}

struct Writer<'a> {
    rules: &'a Rules<'a>,
}

impl Writer<'_> {
    /// An expression of Rust that gives the place after what matches at `at`. What stands there is one of `known`.
    fn expr(&self, expr: &Expr, known: &Set) -> String {
        let first = self.rules.first(expr);
        if known.and(&first.may()).is_none() {
            return "None".to_owned();
        }
        if known.within(&first.byte) {
            return "Some(at + 1)".to_owned();
        }
        match expr {
            Expr::Str(text) => match text.as_bytes() {
                [byte] => format!("p.byte(at, {})", literal(usize::from(*byte))),
                _ => format!("p.text(at, {text:?})"),
            },
            Expr::Range(..) => self.when(&first.byte, "Some(at + 1)", "None"),
            Expr::Ident(name) => self.name(name, known),
            Expr::PosPred(inner) => self.lookahead(inner, known, ("Some(at)", "None")),
            Expr::NegPred(inner) => self.lookahead(inner, known, ("None", "Some(at)")),
            Expr::Seq(..) => self.sequence(expr, known),
            Expr::Choice(..) => self.choice(&alternatives(expr), known),
            Expr::Opt(inner) => self.optional(inner, known),
            Expr::Rep(inner) => self.repeated(inner),
            other => panic!("{other:?} is not known to the generator"),
        }
    }

    fn name(&self, name: &str, known: &Set) -> String {
        let Some(rule) = self.rules.get(name) else {
            return match name {
                "SOI" => "(at == 0).then_some(at)".to_owned(),
                "EOI" => "p.rule(Rule::EOI, at, |p, at| p.end(at))".to_owned(),
                "ASCII_DIGIT" | "ASCII_HEX_DIGIT" => {
                    let byte = self.rules.first(&Expr::Ident(name.to_owned())).byte;
                    self.when(&byte, "Some(at + 1)", "None")
                }
                "ANY" => "p.any(at)".to_owned(),
                _ => format!("p.character(at, pest::unicode::{name})"),
            };
        };
        let call = format!("r#{name}(p, at)");
        if rule.ty != RuleType::Silent {
            return call;
        }
        if name != COMMENT
            && size(&rule.expr) <= INLINED
            && !self.rules.leaves_tokens(&rule.expr)
            && !matches!(rule.expr, Expr::Rep(_))
        {
            return self.expr(&rule.expr, known);
        }
        let first = self.rules.first(&rule.expr);
        let optional = matches!(rule.expr, Expr::Rep(_) | Expr::Opt(_));
        match () {
            () if !optional || known.within(&first.something) => call,
            () if known.and(&first.something).is_none() => "Some(at)".to_owned(),
            () => self.when(&first.something, &call, "Some(at)"),
        }
    }

    /// `then` where what stands next is in a set, otherwise `other`.
    fn when(&self, set: &Set, then: &str, other: &str) -> String {
        format!("match p.peek(at) {{ {} => {then}, _ => {other} }}", set.pattern())
    }

    fn lookahead(&self, inner: &Expr, known: &Set, (found, not): (&str, &str)) -> String {
        let first = self.rules.first(inner);
        if known.within(&first.certain) {
            return found.to_owned();
        }
        if known.and(&first.may()).is_none() {
            return not.to_owned();
        }
        if first.is_exact() {
            return self.when(&first.certain, found, not);
        }
        let seen = self.expr(inner, known);
        let looked = format!("match {seen} {{ Some(_) => {found}, None => {not} }}");
        if self.rules.leaves_tokens(inner) {
            return format!("{{ let mark = p.tokens.len(); let looked = {looked}; p.tokens.truncate(mark); looked }}");
        }
        looked
    }

    fn sequence(&self, expr: &Expr, known: &Set) -> String {
        let mut known = known.clone();
        let mut steps: Vec<String> = Vec::new();
        for item in items(expr) {
            let step = self.expr(item, &known);
            known = match item {
                Expr::PosPred(inner) => known.and(&self.rules.first(inner).may()),
                Expr::NegPred(inner) => known.without(&self.rules.first(inner).certain),
                _ => Set::all(),
            };
            if step != "Some(at)" {
                steps.push(step);
            }
        }
        let mut steps = steps.into_iter();
        let Some(mut written) = steps.next() else {
            return "Some(at)".to_owned();
        };
        for step in steps {
            written = format!("{}.and_then(|at| {step})", receiver(&written));
        }
        written
    }

    fn choice(&self, all: &[&Expr], known: &Set) -> String {
        let firsts: Vec<_> = all.iter().map(|expr| self.rules.first(expr)).collect();
        // For each thing that may stand next: the alternatives that may match, up to one that does for certain.
        let open = |next: usize| {
            let mut open = Vec::new();
            for (index, first) in firsts.iter().enumerate() {
                if first.may().holds(next) {
                    open.push(index);
                }
                if first.certain.holds(next) {
                    break;
                }
            }
            open
        };
        let mut groups: Vec<(Vec<usize>, Set)> = Vec::new();
        for next in known.iter() {
            let open = open(next);
            match groups.iter_mut().find(|(other, _)| *other == open) {
                Some((_, set)) => *set = set.or(&Set::one(next)),
                None => groups.push((open, Set::one(next))),
            }
        }
        let mut arms: Vec<(String, Set)> = Vec::new();
        for (open, set) in groups {
            let tried: Vec<&Expr> = open.iter().map(|&index| all[index]).collect();
            let code = self.tries(&tried, &set);
            match arms.iter_mut().find(|(other, _)| *other == code) {
                Some((_, other)) => *other = other.or(&set),
                None => arms.push((code, set)),
            }
        }
        self.arms(arms)
    }

    /// The alternatives, one after the other.
    fn tries(&self, tried: &[&Expr], known: &Set) -> String {
        let Some((last, before)) = tried.split_last() else {
            return "None".to_owned();
        };
        let mut written = self.expr(last, known);
        for expr in before.iter().rev() {
            let code = receiver(&self.expr(expr, known));
            written = match self.rules.fails_late(expr) {
                false => format!("{code}.or_else(|| {written})"),
                true => format!(
                    "{{ let mark = p.tokens.len(); {code}.or_else(|| {{ p.tokens.truncate(mark); {written} }}) }}"
                ),
            };
        }
        written
    }

    fn arms(&self, mut arms: Vec<(String, Set)>) -> String {
        if let [(code, _)] = &*arms {
            return code.clone();
        }
        // The arm that fails, or else the one for the most, takes what is left.
        arms.sort_by_key(|(code, set)| (code == "None", set.iter().filter(|&next| next != END).count()));
        let rest = arms.pop().map_or_else(|| "None".to_owned(), |(code, _)| code);
        let arms: Vec<String> = arms
            .iter()
            .map(|(code, set)| format!("{} => {code},", set.pattern()))
            .collect();
        format!("match p.peek(at) {{ {} _ => {rest} }}", arms.concat())
    }

    fn optional(&self, inner: &Expr, known: &Set) -> String {
        let may = self.rules.first(inner).may();
        let tried = match (
            receiver(&self.expr(inner, &known.and(&may))),
            self.rules.fails_late(inner),
        ) {
            (code, false) => format!("{code}.or(Some(at))"),
            (code, true) => {
                format!("{{ let mark = p.tokens.len(); {code}.or_else(|| {{ p.tokens.truncate(mark); Some(at) }}) }}")
            }
        };
        if known.within(&may) {
            tried
        } else {
            self.when(&known.and(&may), &tried, "Some(at)")
        }
    }

    fn repeated(&self, inner: &Expr) -> String {
        let may = self.rules.first(inner).may();
        let looks = self.expr(inner, &Set::all());
        if looks.starts_with("match p.peek(at)") && !self.rules.fails_late(inner) {
            return format!("{{ let mut at = at; while let Some(next) = {looks} {{ at = next; }} Some(at) }}");
        }
        let code = self.expr(inner, &may);
        let step = match self.rules.fails_late(inner) {
            false => code,
            true => format!(
                "{{ let mark = p.tokens.len(); {}.or_else(|| {{ p.tokens.truncate(mark); None }}) }}",
                receiver(&code)
            ),
        };
        let step = if may == Set::all() {
            step
        } else {
            self.when(&may, &step, "None")
        };
        format!("{{ let mut at = at; while let Some(next) = {step} {{ at = next; }} Some(at) }}")
    }
}

/// An expression of Rust that a method can be called on.
pub(super) fn receiver(code: &str) -> String {
    if code.starts_with("match") || code.starts_with('{') {
        format!("({code})")
    } else {
        code.to_owned()
    }
}

/// The nodes of an expression.
fn size(expr: &Expr) -> usize {
    match expr {
        Expr::Seq(head, tail) | Expr::Choice(head, tail) => size(head) + size(tail),
        Expr::PosPred(inner) | Expr::NegPred(inner) | Expr::Opt(inner) | Expr::Rep(inner) => 1 + size(inner),
        _ => 1,
    }
}
