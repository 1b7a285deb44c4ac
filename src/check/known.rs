//! What is known of a program's names before a pass over it, and what a pass finds of them.

use std::sync::Arc;

use super::options::Options;
use super::tables::HashSet;
use crate::dialect::Dialect;
use crate::library;
use crate::operator::Binary;
use crate::syntax::ast::{ExprId, ExprKind, Link, Literal, Step, StepKind, Symbol, Tree};
use crate::types::Type;

/// What is known of the names before a pass.
#[derive(Debug)]
pub(super) struct Known(Vec<KnownName>);

/// What is known of a name.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct KnownName {
    /// The type that the schema declares it of.
    pub(super) declared: Option<Type>,
    /// Whether it is reserved for a class, a namespace or `params`.
    pub(super) reserved: bool,
    /// Whether it is a class that SEL does not have, unless the program has a variable of that name.
    class_beyond_sel: bool,
    /// Whether the program assigns to it or declares it.
    pub(super) assigned: bool,
    /// Whether it does so in more than one place.
    assigned_again: bool,
    /// Whether the program reads or asks for a parameter of the name through `params`, as in `params.containsKey('x')`: the
    /// parameter may be absent then.
    pub(super) optional: bool,
    pub(super) dynamic: bool,
    /// Whether it starts from a parameter that the schema does not name, if there is one.
    pub(super) starting: bool,
}

/// Of a name that is not of the program, and so is never asked for.
const STRANGE: KnownName = KnownName {
    declared: None,
    reserved: true,
    class_beyond_sel: false,
    assigned: true,
    assigned_again: true,
    optional: true,
    dynamic: true,
    starting: true,
};

/// What a pass found of names.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) dynamic: Vec<Symbol>,
    pub(super) starting: Vec<Symbol>,
}

impl KnownName {
    /// Whether one place of the program sets it.
    pub(super) const fn is_set_once(self) -> bool {
        self.assigned && !self.assigned_again
    }

    /// Whether it is a class that SEL does not have.
    pub(super) const fn is_class_beyond_sel(self) -> bool {
        self.class_beyond_sel && !self.assigned
    }
}

impl Known {
    pub(super) fn of(tree: &Tree, options: &Options<'_>) -> Self {
        let host = options.host_functions;
        let known = |name: &Arc<str>| {
            let declared = options.schema.declared(name);
            let reserved = &**name == "params" || library::is_class(name) || host.is_namespace(name);
            let may_be_class = !reserved && declared.is_none() && options.dialect != Dialect::Sel;
            KnownName {
                declared,
                reserved,
                class_beyond_sel: may_be_class && library::is_class_beyond_sel(name),
                ..KnownName::default()
            }
        };
        let mut names = Self(tree.names.iter().map(known).collect());
        for (name, _) in tree.names_set() {
            names.update(name, |known| {
                (known.assigned_again, known.assigned) = (known.assigned, true);
            });
        }
        let read = read_through_params(tree);
        for (known, name) in names.0.iter_mut().zip(&tree.names).filter(|_| !read.is_empty()) {
            known.optional = read.contains(&**name);
        }
        names
    }

    pub(super) fn get(&self, symbol: Symbol) -> KnownName {
        self.0.get(symbol.index()).copied().unwrap_or(STRANGE)
    }

    fn update(&mut self, symbol: Symbol, update: impl FnOnce(&mut KnownName)) {
        self.0.get_mut(symbol.index()).map(update);
    }

    pub(super) fn all_dynamic(&mut self) {
        for known in &mut self.0 {
            known.dynamic = true;
        }
    }

    /// Whether something was found that was not known.
    pub(super) fn is_news(&self, found: &Found) -> bool {
        let dynamic = found.dynamic.iter().any(|&symbol| !self.get(symbol).dynamic);
        dynamic || found.starting.iter().any(|&symbol| !self.get(symbol).starting)
    }

    pub(super) fn learn(&mut self, found: &Found) {
        for &symbol in &found.dynamic {
            self.update(symbol, |known| known.dynamic = true);
        }
        for &symbol in &found.starting {
            self.update(symbol, |known| (known.dynamic, known.starting) = (true, true));
        }
    }
}

/// The names of the parameters that the program reads by `params['name']`, or asks for.
fn read_through_params(tree: &Tree) -> HashSet<&str> {
    let mut read: HashSet<&str> = HashSet::default();
    for expr in &tree.exprs {
        if let ExprKind::Postfix { base, steps } = expr.kind
            && let ExprKind::Name(base) = tree.expr(base).kind
            && tree.name(base) == "params"
            && let Some(step) = tree.steps(steps).first()
        {
            read.extend(parameter_read(tree, step));
        }
        if let ExprKind::Chain { first, links } = expr.kind {
            let operands = std::iter::once(first).chain(tree.links(links).iter().map(|link| link.operand));
            let asked = tree
                .links(links)
                .iter()
                .zip(operands)
                .filter(|(link, _)| is_in_params(tree, link));
            read.extend(asked.filter_map(|(_, name)| constant_text(tree, name)));
        }
    }
    read
}

/// The constant name of the parameter that a step after `params` reads or asks for.
fn parameter_read<'t>(tree: &'t Tree, step: &Step) -> Option<&'t str> {
    let name = match step.kind {
        StepKind::Field { name, .. } => return Some(tree.name(name)),
        StepKind::Index(name) => name,
        StepKind::Call { name, arguments, .. } if matches!(tree.name(name), "get" | "containsKey" | "getOrDefault") => {
            *tree.expr_list(arguments).first()?
        }
        StepKind::Call { .. } => return None,
    };
    constant_text(tree, name)
}

fn constant_text(tree: &Tree, id: ExprId) -> Option<&str> {
    match tree.expr(id).kind {
        ExprKind::Literal(Literal::Text(text)) => Some(tree.text(text)),
        _ => None,
    }
}

/// Whether an operator and its right operand are `in params`.
fn is_in_params(tree: &Tree, link: &Link) -> bool {
    let is_params = |id| matches!(tree.expr(id).kind, ExprKind::Name(name) if tree.name(name) == "params");
    link.operator == Binary::In && is_params(link.operand)
}
