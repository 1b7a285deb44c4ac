//! What goes beyond SEL, where that is the dialect.

use super::options::{Helps, Options};
use super::passes;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Dialect;
use crate::syntax::ast;

/// Marks the errors of a program in SEL that it does not have in Selvedge.
pub(super) fn mark(source: &str, tree: &ast::Tree, options: &Options<'_>, errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let whole = Options {
        dialect: Dialect::Selvedge,
        helps: Helps::Without,
        ..*options
    };
    let left = passes::check(source, tree, &whole).err().unwrap_or_default();
    let stays = |error: &Diagnostic| {
        let mut left = left.iter().filter(|left| left.is_error());
        left.any(|left| left.span.holds(error.span) || error.span.holds(left.span))
    };
    let error = |error: Diagnostic| match error.is_error() && !stays(&error) {
        true => marked(error),
        false => error,
    };
    errors.into_iter().map(error).collect()
}

/// What of a program that Selvedge accepts SEL refuses.
pub(crate) fn beyond_sel(source: &str, tree: &ast::Tree, options: &Options<'_>) -> Vec<Diagnostic> {
    let sel = Options {
        dialect: Dialect::Sel,
        ..*options
    };
    let errors = passes::check(source, tree, &sel).err().unwrap_or_default();
    errors.into_iter().filter(Diagnostic::is_error).map(marked).collect()
}

/// An error that a program has in SEL alone.
fn marked(mut error: Diagnostic) -> Diagnostic {
    if error.code != Code::BeyondSel {
        error.code = Code::BeyondSel;
        error.message.push_str(", in SEL");
    }
    error
}

#[cfg(test)]
mod tests {
    use crate::advice::{Advice, Section};
    use crate::dialect::Dialect;
    use crate::library;
    use crate::library::declaration::{Function, Receiver};
    use crate::types::Type;

    /// Whether SEL has a function or constant of the same receiver and name.
    fn is_in_sel(function: &Function) -> bool {
        library::functions_of(Dialect::Sel)
            .any(|other| other.name == function.name && other.receiver == function.receiver)
    }

    #[test]
    fn sel_says_how_to_do_without_each_function_that_it_has_not() {
        let advice = Advice::in_dialect(Dialect::Sel);
        let reported = |section, ty: Type, function: &Function| {
            let counted = format!("{}/{}", function.name, function.parameters.len());
            advice
                .of_value(section, ty, &counted)
                .or_else(|| advice.of_value(section, ty, function.name))
                .is_some()
        };
        let is_reported = |function: &&Function| match function.receiver {
            Receiver::Static(class) => {
                let counted = format!("{}/{}", function.name, function.parameters.len());
                library::is_class_beyond_sel(class)
                    || [&*counted, function.name]
                        .iter()
                        .any(|name| advice.of_member(Section::Calls, class, name).is_some())
            }
            Receiver::Constant(class) => {
                library::is_class_beyond_sel(class) || advice.of_member(Section::Fields, class, function.name).is_some()
            }
            // Only classes that SEL has not give them.
            Receiver::Instance(Type::Hours | Type::Minutes | Type::Duration) => true,
            Receiver::Instance(ty) => reported(Section::Calls, ty, function),
            Receiver::OneOf(types) => types.iter().all(|&ty| reported(Section::Calls, ty, function)),
            Receiver::Inside | Receiver::Constructor(_) | Receiver::Through { .. } => true,
        };
        let beyond =
            library::functions_of(Dialect::Selvedge).filter(|function| function.beyond_sel && !is_in_sel(function));
        let missing: Vec<String> = beyond
            .filter(|function| !is_reported(function))
            .map(|function| {
                format!(
                    "{:?} {}/{}",
                    function.receiver,
                    function.name,
                    function.parameters.len()
                )
            })
            .collect();
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }
}
