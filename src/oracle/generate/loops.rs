//! Loops of every form over every kind of sequence, with the bodies that everyday programs have.

use super::Generator;
use crate::types::Type;

/// The parameters that loops run over, with the type that they have in the first world.
const SEQUENCES: [(&str, Type); 9] = [
    ("LA", Type::LongArray),
    ("R", Type::List),
    ("SA", Type::StringArray),
    ("DA", Type::DoubleArray),
    ("BA", Type::BooleanArray),
    ("X", Type::List),
    ("LL", Type::LongArray),
    ("Q", Type::List),
    ("J.get('LIST')", Type::Any),
];

/// What a loop counts with.
struct Counter {
    name: String,
    /// The sequence it runs over, where it runs over one.
    sequence: Option<(String, Type)>,
}

impl Generator<'_> {
    pub(super) fn any_loop(&mut self) {
        match self.pick(11) {
            9.. => self.each_loop(),
            0..=3 => self.counted_loop(),
            4 => self.counting_while(),
            5 => self.downward_loop(),
            6 => self.while_loop(),
            7 => self.sieve(),
            _ => self.empty_loop(),
        }
    }

    /// A sequence to run over: a parameter, or a variable that holds one.
    fn sequence(&mut self) -> (String, Type) {
        let arrays = [
            Type::LongArray,
            Type::StringArray,
            Type::BooleanArray,
            Type::DoubleArray,
            Type::List,
        ];
        let wanted = self.pick(2 * arrays.len());
        if let Some(ty) = arrays.get(wanted).copied()
            && let Some(name) = self.variable_of(ty)
        {
            return (name, ty);
        }
        let index = self.pick(SEQUENCES.len());
        let (name, ty) = SEQUENCES.get(index).copied().unwrap_or(("LA", Type::LongArray));
        (name.to_owned(), ty)
    }

    /// The end that a counter is compared with, and the sequence whose length it is.
    fn end(&mut self) -> (String, Option<(String, Type)>) {
        match self.pick(8) {
            0..=3 => {
                let (name, ty) = self.sequence();
                (format!("{name}.length"), Some((name, ty)))
            }
            4 => (self.variable_of(Type::Long).unwrap_or_else(|| "L".to_owned()), None),
            5 => ("S.length()".to_owned(), None),
            _ => (self.pick(7).to_string(), None),
        }
    }

    /// `for (int i = 0; i < end; i += 1)` and its near forms.
    fn counted_loop(&mut self) {
        let name = self.fresh_name();
        let (end, sequence) = self.end();
        self.push("for (");
        self.one_of(&["int ", "", "long "]);
        self.push(&name);
        self.one_of(&[" = 0; ", " = 0; ", " = 1; ", " = L; "]);
        self.push(&name);
        self.one_of(&[" < ", " < ", " <= ", " != "]);
        self.push(&end);
        self.push("; ");
        self.update(&name, '+');
        self.push(") ");
        self.variables.push((name.clone(), Type::Long));
        self.body(&Counter { name, sequence });
    }

    /// `for (x : xs)`, with the element's type now and then.
    fn each_loop(&mut self) {
        let (name, (sequence, ty)) = (self.fresh_name(), self.sequence());
        let element = ty.element().unwrap_or(Type::Any);
        let declared = element.source_name().filter(|_| self.pick(3) == 0);
        let declared = declared.map(|declared| format!("{declared} ")).unwrap_or_default();
        self.push(&format!("for ({declared}{name} : {sequence}) {{ "));
        self.loops += 1;
        self.variables.push((name.clone(), element));
        if self.pick(4) != 3 {
            self.element_statement(&name, ty);
        }
        for _ in 0..self.pick(3) {
            self.statement();
        }
        self.push("} ");
        self.loops -= 1;
    }

    /// `i += 1`, `i = i + 1`, `i++`, and steps of other sizes.
    fn update(&mut self, name: &str, sign: char) {
        let by = ["1", "1", "2", "3", "L"][self.pick(5).min(4)];
        match self.pick(4) {
            3 => self.push(&format!("{name}{sign}{sign}")),
            2 => self.push(&format!("{name} = {name} {sign} {by}")),
            _ => self.push(&format!("{name} {sign}= {by}")),
        }
    }

    /// `while (i < end) { … i += 1; }`, with a second condition now and then.
    fn counting_while(&mut self) {
        let name = self.fresh_name();
        let (end, sequence) = self.end();
        self.push(&format!("{name} = 0; while ({name} < {end}"));
        match (self.pick(3), &sequence) {
            (1, Some((of, Type::BooleanArray))) => {
                let condition = format!(" && !{of}[{name}]");
                self.push(&condition);
            }
            (1, _) => {
                self.push(" && ");
                self.expr(Type::Boolean);
            }
            _ => {}
        }
        self.push(") { ");
        self.variables.push((name.clone(), Type::Long));
        self.body(&Counter {
            name: name.clone(),
            sequence,
        });
        self.update(&name, '+');
        self.push("; } ");
    }

    /// `for (int i = end - 1; i >= 0; i -= 1)` and its near forms.
    fn downward_loop(&mut self) {
        let name = self.fresh_name();
        let (end, sequence) = self.end();
        self.push(&format!("for (int {name} = {end} - 1; {name} "));
        self.one_of(&[">= 0; ", "> 0; ", "> -1; ", "!= -1; "]);
        self.update(&name, '-');
        self.push(") ");
        self.variables.push((name.clone(), Type::Long));
        self.body(&Counter { name, sequence });
    }

    fn while_loop(&mut self) {
        self.push("while (");
        self.expr(Type::Boolean);
        self.push(") { ");
        self.loops += 1;
        self.statement();
        self.loops -= 1;
        self.one_of(&["break; } ", "if (B) break; } ", "} ", "continue; } "]);
    }

    /// A loop whose body is empty, or that never runs.
    fn empty_loop(&mut self) {
        self.one_of(&[
            "while (false) {} ",
            "for (; B && false; ) {} ",
            "for (i = 0; i < 3; i += 1) {} ",
            "for (int j = 0; j < LA.length; j += 1); ",
            "while (L < 0) { L += 1; } ",
            "for (;;) { break; } ",
        ]);
    }

    /// A nested loop that marks the elements of a BOOLEAN_ARRAY, then one that skips them.
    fn sieve(&mut self) {
        let size = 2 + self.pick(20);
        let by = 1 + self.pick(4);
        let mark = ["true", "false", "B"][self.pick(3).min(2)];
        self.push(&format!(
            "boolean[] c = new boolean[{size}]; for (i = 0; i < {size}; i += {by}) {{ c[i] = {mark}; }} x = 0; "
        ));
        match self.pick(4) {
            0 => self.push(&format!("for (i = 0; i < {size}; i += 1) {{ if (c[i]) {{ x += i; }} }} ")),
            1 => self.push(&format!("for (i = 0; i < {size}; i += 1) {{ if (!c[i]) {{ x += i; }} }} ")),
            2 => self.push(&format!(
                "for (i = 0; i < {size}; i += 1) {{ if (c[i]) continue; for (j = i; j < {size}; j += i + 1) {{ c[j] = true; }} x += 1; }} "
            )),
            _ => self.push(&format!("i = 0; while (i < {size} && c[i]) {{ i += 1; }} x = i; ")),
        }
        self.variables
            .extend([("c".to_owned(), Type::BooleanArray), ("x".to_owned(), Type::Long)]);
    }

    /// What a loop does: something with the element, or any statements.
    fn body(&mut self, counter: &Counter) {
        self.loops += 1;
        self.push("{ ");
        match &counter.sequence {
            Some((sequence, ty)) if self.pick(4) != 3 => {
                let (sequence, ty) = (sequence.clone(), *ty);
                self.element_statement(&format!("{sequence}[{}]", counter.name), ty);
            }
            _ => self.counter_statement(&counter.name),
        }
        for _ in 0..self.pick(2) {
            self.statement();
        }
        self.push("} ");
        self.loops -= 1;
    }

    /// `m += 1`, `s = s + i` and what else a body may do with nothing but numbers.
    fn counter_statement(&mut self, counter: &str) {
        let name = self.variable_of(Type::Long).unwrap_or_else(|| "L".to_owned());
        match self.pick(6) {
            0 => self.push(&format!("{name} += 1; ")),
            1 => self.push(&format!("{name} += {counter}; {name}++; ")),
            2 => self.push(&format!("{name} = {name} + {counter} * 2; ")),
            3 => self.push(&format!("if ({counter} % 2 == 0) {{ {name} -= 3; }} ")),
            4 => self.statement(),
            _ => {}
        }
    }

    /// Something with an element, into a variable that is declared for it before or shows its type late.
    fn element_statement(&mut self, element: &str, of: Type) {
        let element_type = of.element().unwrap_or(Type::Any);
        let into = self.variable_of(match element_type {
            Type::Any => Type::Long,
            known => known,
        });
        let into = into.unwrap_or_else(|| "s".to_owned());
        match (self.pick(8), element_type) {
            (0 | 1, _) => self.push(&format!("{into} += {element}; ")),
            (2, Type::Long | Type::Double) => self.push(&format!("{into} += {element} * 2; ")),
            (2, Type::Boolean) => self.push(&format!("if ({element}) {{ L += 1; }} ")),
            (2, Type::String) => self.push(&format!("if ({element} == 'x') {{ L += 1; }} ")),
            (2, _) => self.push(&format!("{into} += {element}.get('n'); ")),
            (3, Type::Any) => self.push(&format!("s = {element}.get('s'); ")),
            (4, _) => self.push(&format!("s = 'e' + {element}; ")),
            (5, _) => {
                self.push(&format!("{element} = "));
                self.expr(element_type);
                self.push("; ");
            }
            (6, _) => self.push(&format!("if ({element} == null) {{ continue; }} ")),
            _ => {
                self.push(&format!("x = {element}; "));
                self.variables.push(("x".to_owned(), element_type));
            }
        }
    }

    pub(super) fn leave_loop(&mut self) {
        if self.loops > 0 || self.pick(10) == 9 {
            self.one_of(&["break; ", "continue; ", "if (B) break; ", "if (L > 3) continue; "]);
        }
    }
}
