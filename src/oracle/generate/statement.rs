//! Statements: declarations, assignments, branches and ends.

use super::{Generator, MAX_DEPTH};
use crate::types::Type;

impl Generator<'_> {
    /// The last statement: what the program gives.
    pub(super) fn finish(&mut self) {
        match self.pick(16) {
            15 => {
                self.push("throw ");
                self.expr(Type::String);
            }
            14 => self.push("return"),
            13 => {
                let ty = self.any_type();
                self.expr(ty);
            }
            _ => {
                self.push("return ");
                match self.variables.last().cloned() {
                    Some((name, _)) if self.pick(2) == 0 => self.push(&name),
                    _ => {
                        let ty = self.any_type();
                        self.expr(ty);
                    }
                }
            }
        }
        self.push(";");
    }

    pub(super) fn block(&mut self) {
        self.push("{ ");
        let statements = self.pick(3);
        for _ in 0..statements {
            self.statement();
        }
        self.push("} ");
    }

    pub(super) fn statement(&mut self) {
        if self.depth > MAX_DEPTH {
            return self.assignment_statement();
        }
        self.depth += 1;
        match self.pick(24) {
            0..=4 => self.declaration(),
            5..=8 => self.assignment_statement(),
            9..=10 => self.branch(),
            11..=15 => self.any_loop(),
            16 => self.leave_loop(),
            17..=18 => {
                let ty = self.any_type();
                self.expr(ty);
                self.push("; ");
            }
            19 => {
                self.call_any();
                self.push("; ");
            }
            20 => {
                self.push("if (");
                self.expr(Type::Boolean);
                self.push(") ");
                self.finish();
                self.push(" ");
            }
            21 => self.block(),
            22 => self.late_variable(),
            _ => self.push("; "),
        }
        self.depth -= 1;
    }

    /// The name of a type as a declaration may write it; none for a type that has no name in the source.
    fn declared(&mut self, ty: Type) -> Option<&'static str> {
        let names: &[&str] = match ty {
            Type::Long => &["int", "long", "Long", "Integer"],
            Type::Double => &["double", "float", "Double", "Float"],
            Type::Boolean => &["boolean", "Boolean"],
            Type::String => &["String"],
            Type::LongArray => &["int[]", "long[]", "Long[]"],
            Type::DoubleArray => &["double[]"],
            Type::StringArray => &["String[]"],
            Type::BooleanArray => &["boolean[]"],
            Type::Map => &["Map", "HashMap", "LinkedHashMap"],
            Type::DateTime => &["DateTime"],
            Type::DateTimeZone => &["DateTimeZone"],
            Type::DateTimeFormatter => &["DateTimeFormatter"],
            Type::DateTimeProperty => &["Property"],
            Type::Days => &["Days"],
            Type::Uuid => &["UUID"],
            Type::Any | Type::List | Type::Null | Type::Void | Type::Hours | Type::Minutes | Type::Duration => {
                return None;
            }
        };
        let index = self.pick(names.len());
        names.get(index).copied()
    }

    fn declaration(&mut self) {
        let ty = self.any_type();
        let Some(declared) = self.declared(ty) else {
            return self.assignment_statement();
        };
        let name = self.fresh_name();
        self.push(declared);
        self.push(" ");
        self.push(&name);
        if self.pick(5) != 4 {
            self.push(" = ");
            self.expr(ty);
        }
        self.push("; ");
        self.variables.push((name, ty));
    }

    /// A variable whose type only the run knows: it is set in a branch, perhaps to one of two types.
    fn late_variable(&mut self) {
        let (name, first, second) = (self.fresh_name(), self.any_type(), self.any_type());
        self.push("if (");
        self.expr(Type::Boolean);
        self.push(&format!(") {{ {name} = "));
        self.expr(first);
        self.push("; } ");
        if self.pick(2) == 1 {
            self.push(&format!("else {{ {name} = "));
            self.expr(second);
            self.push("; } ");
        }
        self.variables.push((name, Type::Any));
    }

    pub(super) fn assignment_statement(&mut self) {
        self.assignment();
        self.push("; ");
    }

    pub(super) fn assignment(&mut self) {
        if let Some((name, ty)) = self.assigned() {
            self.push(&name);
            let mut of = ty;
            if let Some(element) = ty.element()
                && self.pick(3) != 2
            {
                self.push("[");
                self.expr(Type::Long);
                self.push("]");
                of = element;
            }
            let arithmetic = of.is_number() || matches!(of, Type::String | Type::Any) || self.pick(16) == 0;
            match arithmetic {
                true => self.one_of(&[" = ", " += ", " = ", " -= ", " += ", " *= ", " /= ", " %= "]),
                false => self.push(" = "),
            }
            return self.expr(of);
        }
        let ty = self.any_type();
        let name = self.fresh_name();
        self.push(&name);
        self.push(" = ");
        self.expr(ty);
        self.variables.push((name, ty));
    }

    /// A variable or parameter to assign to, most of the time.
    fn assigned(&mut self) -> Option<(String, Type)> {
        let known = self.variables.len();
        if known > 0 && self.pick(4) != 3 {
            let index = self.pick(known);
            return self.variables.get(index).cloned();
        }
        let parameters = [
            ("LA", Type::LongArray),
            ("BA", Type::BooleanArray),
            ("L", Type::Long),
            ("SA", Type::StringArray),
        ];
        let index = self.pick(3 * parameters.len());
        parameters.get(index).map(|(name, ty)| ((*name).to_owned(), *ty))
    }

    fn branch(&mut self) {
        self.push("if (");
        self.expr(Type::Boolean);
        self.push(") ");
        self.block();
        match self.pick(4) {
            2 => {
                self.push("else ");
                self.block();
            }
            3 => {
                self.push("else if (");
                self.expr(Type::Boolean);
                self.push(") ");
                self.block();
                self.push("else ");
                self.block();
            }
            _ => {}
        }
    }
}
