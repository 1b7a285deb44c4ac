//! Makes programs of bytes: each byte is a choice, so a shorter or smaller string of bytes makes a simpler program. Most are
//! well typed, some are not, and all are of the language's grammar.

use std::fmt::Write as _;

/// The parameters that generated programs use, with their values as JSON.
pub const PARAMETERS: &str = r#"{"L": 12, "D": 0.1, "B": true, "S": "str", "N": null, "LA": [1, 2, 3], "DA": [1.5, 2.5],
    "BA": [true, false], "SA": ["x", "y"], "M": {"k": 1, "s": "v", "n": {"d": 2.5}}, "X": [1, "a", null], "E": ""}"#;

/// Deeper than this, expressions are leaves.
const MAX_DEPTH: u32 = 5;

/// What an expression should be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Long,
    Double,
    Boolean,
    Text,
    LongArray,
    DoubleArray,
    TextArray,
    Map,
    Date,
    Any,
}

const WANTS: [Want; 10] = [
    Want::Long,
    Want::Text,
    Want::Boolean,
    Want::Double,
    Want::LongArray,
    Want::TextArray,
    Want::Map,
    Want::DoubleArray,
    Want::Date,
    Want::Any,
];

/// The program that the bytes choose.
pub fn program(bytes: &[u8]) -> String {
    let mut generator = Generator {
        bytes: bytes.iter(),
        source: String::new(),
        variables: Vec::new(),
        depth: 0,
        loops: 0,
    };
    let statements = 1 + generator.pick(6);
    for _ in 0..statements {
        generator.statement();
    }
    generator.finish();
    generator.source
}

struct Generator<'b> {
    bytes: std::slice::Iter<'b, u8>,
    source: String,
    variables: Vec<(String, Want)>,
    depth: u32,
    loops: u32,
}

impl Generator<'_> {
    /// A choice of `count`; the first when the bytes are used up.
    fn pick(&mut self, count: usize) -> usize {
        self.bytes.next().map_or(0, |&byte| usize::from(byte)) % count.max(1)
    }

    fn push(&mut self, text: &str) {
        self.source.push_str(text);
    }

    fn one_of(&mut self, texts: &[&str]) {
        let index = self.pick(texts.len());
        self.push(texts.get(index).copied().unwrap_or_default());
    }

    fn want(&mut self) -> Want {
        let index = self.pick(WANTS.len());
        WANTS.get(index).copied().unwrap_or(Want::Long)
    }

    fn finish(&mut self) {
        match self.pick(12) {
            11 => {
                self.push("throw ");
                self.expr(Want::Text);
            }
            10 => self.push("return"),
            _ => {
                self.push("return ");
                let want = self.want();
                self.expr(want);
            }
        }
        self.push(";");
    }

    fn block(&mut self) {
        self.push("{ ");
        let statements = self.pick(3);
        for _ in 0..statements {
            self.statement();
        }
        self.push("} ");
    }

    fn statement(&mut self) {
        if self.depth > MAX_DEPTH {
            return self.assignment_statement();
        }
        self.depth += 1;
        match self.pick(20) {
            0..=4 => self.declaration(),
            5..=9 => self.assignment_statement(),
            10..=11 => self.branch(),
            12..=13 => self.counted_loop(),
            14 => self.while_loop(),
            15 => self.leave_loop(),
            16 => {
                let want = self.want();
                self.expr(want);
                self.push("; ");
            }
            17 => {
                self.push("if (");
                self.expr(Want::Boolean);
                self.push(") ");
                self.finish();
                self.push(" ");
            }
            18 => self.block(),
            _ => self.push("; "),
        }
        self.depth -= 1;
    }

    fn fresh_name(&mut self) -> String {
        let index = self.pick(6);
        ["a", "b", "c", "i", "s", "x"]
            .get(index)
            .map_or("a", |name| *name)
            .to_owned()
    }

    fn declaration(&mut self) {
        let want = self.want();
        let name = self.fresh_name();
        let ty = match want {
            Want::Long => ["int", "long", "Long", "Integer"],
            Want::Double => ["double", "float", "Double", "Float"],
            Want::Boolean => ["boolean", "Boolean", "boolean", "boolean"],
            Want::Text => ["String"; 4],
            Want::LongArray => ["int[]", "long[]", "Long[]", "int[]"],
            Want::DoubleArray => ["double[]"; 4],
            Want::TextArray => ["String[]"; 4],
            Want::Map | Want::Any => ["Map", "HashMap", "Map", "LinkedHashMap"],
            Want::Date => ["DateTime"; 4],
        };
        self.one_of(&ty);
        self.push(" ");
        self.push(&name);
        if self.pick(5) != 4 {
            self.push(" = ");
            self.expr(want);
        }
        self.push("; ");
        self.variables.push((name, want));
    }

    fn assignment_statement(&mut self) {
        self.assignment();
        self.push("; ");
    }

    fn assignment(&mut self) {
        let known = self.variables.len();
        if known > 0 && self.pick(4) != 3 {
            let index = self.pick(known);
            let Some((name, want)) = self.variables.get(index).cloned() else {
                return;
            };
            self.push(&name);
            let element = match want {
                Want::LongArray => Want::Long,
                Want::DoubleArray => Want::Double,
                Want::TextArray => Want::Text,
                other => other,
            };
            if element != want && self.pick(3) != 2 {
                self.push("[");
                self.expr(Want::Long);
                self.push("]");
            }
            self.one_of(&[" = ", " += ", " = ", " -= ", " *= ", " /= ", " %= "]);
            return self.expr(element);
        }
        let want = self.want();
        let name = self.fresh_name();
        self.push(&name);
        self.push(" = ");
        self.expr(want);
        self.variables.push((name, want));
    }

    fn branch(&mut self) {
        self.push("if (");
        self.expr(Want::Boolean);
        self.push(") ");
        self.block();
        if self.pick(2) == 1 {
            self.push("else ");
            self.block();
        }
    }

    fn counted_loop(&mut self) {
        let name = self.fresh_name();
        let bound = self.pick(6);
        let declared = ["int ", ""].get(self.pick(2)).copied().unwrap_or_default();
        let _ = write!(
            self.source,
            "for ({declared}{name} = 0; {name} < {bound}; {name} += 1) "
        );
        self.variables.push((name, Want::Long));
        self.loops += 1;
        self.block();
        self.loops -= 1;
    }

    fn while_loop(&mut self) {
        self.push("while (");
        self.expr(Want::Boolean);
        self.push(") { ");
        self.loops += 1;
        self.statement();
        self.loops -= 1;
        self.one_of(&["break; } ", "if (B) break; } ", "} ", "continue; } "]);
    }

    fn leave_loop(&mut self) {
        if self.loops > 0 || self.pick(10) == 9 {
            self.one_of(&["break; ", "continue; "]);
        }
    }

    /// An expression, seldom of another type than is wanted.
    fn expr(&mut self, want: Want) {
        let want = match self.pick(24) {
            23 => self.want(),
            _ => want,
        };
        self.depth += 1;
        if self.depth > MAX_DEPTH || self.pick(4) == 0 {
            self.leaf(want);
        } else {
            self.compound(want);
        }
        self.depth -= 1;
    }

    fn leaf(&mut self, want: Want) {
        let fitting: Vec<String> = self
            .variables
            .iter()
            .filter(|(_, of)| *of == want)
            .map(|(name, _)| name.clone())
            .collect();
        if !fitting.is_empty() && self.pick(2) == 0 {
            let index = self.pick(fitting.len());
            return self.push(fitting.get(index).map_or("L", String::as_str));
        }
        match want {
            Want::Long => self.one_of(&[
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
            ]),
            Want::Double => self.one_of(&["1.5", "D", "0.0", "1e10", "-0.5", "1.0e308"]),
            Want::Boolean => self.one_of(&["true", "B", "false"]),
            Want::Text => self.one_of(&["'a'", "S", "''", "\"b,c\"", "'x1y22'", "E", "'\\u00e9'", "'12'"]),
            Want::LongArray => self.one_of(&["LA", "new int[3]", "new int[]{1, 2}", "new long[0]"]),
            Want::DoubleArray => self.one_of(&["DA", "new double[2]", "new double[]{0.5}"]),
            Want::TextArray => self.one_of(&["SA", "new String[2]", "new String[]{'p', 'q'}"]),
            Want::Map => self.one_of(&["M", "new Map()", "new HashMap()"]),
            Want::Date => self.one_of(&["new DateTime(0)", "new DateTime('2020-02-29')"]),
            Want::Any => self.one_of(&[
                "M.get('k')",
                "params['L']",
                "X[1]",
                "N",
                "M.get('n')",
                "null",
                "params['zz']",
            ]),
        }
    }

    fn binary(&mut self, left: Want, operators: &[&str], right: Want) {
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

    fn conditional(&mut self, want: Want) {
        self.push("(");
        self.expr(Want::Boolean);
        self.push(" ? ");
        self.expr(want);
        self.push(" : ");
        self.expr(want);
        self.push(")");
    }

    fn call(&mut self, receiver: Want, method: &str, arguments: &[Want]) {
        self.push("(");
        self.expr(receiver);
        self.push(")");
        self.push(method);
        self.arguments(arguments);
    }

    fn function(&mut self, name: &str, arguments: &[Want]) {
        self.push(name);
        self.arguments(arguments);
    }

    fn arguments(&mut self, arguments: &[Want]) {
        self.push("(");
        for (index, argument) in arguments.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.expr(*argument);
        }
        self.push(")");
    }

    fn element(&mut self, array: Want) {
        self.push("(");
        self.expr(array);
        self.push(")[");
        self.expr(Want::Long);
        self.push("]");
    }

    fn compound(&mut self, want: Want) {
        match self.pick(12) {
            10 => return self.conditional(want),
            11 => {
                self.push("(");
                self.assignment();
                return self.push(")");
            }
            _ => {}
        }
        match want {
            Want::Long => self.long(),
            Want::Double => self.double(),
            Want::Boolean => self.boolean(),
            Want::Text => self.text(),
            Want::LongArray => match self.pick(3) {
                0 => self.function("Util.intsBetween", &[Want::Long, Want::Long, Want::Long]),
                1 => self.filled("new int[]{", Want::Long),
                _ => self.sized("new int["),
            },
            Want::DoubleArray => self.filled("new double[]{", Want::Double),
            Want::TextArray => match self.pick(3) {
                0 => self.call(Want::Text, ".split", &[Want::Text]),
                1 => self.filled("new String[]{", Want::Text),
                _ => self.sized("new String["),
            },
            Want::Map => self.leaf(Want::Map),
            Want::Date => match self.pick(3) {
                0 => self.call(Want::Date, ".plusDays", &[Want::Long]),
                1 => self.function("new DateTime", &[Want::Long]),
                _ => self.call(Want::Date, ".minusMonths", &[Want::Long]),
            },
            Want::Any => match self.pick(4) {
                0 => self.call(Want::Map, ".get", &[Want::Text]),
                1 => self.call(Want::Map, ".put", &[Want::Text, Want::Any]),
                2 => self.call(Want::Map, ".getOrDefault", &[Want::Text, Want::Long]),
                _ => {
                    let want = self.want();
                    self.expr(want);
                }
            },
        }
    }

    fn filled(&mut self, start: &str, element: Want) {
        self.push(start);
        let count = self.pick(4);
        for index in 0..count {
            if index > 0 {
                self.push(", ");
            }
            self.expr(element);
        }
        self.push("}");
    }

    fn sized(&mut self, start: &str) {
        self.push(start);
        self.expr(Want::Long);
        self.push("]");
    }

    fn long(&mut self) {
        match self.pick(12) {
            0..=3 => self.binary(Want::Long, &["+", "-", "*", "/", "%"], Want::Long),
            4 => {
                self.push("-(");
                self.expr(Want::Long);
                self.push(")");
            }
            5 => self.call(Want::Text, ".length", &[]),
            6 => self.element(Want::LongArray),
            7 => self.call(Want::TextArray, ".length", &[]),
            8 => self.function("Math.min", &[Want::Long, Want::Long]),
            9 => self.call(Want::Double, ".longValue", &[]),
            10 => {
                self.push("(");
                self.expr(Want::LongArray);
                self.push(").length");
            }
            _ => self.call(Want::Date, ".getYear", &[]),
        }
    }

    fn double(&mut self) {
        match self.pick(5) {
            0..=1 => self.binary(Want::Double, &["+", "-", "*", "/", "%"], Want::Double),
            2 => self.binary(Want::Long, &["*", "/", "+"], Want::Double),
            3 => self.function("Math.pow", &[Want::Double, Want::Long]),
            _ => self.element(Want::DoubleArray),
        }
    }

    fn boolean(&mut self) {
        match self.pick(9) {
            0..=1 => self.binary(Want::Long, &["<", "==", ">=", "!=", ">", "<="], Want::Long),
            2 => self.binary(Want::Double, &["<", "==", ">"], Want::Double),
            3 => self.binary(Want::Boolean, &["&&", "||", "==", "!="], Want::Boolean),
            4 => self.binary(Want::Text, &["==", "!="], Want::Text),
            5 => {
                self.push("!(");
                self.expr(Want::Boolean);
                self.push(")");
            }
            6 => self.call(Want::Map, ".containsKey", &[Want::Text]),
            7 => self.call(Want::Text, ".contains", &[Want::Text]),
            _ => self.binary(Want::Any, &["==", "!=", "<"], Want::Any),
        }
    }

    fn text(&mut self) {
        match self.pick(12) {
            0 => self.binary(Want::Text, &["+"], Want::Text),
            1 => self.binary(Want::Text, &["+"], Want::Long),
            2 => self.binary(Want::Long, &["+"], Want::Text),
            3 => self.binary(Want::Text, &["+"], Want::Any),
            4 => self.call(Want::Text, ".substring", &[Want::Long]),
            5 => self.function("String.valueOf", &[Want::Any]),
            6 => {
                self.push("String.format(");
                self.one_of(&["'%s'", "'%d'", "'%5.2f|%s'", "'%x'", "'%08d'"]);
                self.push(", ");
                let want = self.want();
                self.expr(want);
                self.push(")");
            }
            7 => self.function("String.join", &[Want::Text, Want::TextArray]),
            8 => self.call(Want::Text, ".replaceAll", &[Want::Text, Want::Text]),
            9 => self.element(Want::TextArray),
            10 => self.call(Want::Date, ".toString", &[]),
            _ => self.binary(Want::Text, &["+"], Want::Double),
        }
    }
}
