//! Expressions beyond SEL.

use super::Generator;
use crate::types::Type;

impl Generator<'_> {
    /// `[a, b]`
    pub(super) fn list(&mut self) {
        self.push("[");
        let one = (self.pick(2) == 0).then(|| self.any_type());
        for index in 0..self.pick(4) {
            self.push(if index > 0 { ", " } else { "" });
            let ty = one.unwrap_or_else(|| self.any_type());
            self.expr(ty);
        }
        self.push("]");
    }

    /// `{a: 1}`
    pub(super) fn map(&mut self) {
        self.push("({");
        for index in 0..self.pick(4) {
            self.push(if index > 0 { ", " } else { "" });
            match self.pick(3) {
                0 => self.one_of(&["a", "'k'", "n", "default", "''", "in"]),
                _ => {
                    self.push("[");
                    self.expr(Type::String);
                    self.push("]");
                }
            }
            self.push(": ");
            let ty = self.any_type();
            self.expr(ty);
        }
        self.push("})");
    }

    /// `x in xs`, `k in m`
    pub(super) fn is_in(&mut self) {
        let sought = self.any_type();
        self.push("(");
        match self.pick(5) {
            4 => {
                let containers = [
                    Type::Map,
                    Type::List,
                    Type::LongArray,
                    Type::DoubleArray,
                    Type::StringArray,
                    Type::BooleanArray,
                ];
                let one = self.pick(containers.len());
                self.expr(containers.get(one).copied().unwrap_or(Type::List));
                self.one_of(&[") == (", ") != ("]);
                self.expr(sought);
            }
            0 => {
                self.expr(Type::String);
                self.push(") in (");
                self.expr(Type::Map);
            }
            1 => {
                self.expr(sought);
                self.push(") in (");
                self.list();
            }
            2 => {
                self.expr(sought);
                self.push(") in (");
                self.expr(Type::Any);
            }
            _ => {
                let lists = [
                    Type::List,
                    Type::LongArray,
                    Type::DoubleArray,
                    Type::StringArray,
                    Type::BooleanArray,
                ];
                self.expr(sought);
                self.push(") in (");
                let list = self.pick(lists.len());
                self.expr(lists.get(list).copied().unwrap_or(Type::List));
            }
        }
        self.push(")");
    }

    /// `m.name`, `m['name']`, `m?.name`, and entries of them.
    pub(super) fn entry(&mut self) {
        let map = if self.pick(3) == 0 { Type::Any } else { Type::Map };
        self.push("(");
        self.expr(map);
        self.push(")");
        for _ in 0..=self.pick(2) {
            let maybe = self.pick(2) == 0;
            match self.pick(4) {
                0 => {
                    self.push(if maybe { "?." } else { "." });
                    self.one_of(&["k", "n", "STRING", "LONG", "in", "absent"]);
                }
                1 => {
                    self.push(if maybe { "?." } else { "" });
                    self.one_of(&["['k']", "['n']", "['LONG_ARRAY']", "['kk']"]);
                }
                2 => {
                    self.push(if maybe { "?." } else { "." });
                    self.one_of(&["size()", "length", "get('k')", "keys()", "length()", "take(1)"]);
                }
                _ => {
                    self.push(if maybe { "?.[" } else { "[" });
                    self.expr(Type::String);
                    self.push("]");
                }
            }
        }
    }

    /// `a ?? b`
    pub(super) fn default(&mut self, want: Type) {
        self.push("(");
        for _ in 0..=self.pick(2) {
            match self.pick(3) {
                0 => self.expr(want),
                1 => self.entry(),
                _ => self.expr(Type::Any),
            }
            self.push(" ?? ");
        }
        self.expr(want);
        self.push(")");
    }

    /// `f'{x}'`
    pub(super) fn spliced(&mut self) {
        self.push("f'");
        for _ in 0..self.pick(4) {
            match self.pick(3) {
                0 => self.one_of(&["a", "{{", "}}", "é", "\\n", "%", " "]),
                1 => {
                    self.push("{ (");
                    self.expr(Type::Long);
                    self.push(")");
                    self.one_of(&[":d", ":05d", ":x", ":,d", ":-4d"]);
                    self.push("}");
                }
                _ => {
                    let ty = self.any_type();
                    self.push("{ (");
                    self.expr(ty);
                    self.push(") }");
                }
            }
        }
        self.push("'");
    }

    /// `switch (x) { case 1 -> a; default -> b; }`
    pub(super) fn switch(&mut self, want: Type) {
        let (subject, labels): (Type, &[&str]) = match self.pick(5) {
            0 => (Type::Long, &["0", "1, 7", "-3, 100", "9223372036854775807"]),
            1 => (Type::Double, &["0", "1.5, -0.5", "2.0"]),
            2 => (Type::String, &["'a'", "'', 'x1y22'", "null"]),
            3 => (Type::Boolean, &["true", "false"]),
            _ => (Type::Any, &["1", "'one', true", "null", "1.5"]),
        };
        self.push("(switch (");
        self.expr(subject);
        self.push(") { ");
        let count = 1 + self.pick(labels.len());
        for label in labels.iter().take(count) {
            self.push("case ");
            self.push(label);
            self.push(" -> ");
            self.expr(want);
            self.push("; ");
        }
        self.push("default -> ");
        self.expr(want);
        self.push("; })");
    }
}
