//! The forms that programs are made of: every function of the library with every type of argument, operators, statements, chains,
//! and what gives a local variable its value.

use std::collections::BTreeMap;

use selvedge::{FunctionReference, Type, library_functions};

use super::node::Sort::{Argument, Arithmetic, Join, Link, Logic, Statement, Text, Token, Value};
use super::node::{Sort, TextKind};

/// A form: its text, and what its holes take.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) text: String,
    /// The sorts that each hole takes, one of them at a time.
    pub(crate) holes: Vec<Vec<Sort>>,
    /// What the further holes take, where there may be any number.
    pub(crate) rest: Option<Vec<Sort>>,
    pub(crate) weight: usize,
}

impl Form {
    fn does_something(&self) -> bool {
        !self.holes.is_empty() || self.rest.is_some() || self.text.contains('(')
    }

    /// How many draws it takes to see something of what may fill its holes.
    fn draws(&self) -> usize {
        let takes = |takes: fn(&Sort) -> bool| self.holes.iter().filter(|sorts| sorts.iter().any(takes)).count();
        let texts = takes(|sort| matches!(sort, Text(kind) if *kind != TextKind::Plain));
        let doubles = takes(|sort| *sort == Value(Type::Double)).min(1);
        // A formatter's pattern stands in the setup.
        let formatters = if self.text.contains("f0.") { 2 } else { 0 };
        1 + 8 * (texts + formatters) + 2 * doubles
    }
}

/// The local variables: name and type. Each has its value before the loop begins.
pub(crate) const LOCALS: &[(&str, Type)] = &[
    ("x0", Type::Long),
    ("y0", Type::Double),
    ("b0", Type::Boolean),
    ("s0", Type::String),
    ("z0", Type::DateTimeZone),
    ("f0", Type::DateTimeFormatter),
    ("t0", Type::DateTime),
    ("s1", Type::String),
    ("x1", Type::Long),
    ("y1", Type::Double),
    ("t1", Type::DateTime),
    ("p0", Type::DateTimeProperty),
    ("d0", Type::Days),
    ("e0", Type::Hours),
    ("i0", Type::Minutes),
    ("l0", Type::Duration),
    ("u0", Type::Uuid),
    ("g0", Type::LongArray),
    ("h0", Type::DoubleArray),
    ("k0", Type::BooleanArray),
    ("j0", Type::StringArray),
    ("s2", Type::String),
    ("m0", Type::Map),
    ("m1", Type::Map),
];

/// The parameters: name and type.
pub(crate) const PARAMETERS: &[(&str, Type)] = &[
    ("p", Type::String),
    ("q", Type::String),
    ("n", Type::Long),
    ("y", Type::Double),
    ("la", Type::LongArray),
    ("da", Type::DoubleArray),
    ("ba", Type::BooleanArray),
    ("sa", Type::StringArray),
    ("list", Type::List),
    ("m", Type::Map),
];

/// The types of expressions.
pub(crate) const TYPES: &[Type] = &[
    Type::Long,
    Type::Double,
    Type::Boolean,
    Type::String,
    Type::LongArray,
    Type::DoubleArray,
    Type::BooleanArray,
    Type::StringArray,
    Type::List,
    Type::Map,
    Type::DateTime,
    Type::DateTimeZone,
    Type::DateTimeFormatter,
    Type::DateTimeProperty,
    Type::Days,
    Type::Hours,
    Type::Minutes,
    Type::Duration,
    Type::Uuid,
    Type::Any,
];

/// What a function of arrays is called on.
const ARRAYS: [Type; 6] = [
    Type::LongArray,
    Type::DoubleArray,
    Type::BooleanArray,
    Type::StringArray,
    Type::List,
    Type::Any,
];

/// All forms, by what they give.
#[derive(Debug)]
pub(crate) struct Forms(BTreeMap<Sort, Vec<Form>>);

impl Forms {
    /// Makes the table.
    pub(crate) fn new() -> Self {
        let mut forms = Self(BTreeMap::new());
        library_functions().for_each(|function| forms.library(function));
        forms.operators();
        forms.runtime_types();
        forms.texts();
        forms.links();
        forms.statements();
        forms.setups();
        forms.definitions();
        forms.expressions();
        forms.steps();
        forms
    }

    /// Returns the forms that give a sort.
    pub(crate) fn of(&self, sort: Sort) -> &[Form] {
        self.0.get(&sort).map_or(&[], Vec::as_slice)
    }

    /// The forms of expressions that do something, each as often as what fills its holes matters: a function whose texts are patterns,
    /// formats or dates more often than one of numbers.
    pub(crate) fn in_turn(&self) -> Vec<(Sort, usize)> {
        let mut all = Vec::new();
        for (&sort, forms) in self.0.iter().filter(|(sort, _)| matches!(sort, Value(_))) {
            for (index, form) in forms.iter().enumerate().filter(|(_, form)| form.does_something()) {
                all.extend(vec![(sort, index); form.draws()]);
            }
        }
        all
    }

    pub(crate) fn add(&mut self, sort: Sort, weight: usize, text: &str, holes: &[&[Sort]]) {
        self.insert(sort, weight, text, holes, None);
    }

    pub(crate) fn add_many(&mut self, sort: Sort, weight: usize, text: &str, holes: &[&[Sort]], rest: &[Sort]) {
        self.insert(sort, weight, text, holes, Some(rest.to_vec()));
    }

    fn insert(&mut self, sort: Sort, weight: usize, text: &str, holes: &[&[Sort]], rest: Option<Vec<Sort>>) {
        let form = Form {
            text: text
                .replace('□', "\u{1}")
                .replace('…', "\u{2}")
                .replace('“', "\u{3}")
                .replace('№', "\u{4}"),
            holes: holes.iter().map(|sorts| sorts.to_vec()).collect(),
            rest,
            weight,
        };
        self.0.entry(sort).or_default().push(form);
    }

    /// A function of the library: as an expression of its type, and where it is a text's method, as a link of a chain of calls. One that
    /// takes lambdas with lambdas of several kinds.
    fn library(&mut self, function: FunctionReference) {
        let takes = |names: &str| {
            function
                .parameters()
                .any(|parameter| parameter.accepts().contains(names))
        };
        let lambdas: &[&str] = match (takes("lambda, `x"), takes("lambda, `(")) {
            (false, false) => &["□"],
            (_, true) => &["(a,b)->a", "(a,b)->b", "(a,b)->a==b", "(a,b)->''+a+b", "(a,b)->□"],
            (true, false) => &["x->x", "x->x==x", "x->true", "x->''+x", "x->1", "x->la", "x->□"],
        };
        for lambda in lambdas {
            self.with_lambda(function, lambda);
        }
    }

    fn with_lambda(&mut self, function: FunctionReference, lambda: &str) {
        let signature = function.signature();
        let head = signature.split(['(', '→']).next().unwrap_or("").trim().to_owned();
        let is_lambda = |accepts: &str| accepts.starts_with("a lambda");
        let mut holes: Vec<Vec<Sort>> = function
            .parameters()
            .filter(|parameter| !is_lambda(&parameter.accepts()) || lambda.contains('□'))
            .map(|parameter| arguments(function, parameter.name(), &parameter.accepts()))
            .collect();
        let many = signature.contains("…)");
        let argument = |accepts: String| if is_lambda(&accepts) { lambda } else { "□" };
        let list: Vec<&str> = function
            .parameters()
            .map(|parameter| argument(parameter.accepts()))
            .collect();
        let mut list = list.join(", ");
        if many {
            list.push('…');
        }
        let owner = match function.owner() {
            "array" => Some(&Type::List),
            owner => TYPES.iter().find(|ty| ty.name() == owner),
        };
        let text = match (owner, signature.contains('(')) {
            (Some(receiver), _) if signature.starts_with('.') => {
                if *receiver == Type::String && function.result() == Type::String {
                    let sorts: Vec<&[Sort]> = holes.iter().map(Vec::as_slice).collect();
                    self.add(Link, 2, &format!("{head}({list})"), &sorts);
                }
                let typed = match receiver {
                    Type::String => vec![Value(Type::String), Text(TextKind::Plain)],
                    Type::List => ARRAYS.map(Value).to_vec(),
                    other => vec![Value(*other)],
                };
                holes.insert(0, typed);
                format!("□{head}({list})")
            }
            (_, true) => format!("{head}({list})"),
            (_, false) => head,
        };
        let sorts: Vec<&[Sort]> = holes.iter().map(Vec::as_slice).collect();
        let weight = if function.owner() == "DateTimeConstants" { 1 } else { 6 };
        let rest = many.then(|| vec![Argument]);
        self.insert(Value(function.result()), weight, &text, &sorts, rest);
    }

    fn operators(&mut self) {
        let (long, double) = (&[Value(Type::Long)][..], &[Value(Type::Double)][..]);
        let (boolean, string) = (&[Value(Type::Boolean)][..], &[Value(Type::String)][..]);
        let numbers = &[Value(Type::Long), Value(Type::Double)][..];
        let printed: Vec<Sort> = TYPES.iter().map(|ty| Value(*ty)).collect();
        for operator in ["+", "-", "*", "/", "%"] {
            self.add(Value(Type::Long), 2, &format!("(□{operator}□)"), &[long, long]);
            self.add(Value(Type::Double), 6, &format!("(□{operator}□)"), &[double, numbers]);
            self.add(Value(Type::Double), 3, &format!("(□{operator}□)"), &[numbers, double]);
        }
        for operator in ["==", "!=", "<", ">", "<=", ">="] {
            self.add(Value(Type::Boolean), 2, &format!("(□{operator}□)"), &[numbers, numbers]);
            self.add(Value(Type::Boolean), 4, &format!("(□{operator}□)"), &[string, string]);
        }
        for operator in ["==", "!="] {
            self.add(Value(Type::Boolean), 5, &format!("(□{operator}□)"), &[numbers, string]);
            self.add(Value(Type::Boolean), 5, &format!("(□{operator}□)"), &[string, numbers]);
            self.add(
                Value(Type::Boolean),
                3,
                &format!("(□{operator}□)"),
                &[&printed, &printed],
            );
            self.add(Value(Type::Boolean), 1, &format!("(□{operator}□)"), &[boolean, boolean]);
        }
        for operator in ["+", "-", "*", "%", "<", "=="] {
            let any = &[Value(Type::Any)][..];
            let result = match operator {
                "<" | "==" => Type::Boolean,
                _ => Type::Any,
            };
            self.add(Value(result), 6, &format!("(□{operator}□)"), &[any, &printed]);
            self.add(Value(result), 3, &format!("(□{operator}□)"), &[&printed, any]);
        }
        self.add(Value(Type::Boolean), 1, "(!□)", &[boolean]);
        self.add(Value(Type::Long), 1, "(-□)", &[long]);
        self.add(Value(Type::Double), 1, "(-□)", &[double]);
        self.add(Value(Type::String), 10, "(□+□)", &[string, &printed]);
        self.add(Value(Type::String), 5, "(□+□)", &[numbers, string]);
        self.add(Value(Type::String), 3, "(null+□)", &[string]);
        self.add_many(Value(Type::String), 12, "(''…)", &[], &[Join]);
        self.add_many(Value(Type::Double), 4, "(□…)", &[double], &[Arithmetic]);
        self.add_many(Value(Type::Long), 2, "(□…)", &[long], &[Arithmetic]);
        self.add_many(Value(Type::Boolean), 3, "(□…)", &[boolean], &[Logic]);
        self.add_many(Value(Type::String), 6, "□…", &[string], &[Link]);
        self.add(Value(Type::Long), 1, "(x1=□)", &[long]);
        self.add(Value(Type::String), 1, "(s2=□)", &[string]);
        for ty in TYPES {
            let same = &[Value(*ty)][..];
            self.add(Value(*ty), 1, "(□?□:□)", &[boolean, same, same]);
        }
    }

    /// Expressions whose type only the run can tell, elements and new arrays.
    fn runtime_types(&mut self) {
        let (long, any) = (&[Value(Type::Long)][..], &[Value(Type::Any)][..]);
        let string = &[Value(Type::String), Text(TextKind::Plain)][..];
        for index in 0..6 {
            self.add(Value(Type::Any), 6, &format!("list[{index}]"), &[]);
        }
        self.add(Value(Type::Any), 4, "m.get('k0')", &[]);
        self.add(Value(Type::Any), 3, "list[□]", &[long]);
        self.add(Value(Type::Any), 3, "params[□]", &[string]);
        for (name, _) in PARAMETERS {
            self.add(Value(Type::Any), 1, &format!("params['{name}']"), &[]);
        }
        for ty in [Type::Long, Type::Double, Type::String, Type::DateTime] {
            self.add(Value(ty), 2, "□", &[any]);
        }
        let arrays = [
            (Type::LongArray, Type::Long, "long"),
            (Type::DoubleArray, Type::Double, "double"),
            (Type::BooleanArray, Type::Boolean, "boolean"),
            (Type::StringArray, Type::String, "String"),
        ];
        for (array, of, name) in arrays {
            self.add(Value(of), 2, "□[□]", &[&[Value(array)], long]);
            self.add(Value(of), 1, "□[0]", &[&[Value(array)]]);
            self.add(Value(array), 4, &format!("new {name}[□]"), &[long]);
            self.add_many(
                Value(array),
                4,
                &format!("new {name}[]{{□…}}"),
                &[&[Value(of)]],
                &[Argument],
            );
            self.add(Value(Type::Long), 1, "□.length", &[&[Value(array)]]);
        }
    }

    /// Texts of a kind: literals, known when the program is compiled or only when it runs.
    fn texts(&mut self) {
        use TextKind::{Date, DateInt, DatePattern, Duration, Format, Number, Pattern, Plain, Replacement, Zone};
        let kinds = [
            Plain,
            Pattern,
            Replacement,
            Format,
            DatePattern,
            Zone,
            Date,
            DateInt,
            Number,
            Duration,
            TextKind::Template,
        ];
        for kind in kinds {
            self.add_many(Text(kind), 8, "\"…\"", &[], &[Token(kind)]);
            self.add_many(Text(kind), 2, "(e+\"…\")", &[], &[Token(kind)]);
            self.add(Text(kind), 1, "□", &[&[Value(Type::String)]]);
            // Parameters, which get a content of that kind.
            self.add(Text(kind), 4, "p", &[]);
            self.add(Text(kind), 2, "q", &[]);
        }
        let token = &[Token(Pattern)][..];
        let shapes = [
            "(□…)",
            "(?:□…)",
            "(?:□…)+",
            "(?:□…)*",
            "(□…)+",
            "(□…)*",
            "(?:□…){2,9}",
            "(?:□…)?",
            "(□…)|",
            "(?i:□…)",
            "(?m)^(□…)$",
            "(?:□…){50}",
            "(?:□…){200}",
            "(?:□…){0,90}",
            "(□…)*?",
            "(?s)□…",
            "(?<g>□…)",
        ];
        for shape in shapes {
            self.add_many(Token(Pattern), 1, shape, &[token], token);
        }
        self.add(Value(Type::String), 8, "□", &[&[Text(Plain)]]);
        self.add(Value(Type::String), 2, "□", &[&[Text(Date), Text(Number), Text(Zone)]]);
        // Texts that a formatter can read.
        for text in ["f0.parseMillis(s1)", "f0.parseMillis(f0.print(t0))"] {
            self.add(Value(Type::Long), 12, text, &[]);
        }
        self.add(Value(Type::DateTime), 6, "f0.parseDateTime(s1)", &[]);
        self.add(Value(Type::String), 4, "f0.print(t0)", &[]);
        self.add_many(
            Value(Type::String),
            10,
            "String.format(□,□…)",
            &[&[Text(Format)], &[Value(Type::String), Value(Type::Double)]],
            &[Argument],
        );
        self.add(Text(Date), 6, "f0.print(t0)", &[]);
        self.add(Text(Date), 6, "s1", &[]);
    }

    /// The links of chains.
    fn links(&mut self) {
        let printed: Vec<Sort> = TYPES.iter().map(|ty| Value(*ty)).collect();
        let numbers = &[Value(Type::Double), Value(Type::Double), Value(Type::Long)][..];
        self.add(Join, 8, "+□", &[&printed]);
        self.add(Join, 2, "+□", &[&[Text(TextKind::Plain)]]);
        self.add(Argument, 8, ",□", &[&printed]);
        for operator in ["+", "-", "*", "/", "%", "%", "%"] {
            self.add(Arithmetic, 2, &format!("{operator}□"), &[numbers]);
        }
        self.add(Logic, 1, "&&□", &[&[Value(Type::Boolean)]]);
        self.add(Logic, 1, "||□", &[&[Value(Type::Boolean)]]);
    }

    fn statements(&mut self) {
        let (long, boolean) = (&[Value(Type::Long)][..], &[Value(Type::Boolean)][..]);
        let string = &[Value(Type::String)][..];
        let all: Vec<Sort> = TYPES.iter().map(|ty| Value(*ty)).collect();
        let one = &[Statement][..];
        for ty in TYPES {
            self.add(
                Statement,
                14,
                &format!("v{}=□;", ty.name().to_lowercase()),
                &[&[Value(*ty)]],
            );
        }
        self.add(Statement, 10, "□;", &[&all]);
        // A parameter of its own each time.
        self.add(Statement, 4, "w№;", &[]);
        self.add(Statement, 5, "while(□){}", &[boolean]);
        self.add(Statement, 5, "for(;□;){}", &[boolean]);
        self.add_many(Statement, 4, "while(□){…}", &[boolean], one);
        self.add_many(Statement, 4, "for(i0=0;i0<□;i0+=1){…}", &[long], one);
        self.add_many(Statement, 3, "for(;□;){…break;}", &[boolean], one);
        self.add_many(Statement, 4, "if(□){…}", &[boolean], one);
        self.add_many(Statement, 3, "if(□){…}else{}", &[boolean], one);
        self.add_many(Statement, 2, "if(□){}else{…}", &[boolean], one);
        self.add_many(Statement, 2, "{…}", &[], one);
        for text in [
            "break;",
            "continue;",
            "import a.b;",
            "int w;",
            "String w;",
            "long[] w;",
            "Map w;",
            "DateTime w;",
        ] {
            self.add(Statement, 2, text, &[]);
        }
        self.add(Statement, 3, "String w=□;", &[string]);
        self.add(Statement, 4, "s0=□;", &[string]);
        self.add(Statement, 4, "s2+=□;", &[&all]);
        for operator in ["+=", "-=", "*=", "/=", "%="] {
            self.add(Statement, 1, &format!("x0{operator}□;"), &[long]);
            self.add(Statement, 2, &format!("y0{operator}□;"), &[&[Value(Type::Double)]]);
        }
        self.add(Statement, 2, "b0=□;", &[boolean]);
        self.add(Statement, 2, "g0[□]=□;", &[long, long]);
        self.add(Statement, 1, "h0[□]+=□;", &[long, &[Value(Type::Double)]]);
        self.add(Statement, 2, "j0[□]=□;", &[long, string]);
        self.add(Statement, 2, "j0[□]+=□;", &[long, string]);
        self.add(Statement, 4, "m0.put(□,□);", &[string, &all]);
        self.add(Statement, 4, "x0=0;while(x0<□){x0+=1;}", &[long]);
    }

    /// What gives a local its value: an expression, text that doubles, containers that are filled.
    fn setups(&mut self) {
        let all: Vec<Sort> = TYPES.iter().map(|ty| Value(*ty)).collect();
        for (local, (name, ty)) in LOCALS.iter().enumerate() {
            let sort = Sort::Setup(local);
            let same = &[Value(*ty)][..];
            self.add(sort, 6, &format!("{name}=□;"), &[same]);
            let of = match ty {
                Type::LongArray => ("long", Type::Long),
                Type::DoubleArray => ("double", Type::Double),
                Type::BooleanArray => ("boolean", Type::Boolean),
                Type::StringArray => ("String", Type::String),
                _ => ("", Type::Void),
            };
            if of.1 != Type::Void {
                let fill = "for(ii=0;ii<A.length;ii+=1)A[ii]=□;".replace('A', name);
                for size in [3, 30, 300, 1000] {
                    self.add(
                        sort,
                        3,
                        &format!("{name}=new {}[{size}];{fill}", of.0),
                        &[&[Value(of.1)]],
                    );
                }
            }
            match ty {
                Type::Map => {
                    for size in [1, 20, 200, 1000] {
                        let text = format!("{name}=new Map();for(ii=0;ii<{size};ii+=1){name}.put(□+ii,□);");
                        let key = &[Text(TextKind::Plain)][..];
                        self.add(sort, 3, &text, &[key, &all]);
                    }
                    self.add(sort, 1, &format!("{name}=new Map();{name}.put('a',{name});"), &[]);
                    let inner = if *name == "m0" { "m1" } else { "m0" };
                    let nested = format!("{name}=new Map();for(ii=0;ii<200;ii+=1){name}.put('k'+ii,{inner});");
                    self.add(sort, 2, &nested, &[]);
                }
                Type::String => {
                    use TextKind::{DatePattern, Format, Pattern, Plain, Replacement};
                    for kind in [Plain, Format, Pattern, DatePattern, Replacement] {
                        for times in [4, 10, 15, 19] {
                            let text = format!("{name}=□;for(ii=0;ii<{times};ii+=1){name}+={name};");
                            self.add(sort, 1, &text, &[&[Text(kind)]]);
                        }
                    }
                    self.add(
                        sort,
                        if *name == "s1" { 30 } else { 1 },
                        &format!("{name}=f0.print(t0);"),
                        &[],
                    );
                }
                _ => {}
            }
        }
    }
}

/// The sorts that an argument takes: the texts that its name asks for, values of its types, sometimes a value of any type.
fn arguments(function: FunctionReference, name: &str, accepts: &str) -> Vec<Sort> {
    let owner = function.owner();
    let mut sorts = Vec::new();
    for accepted in accepts.split(" or ") {
        match accepted {
            "any value" => sorts.extend(TYPES.iter().map(|ty| Value(*ty))),
            // What a lambda gives.
            lambda if lambda.starts_with("a lambda") => {
                sorts.extend([Type::Boolean, Type::Long, Type::String, Type::Double, Type::StringArray].map(Value));
            }
            "STRING" => {
                let kind = match (owner, name) {
                    ("STRING", "pattern") => TextKind::Pattern,
                    (_, "pattern") => TextKind::DatePattern,
                    (_, "replacement") => TextKind::Replacement,
                    (_, "format") => TextKind::Format,
                    (_, "id" | "zone") => TextKind::Zone,
                    (_, "duration") => TextKind::Duration,
                    ("Util", _) => TextKind::DateInt,
                    ("DateTime" | "DATETIME_FORMATTER", "text" | "x") => TextKind::Date,
                    ("Long" | "Double", _) => TextKind::Number,
                    _ => TextKind::Plain,
                };
                sorts.extend([Text(kind); 4]);
                if kind == TextKind::Plain {
                    sorts.extend([Value(Type::String); 4]);
                }
                sorts.push(Value(Type::String));
            }
            other => {
                if let Some(ty) = TYPES.iter().find(|ty| ty.name() == other) {
                    sorts.extend([Value(*ty); 4]);
                }
            }
        }
    }
    sorts.push(Value(Type::Any));
    sorts
}
