//! What may be null where null fails: what is refused, and what to write.

use super::checker::{Checker, Typed};
use super::known_shapes::{Place, Read, Shaped};
use super::typed::Kind;
use super::written::repeated;
use crate::diagnostic::{Code, Diagnostic, quote, quote_code};
use crate::dialect::Dialect;
use crate::operator::{Comparison, Operation};
use crate::syntax::ast::{Step, StepKind};
use crate::types::Type;

impl Checker<'_> {
    /// A value that is known not to be null where it stands.
    pub(super) fn narrowed_value(&self, value: Typed, read: Option<Read>) -> Typed {
        let (Some(following), Some(shaped), Some(read)) = (self.following.as_deref(), value.shape, read) else {
            return value;
        };
        let (shape, is_nullable) = following.table.without_null(shaped.shape);
        match is_nullable && following.narrowed.is_known(read) {
            true => self.with_shape(value, Some(Shaped { shape, ..shaped })),
            false => value,
        }
    }

    /// Refuses a value that may be null where null fails, with what to write.
    pub(super) fn refuse_null(&mut self, value: Typed, what: &str) -> Option<Typed> {
        if !self.may_be_null(value) {
            return None;
        }
        let shown = self.shown_shape(value);
        let message = match value.shape {
            Some(shaped) => format!("{} may be null", quote(&self.path_text(shaped.path))),
            None => "this may be null".to_owned(),
        };
        let instead = match self.known_type(value) {
            Type::Long => "0",
            Type::Double => "0.0",
            Type::Boolean => "false",
            Type::String => "''",
            ty if ty.element().is_some() && self.options.dialect == Dialect::Selvedge => "[]",
            _ => "…",
        };
        let code = self.operand(value);
        let code = code.filter(|code| code.len() < 60 && !code.contains('\n'));
        let code = code.unwrap_or_else(|| "x".to_owned());
        let help = match instead {
            // In SEL `x == null` fails for what is not a number, text or boolean.
            "…" => format!("test it first, {}", quote_code(&format!("null == {code} ? … : {code}"))),
            instead => {
                let code = self.where_absent(&code, value);
                let defaulted = self.options.advice().defaulted(&code, instead);
                format!("say what to use for null, such as {}", quote_code(&defaulted))
            }
        };
        let error = Diagnostic::error(Code::MayBeNull, value.span, message);
        let label = format!("{shown}, {what}");
        Some(self.refuse(error.with_label(label).with_help(help)))
    }

    /// Code that reads what is under a key as null where there is no such key, which a shape says of what may be null as well.
    fn where_absent(&self, code: &str, value: Typed) -> String {
        let place = value.shape.and_then(|shaped| self.place_of(shaped.path));
        let Some(Place::Key(_, key)) = place.filter(|_| self.options.dialect == Dialect::Selvedge) else {
            return code.to_owned();
        };
        let of_dot = code.strip_suffix(&**key).and_then(|of| of.strip_suffix('.'));
        if let Some(of) = of_dot.filter(|of| !of.ends_with('?')) {
            return format!("{of}?.{key}");
        }
        let indexed = [format!("['{key}']"), format!("[\"{key}\"]")];
        let of_index = indexed
            .iter()
            .find_map(|index| Some((code.strip_suffix(&**index)?, index)));
        match of_index.filter(|(of, _)| !of.ends_with('.')) {
            Some((of, index)) => format!("{of}?.{index}"),
            None => code.to_owned(),
        }
    }

    /// Refuses a step into what may be null, with the step that skips it.
    pub(super) fn refuse_step_of_null(&mut self, value: Typed, step: &Step) -> Option<Typed> {
        let reported = self.diagnostics.len();
        let is_sel = self.options.dialect == Dialect::Sel;
        let code = self.may_be_null(value).then(|| self.operand(value)).flatten();
        let code = code.filter(|_| !is_sel);
        let refused = self.refuse_null(value, "which has nothing inside")?;
        let next = match step.kind {
            StepKind::Field { name, .. } => Some(self.tree.name(name).to_owned()),
            StepKind::Index(index) => self.code_of(index).map(|index| format!("[{index}]")),
            StepKind::Call { .. } => {
                let call = repeated(step.span.of(self.source));
                call.map(|call| call.trim_start_matches('.').to_owned())
            }
        };
        if let (Some(code), Some(next)) = (code, next)
            && let Some(error) = self.diagnostics.get_mut(reported)
            && code.len() + next.len() < 60
        {
            let code = quote_code(&format!("{code}?.{next}"));
            error.help = Some(format!("for null where it is null, write {code}"));
        }
        Some(refused)
    }

    /// Refuses a function of elements that may be null, where it fails for null.
    pub(super) fn refuse_null_elements(&mut self, value: Typed, step: &Step) -> Option<Typed> {
        let StepKind::Call { name, arguments, .. } = step.kind else {
            return None;
        };
        let (name, has_none) = (self.tree.name(name), self.tree.expr_list(arguments).is_empty());
        if !has_none || !matches!(name, "sum" | "average" | "min" | "max" | "sorted" | "sortedDescending") {
            return None;
        }
        let element = self.walked_shape(value)?;
        let following = self.following.as_deref()?;
        if !following.table.without_null(element.shape).1 {
            return None;
        }
        let message = format!("{} may be null", quote(&self.path_text(element.path)));
        let label = format!("{}, of which {} takes no null", self.shown_shape(value), quote(name));
        let code = self.operand(value).unwrap_or_else(|| "xs".to_owned());
        let code = quote_code(&format!("{code}.filter(x -> x != null).{name}()"));
        let error = Diagnostic::error(Code::MayBeNull, value.span, message).with_label(label);
        Some(self.refuse(error.with_help(format!("leave them out, {code}"))))
    }

    /// An operand, refused where it may be null and the operator fails for null.
    pub(super) fn operand_not_null(&mut self, operation: Operation, value: Typed) -> Typed {
        match operation {
            Operation::Comparison(Comparison::Equal | Comparison::NotEqual) => value,
            _ => {
                let what = format!("which {} does not take", quote(operation.text()));
                self.refuse_null(value, &what).unwrap_or(value)
            }
        }
    }

    /// A value where it is not null.
    pub(super) fn not_null(&self, value: Typed) -> Typed {
        let (Some(following), Some(shaped)) = (self.following.as_deref(), value.shape) else {
            return value;
        };
        let (shape, _) = following.table.without_null(shaped.shape);
        self.with_shape(value, Some(Shaped { shape, ..shaped }))
    }

    /// Whether it is `x == null` or `x != null` of a value that may be anything: beyond SEL these fail for none.
    pub(super) fn tests_null(&self, operation: Operation, left: Typed, right: Typed) -> bool {
        self.options.dialect == Dialect::Selvedge
            && left.ty == Type::Any
            && self.out.expr(right.id).kind == Kind::Null
            && matches!(
                operation,
                Operation::Comparison(Comparison::Equal | Comparison::NotEqual)
            )
    }
}
