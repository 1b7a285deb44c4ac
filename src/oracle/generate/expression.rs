//! Expressions of a wanted type, most of the time.

use super::{Generator, MAX_DEPTH};
use crate::operator::{Arithmetic, Comparison, Logical};
use crate::types::Type;

impl Generator<'_> {
    /// An expression, seldom of another type than is wanted.
    pub(super) fn expr(&mut self, want: Type) {
        let want = match self.pick(40) {
            39 => self.any_type(),
            _ => want,
        };
        self.depth += 1;
        if self.depth > MAX_DEPTH || self.pick(3) == 0 {
            self.leaf(want);
        } else {
            self.compound(want);
        }
        self.depth -= 1;
    }

    /// A variable, a parameter or a literal.
    pub(super) fn leaf(&mut self, want: Type) {
        if self.pick(2) == 0
            && let Some(name) = self.variable_of(want)
        {
            return self.push(&name);
        }
        match want {
            Type::Long => self.one_of(&[
                "0",
                "1",
                "L",
                "7",
                "2",
                "-3",
                "010",
                "0x1F",
                "9223372036854775807",
                "100",
                "J.get('LONG')",
                "LL[3]",
            ]),
            Type::Double => self.one_of(&[
                "1.5",
                "D",
                "0.0",
                "1e10",
                "-0.5",
                "1.0e308",
                "5e-324",
                "J.get('DOUBLE')",
                "DA[0]",
                "0.1f",
            ]),
            Type::Boolean => self.one_of(&["true", "B", "false", "J.get('BOOLEAN')", "BA[0]"]),
            Type::String => self.one_of(&[
                "'a'",
                "S",
                "''",
                "\"b,c\"",
                "'x1y22'",
                "E",
                "'\\u00e9'",
                "'12'",
                "J.get('STRING')",
                "SA[1]",
                "Z",
                "'Σςσ😀'",
            ]),
            Type::LongArray => self.one_of(&[
                "LA",
                "new int[3]",
                "new int[]{1, 2}",
                "new long[0]",
                "LL",
                "J.get('LONG_ARRAY')",
            ]),
            Type::DoubleArray => self.one_of(&["DA", "new double[2]", "new double[]{0.5}", "J.get('DOUBLE_ARRAY')"]),
            Type::BooleanArray => {
                self.one_of(&["BA", "new boolean[2]", "new boolean[]{true}", "J.get('BOOLEAN_ARRAY')"]);
            }
            Type::StringArray => {
                self.one_of(&["SA", "new String[2]", "new String[]{'p', 'q'}", "J.get('STRING_ARRAY')"]);
            }
            Type::List => self.one_of(&["X", "R", "Q", "J.get('LIST')", "Q[0]"]),
            Type::Map => self.one_of(&["M", "new Map()", "new HashMap()", "J", "R[0]", "M.get('n')"]),
            Type::DateTime => self.one_of(&["new DateTime(0)", "new DateTime('2020-02-29')", "new DateTime(Z)"]),
            Type::DateTimeZone => self.one_of(&["DateTimeZone.UTC", "DateTimeZone.forID('Europe/London')"]),
            Type::DateTimeFormatter => self.one_of(&[
                "DateTimeFormat.forPattern('yyyyMMdd')",
                "DateTimeFormat.forPattern('HH')",
            ]),
            Type::DateTimeProperty => self.one_of(&["new DateTime(0).monthOfYear()", "new DateTime(0).dayOfWeek()"]),
            Type::Days => self.push("Days.daysBetween(new DateTime(0), new DateTime(Z))"),
            Type::Hours => self.push("Hours.hoursBetween(new DateTime(0), new DateTime(Z))"),
            Type::Minutes => self.push("Minutes.minutesBetween(new DateTime(Z), new DateTime(0))"),
            Type::Duration => self.one_of(&["Duration.parse('PT5M')", "Duration.parse('-P1DT2H3.25S')"]),
            Type::Uuid => self.push("UUID.randomUUID()"),
            Type::Any | Type::Null | Type::Void => self.one_of(&[
                "M.get('k')",
                "params['L']",
                "X[1]",
                "N",
                "M.get('n')",
                "null",
                "params['zz']",
                "R[0].get('n')",
                "params.get(S)",
                "Q[2]",
                "(B ? 1 : 'one')",
                "(B ? new DateTime(0) : null)",
                "J.get(SA[0])",
            ]),
        }
    }

    fn compound(&mut self, want: Type) {
        match self.pick(14) {
            9 => self.call_giving(want),
            13 => self.switch(want),
            12 => self.default(want),
            10 => self.conditional(want),
            11 => {
                self.push("(");
                self.assignment();
                self.push(")");
            }
            _ => self.made(want),
        }
    }

    /// A value made by operators, elements and literals.
    fn made(&mut self, want: Type) {
        match want {
            Type::Long => self.long(),
            Type::Double => self.double(),
            Type::Boolean => self.boolean(),
            Type::String => self.text(),
            Type::LongArray => self.array("new int", Type::Long),
            Type::DoubleArray => self.array("new double", Type::Double),
            Type::BooleanArray => self.array("new boolean", Type::Boolean),
            Type::StringArray => self.array("new String", Type::String),
            Type::Any => self.late(),
            Type::List => self.list(),
            Type::Null | Type::Void => self.leaf(want),
            Type::DateTime
            | Type::DateTimeZone
            | Type::DateTimeFormatter
            | Type::DateTimeProperty
            | Type::Days
            | Type::Hours
            | Type::Minutes
            | Type::Duration
            | Type::Uuid => self.call_giving(want),
            Type::Map => match self.pick(3) {
                0 => self.map(),
                _ => self.call_giving(want),
            },
        }
    }

    /// A value whose type only the run knows.
    fn late(&mut self) {
        match self.pick(7) {
            6 => self.entry(),
            0 => {
                let (left, right) = (self.any_type(), self.any_type());
                self.binary(left, Arithmetic::TEXTS, right);
            }
            1 => self.element(Type::List),
            2 => {
                let (then, otherwise) = (self.any_type(), self.any_type());
                self.push("(");
                self.expr(Type::Boolean);
                self.push(" ? ");
                self.expr(then);
                self.push(" : ");
                self.expr(otherwise);
                self.push(")");
            }
            3 => {
                self.push("(");
                self.one_of(&["-", "+"]);
                self.expr(Type::Any);
                self.push(")");
            }
            4 => self.call_any(),
            _ => {
                let ty = self.any_type();
                self.expr(ty);
            }
        }
    }

    fn binary(&mut self, left: Type, operators: &[&str], right: Type) {
        let parenthesised = self.pick(2) == 1;
        if parenthesised {
            self.push("(");
        }
        self.expr(left);
        self.push(" ");
        self.one_of(operators);
        self.push(" ");
        self.expr(right);
        if parenthesised {
            self.push(")");
        }
    }

    fn conditional(&mut self, want: Type) {
        self.push("(");
        self.expr(Type::Boolean);
        self.push(" ? ");
        self.expr(want);
        self.push(" : ");
        self.expr(want);
        self.push(")");
    }

    fn element(&mut self, array: Type) {
        self.push("(");
        self.expr(array);
        self.push(")[");
        self.expr(Type::Long);
        self.push("]");
    }

    fn array(&mut self, start: &str, element: Type) {
        self.push(start);
        if self.pick(3) == 0 {
            self.push("[");
            self.expr(Type::Long);
            return self.push("]");
        }
        self.push("[]{");
        for index in 0..self.pick(4) {
            if index > 0 {
                self.push(", ");
            }
            self.expr(element);
        }
        self.push("}");
    }

    fn long(&mut self) {
        match self.pick(8) {
            0..=3 => self.binary(Type::Long, Arithmetic::TEXTS, Type::Long),
            4 => {
                self.push("-(");
                self.expr(Type::Long);
                self.push(")");
            }
            5 => self.element(Type::LongArray),
            6 => {
                let arrays = [
                    Type::LongArray,
                    Type::List,
                    Type::StringArray,
                    Type::DoubleArray,
                    Type::BooleanArray,
                    Type::Any,
                ];
                let index = self.pick(arrays.len());
                self.push("(");
                self.expr(arrays.get(index).copied().unwrap_or(Type::LongArray));
                self.push(").length");
            }
            _ => self.call_giving(Type::Long),
        }
    }

    fn double(&mut self) {
        match self.pick(5) {
            0..=1 => self.binary(Type::Double, Arithmetic::TEXTS, Type::Double),
            2 => self.binary(Type::Long, &["*", "/", "+"], Type::Double),
            3 => self.call_giving(Type::Double),
            _ => self.element(Type::DoubleArray),
        }
    }

    fn boolean(&mut self) {
        match self.pick(12) {
            11 => self.is_in(),
            0..=1 => self.binary(Type::Long, Comparison::TEXTS, Type::Long),
            2 => self.binary(Type::Double, Comparison::TEXTS, Type::Double),
            3 => match self.pick(2) {
                0 => self.binary(Type::Boolean, Logical::TEXTS, Type::Boolean),
                _ => self.binary(Type::Boolean, &["==", "!="], Type::Boolean),
            },
            4 => self.binary(Type::String, &["==", "!="], Type::String),
            5 => {
                self.push("!(");
                self.expr(Type::Boolean);
                self.push(")");
            }
            6 => self.call_giving(Type::Boolean),
            7 => self.element(Type::BooleanArray),
            8 => self.binary(Type::Double, &["==", "!="], Type::String),
            9 => {
                let ty = self.any_type();
                self.expr(ty);
                self.one_of(&[" == null", " != null"]);
            }
            _ => {
                let (left, right) = (self.any_type(), self.any_type());
                self.binary(left, Comparison::TEXTS, right);
            }
        }
    }

    fn text(&mut self) {
        match self.pick(7) {
            6 => self.spliced(),
            0 => self.binary(Type::String, &["+"], Type::String),
            1 => {
                let right = self.any_type();
                self.binary(Type::String, &["+"], right);
            }
            2 => self.binary(Type::Long, &["+"], Type::String),
            3 => self.element(Type::StringArray),
            4 => self.binary(Type::Double, &["+"], Type::String),
            _ => self.call_giving(Type::String),
        }
    }
}
