//! Every instruction and every library function was run with every type of operand that the checker lets reach it, and all
//! ways to evaluate agreed. The tables come from the declarations of both; a combination that no program reaches is an error,
//! unless `UNREACHABLE` says why it cannot be reached.

#![cfg(all(feature = "oracle", feature = "datetime"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/ways.rs"]
mod ways;

use selvedge::oracle::coverage::{instruction_cells, library_cells};
use selvedge::oracle::{Cell, generate, record};
use selvedge::{
    Engine, FixedHost, HostFunction, HostFunctions, Inputs, Limits, Schema, Type, UnknownNames, Value,
    library_functions,
};

/// An expression of each type that a value may have.
const VALUES: [(&str, &str); 20] = [
    ("NULL", "N"),
    ("BOOLEAN", "B"),
    ("LONG", "L"),
    ("DOUBLE", "D"),
    ("STRING", "S"),
    ("BOOLEAN_ARRAY", "BA"),
    ("LONG_ARRAY", "LA"),
    ("DOUBLE_ARRAY", "DA"),
    ("STRING_ARRAY", "SA"),
    ("LIST", "X"),
    ("MAP", "M"),
    ("DATETIME", "new DateTime(0)"),
    ("DATETIME_ZONE", "DateTimeZone.UTC"),
    ("DATETIME_FORMATTER", "DateTimeFormat.forPattern('HH')"),
    ("DATETIME_PROPERTY", "new DateTime(0).monthOfYear()"),
    ("DATETIME_DAYS", "Days.daysBetween(new DateTime(0), new DateTime(1))"),
    ("DATETIME_HOURS", "Hours.hoursBetween(new DateTime(0), new DateTime(1))"),
    (
        "DATETIME_MINUTES",
        "Minutes.minutesBetween(new DateTime(0), new DateTime(1))",
    ),
    ("DATETIME_DURATION", "Duration.parse('PT5M')"),
    ("UUID", "UUID.randomUUID()"),
];
const OPERATORS: [&str; 11] = ["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">="];

/// The names that a declaration may write, with a type each.
const DECLARED: [&str; 15] = [
    "boolean",
    "int",
    "double",
    "String",
    "boolean[]",
    "int[]",
    "double[]",
    "String[]",
    "Map",
    "DateTime",
    "DateTimeZone",
    "DateTimeFormatter",
    "Property",
    "Days",
    "UUID",
];

/// Why a combination of an instruction and its operands cannot be reached.
struct Unreachable {
    /// The instruction; empty for all of them.
    instruction: &'static str,
    /// Which operand, and what it would have to be.
    operand: usize,
    of: &'static [&'static str],
    #[expect(dead_code, reason = "for who reads the table")]
    reason: &'static str,
}

const fn unreachable(
    instruction: &'static str,
    operand: usize,
    of: &'static [&'static str],
    reason: &'static str,
) -> Unreachable {
    Unreachable {
        instruction,
        operand,
        of,
        reason,
    }
}

const ARRAYS: &[&str] = &["BOOLEAN_ARRAY", "LONG_ARRAY", "DOUBLE_ARRAY", "STRING_ARRAY", "LIST"];
const NO_TEXT: &[&str] = &[
    "NULL",
    "BOOLEAN",
    "LONG",
    "DOUBLE",
    "BOOLEAN_ARRAY",
    "LONG_ARRAY",
    "DOUBLE_ARRAY",
    "STRING_ARRAY",
    "LIST",
    "MAP",
    "DATETIME",
    "DATETIME_ZONE",
    "DATETIME_FORMATTER",
    "DATETIME_PROPERTY",
    "DATETIME_DAYS",
    "DATETIME_HOURS",
    "DATETIME_MINUTES",
    "DATETIME_DURATION",
    "UUID",
];
const NO_HOST_VALUE: &[&str] = &[
    "DATETIME_ZONE",
    "DATETIME_FORMATTER",
    "DATETIME_PROPERTY",
    "DATETIME_DAYS",
    "DATETIME_HOURS",
    "DATETIME_MINUTES",
    "DATETIME_DURATION",
    "UUID",
];

const UNREACHABLE: &[Unreachable] = &[
    unreachable("", 0, &["ANY"], "a value has a type of its own"),
    unreachable("", 1, &["ANY"], "a value has a type of its own"),
    unreachable("", 2, &["ANY"], "a value has a type of its own"),
    unreachable("Binary", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("Binary", 1, &["VOID"], "a variable is read where it is set"),
    unreachable("Box", 0, &["VOID", "NULL"], "null is loaded as a pair"),
    unreachable("Check", 0, &["VOID"], "a variable is read where it is set"),
    unreachable(
        "Check",
        1,
        &["VOID", "NULL"],
        "no variable and no parameter is of the type",
    ),
    unreachable("CheckTaken", 0, &["VOID"], "a variable is read where it is set"),
    unreachable(
        "CheckTaken",
        1,
        NO_TEXT,
        "where SEL has one method of a name, and others are beyond it, SEL's is on texts",
    ),
    unreachable("DynamicElement", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("DynamicElement", 1, &["VOID"], "a variable is read where it is set"),
    unreachable("DynamicLength", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("DynamicSetElement", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("DynamicSetElement", 1, &["VOID"], "a variable is read where it is set"),
    unreachable("MovePair", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("Negate", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("Plus", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("Printable", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("Reassign", 1, &["VOID"], "a variable is read where it is set"),
    unreachable("ReturnPair", 0, &["VOID"], "a variable is read where it is set"),
    unreachable("LoadPair", 0, ARRAYS, "an array has no constant, and is never null"),
    unreachable(
        "LoadPair",
        0,
        &["DATETIME_HOURS", "DATETIME_MINUTES", "DATETIME_DURATION"],
        "no declaration names the type",
    ),
    unreachable("NewArray", 0, &["LIST"], "a LIST comes from parameters only"),
    unreachable("ArrayLiteral", 0, &["LIST"], "a LIST comes from parameters only"),
    unreachable("Return", 0, &["VOID"], "ends without a value"),
    unreachable("Return", 0, NO_HOST_VALUE, "cannot leave the program"),
    unreachable("TypedInput", 0, &["VOID", "NULL"], "no parameter is declared so"),
    unreachable("TypedInput", 0, &["DATETIME"], "arrives as its text"),
    unreachable("TypedInput", 0, NO_HOST_VALUE, "a host has no such value"),
];

/// The value, such that the checker does not know its type.
fn late(ty: &str, value: &str) -> String {
    match ty {
        "STRING" => format!("(B ? {value} : 1)"),
        _ => format!("(B ? {value} : 'text')"),
    }
}

/// Programs on one value of a type.
fn of_one(ty: &str, value: &str) -> Vec<String> {
    let late = late(ty, value);
    let mut programs = vec![
        format!("return {value};"),
        format!("x = {value}; return x;"),
        format!("return {late};"),
        format!("return -{late};"),
        format!("return +{late};"),
        format!("return {late}.length;"),
        format!("return {late}.indexOf({late});"),
        format!("return {late}.contains({late});"),
        format!("x = {late}; return x.length;"),
        format!("return 'a' + {late};"),
        format!("return {late} + 'a';"),
        format!("x = {late}; y = x; return y;"),
        format!("if ({late}) {{ return 1; }}"),
        format!("return !{late};"),
        format!("if (B) {{ y = {value}; }} return y;"),
        format!("if (!B) {{ y = {value}; }} return y;"),
        format!("if (!B) {{ y = 1; }} y = {late}; return '' + y;"),
        format!("throw {late};"),
        format!("return params[{late}];"),
        format!("return new int[{late}];"),
        format!("X = {late}; return X.length;"),
        format!("return new Map().put('k', {value});"),
        format!("return M.getOrDefault('none', {value});"),
        format!("return 'a'.equals({value});"),
        format!("return String.valueOf({value});"),
        format!("return Double.valueOf({value});"),
        format!("return '' + ({value}).isText() + ({value}).isNumber() + ({value}).isMap() + ({value}).isList();"),
        format!("return Json.text({value});"),
        format!("return String.format('%s', {value});"),
        format!("return params.echo({late});"),
        "int x;".to_owned(),
        "return params.containsKey(S);".to_owned(),
        "return unknown;".to_owned(),
        format!("if (N == null) {{ N = {late}; }} return 1;"),
        format!("N += {late}; return N;"),
        format!("N[0] = {late}; return 1;"),
        "return '' + Z;".to_owned(),
        format!("String s = {value}; return Util.dateIntHourToTs(20240101, 1, 'UTC', s, s);"),
        format!("return String.join('-', {value});"),
        format!("return String.join('-', 'a', {value});"),
        format!("return String.join('-', 'a', {late});"),
        format!("return S.join('-', {value});"),
        format!("return S.join('-', 'a', {value});"),
        format!("return S.format('%s', {value});"),
        format!("return L.valueOf({value});"),
        format!("return D.valueOf({value});"),
        format!("return {late}.UTC.getOffset(0);"),
        "if (!B) { break; }".to_owned(),
        "return Util.incrementDateInt('20240131', 1);".to_owned(),
        "return Util.incrementDateIntByMonths('20240131', 1);".to_owned(),
        format!("return Util.nextWorkingDay(20240131, {value});"),
        format!("if (B) {{ break; }} return {late};"),
        format!("return new Boolean({value});"),
        format!("return Long.valueOf({value});"),
        format!("return Double.valueOf({value});"),
        "return Util.nextWorkingDay('20240131');".to_owned(),
        "return Util.nextWorkingDay('20240131', LA);".to_owned(),
        format!("return Arrays.asList({value}).length;"),
        format!("return new Long({value});"),
        format!("return Util.intsBetween({value}, {value}, 1);"),
        format!("return Util.dateIntsBetween({value}, {value}, 1);"),
        format!("return Util.dateIntsBetween(20240101, 20240103, {value});"),
        format!("return Util.datesBetweenInclusive(20240101, 20240103, {value});"),
        format!("return Util.hourIntsBetween(2024010100, 2024010103, {value});"),
        format!("return Util.datesBetweenInclusive({value}, {value}, 1);"),
        format!("return Util.isValid({value});"),
        format!("return new DateTime(0).plus({late});"),
    ];
    for name in DECLARED {
        programs.push(format!("{name} z = {late}; return '' + z;"));
        programs.push(format!("if (B) {{ {name} z; }} return '' + z;"));
    }
    programs
}

/// Programs on two values.
fn of_two((left_type, left): (&str, &str), (right_type, right): (&str, &str)) -> Vec<String> {
    let (late_left, late_right) = (late(left_type, left), late(right_type, right));
    let mut programs = vec![
        format!("return {late_left}[{late_right}];"),
        format!("return ({left})[{late_right}];"),
        format!("a = {late_left}; a[0] = {late_right}; return a;"),
        format!("a = {late_left}; a[0] += {late_right}; return a;"),
        format!("a = {left}; a[0] = {late_right}; return a;"),
        format!("if (B) {{ y = {left}; }} y = {late_right}; return y;"),
        format!("y = {late_left}; y = {late_right}; return y;"),
        format!("y = {late_left}; y += {late_right}; return y;"),
    ];
    for operator in OPERATORS {
        programs.push(format!("return {late_left} {operator} {late_right};"));
        programs.push(format!("return {left} {operator} {late_right};"));
        programs.push(format!("return {late_left} {operator} {right};"));
        programs.push(format!("return {left} {operator} {right};"));
        // A test that jumps where it holds, and one that jumps where it does not.
        programs.push(format!("return {left} {operator} {right} || B ? 1 : 2;"));
        programs.push(format!("return {left} {operator} {right} && B ? 1 : 2;"));
    }
    programs
}

/// Loops of every form, to every kind of end, with the bodies that instructions are fused for and their near forms.
fn loops() -> Vec<String> {
    let ends = [
        "5",
        "n",
        "LA.length",
        "SA.length",
        "DA.length",
        "BA.length",
        "X.length",
        "R.length",
        "c.length",
    ];
    let bodies = [
        "m += 1;",
        "m += k;",
        "m -= 1;",
        "m += LA[i];",
        "m = m + LA[i] * 2;",
        "c[i] = true;",
        "c[i] = B;",
        "if (c[i]) { m += 1; }",
        "if (!c[i]) { m += 1; }",
        "if (i > 2) break;",
        "for (;;) { m += 1; if (m > 3) break; }",
        "for (int j = i; j < n; j += k) { c[j] = true; }",
        "for (int j = 0; j < n; j += 1) { m += 1; }",
        "for (int j = 0; j < LA.length; j += 1) { m += LA[j]; }",
        "for (int j = 0; j < n; j += 1) { if (c[j]) { m += j; } }",
        "",
    ];
    let forms = [
        "for (int i = 0; i < END; i += 1) { BODY }",
        "for (int i = 0; i < END; i += 2) { BODY }",
        "for (int i = 0; i < END; i += k) { BODY }",
        "for (int i = 0; i <= END; i = i + 1) { BODY }",
        "for (int i = END - 1; i >= 0; i -= 1) { BODY }",
        "for (int i = 0; i < END; i++) { BODY }",
        "int i = 0; for (x : LA) { if (i > END) { continue; } BODY i++; }",
        "int low = 0 - k; for (int i = END - 1; i > low; i -= 1) { if (i < 0) break; BODY }",
        "int low = 0 - k; for (int i = END - 1; low + 1 <= i; i -= 1) { if (i < 0) break; BODY }",
        "int i = 0; while (i < END) { BODY i += 1; }",
        "int i = 0; while ((q = new int[i]).length < END && q.length < 4) { i += 1; BODY }",
        "int i = 0; while (i < END && B) { BODY i += 1; }",
        "int i = 0; while (i < END && !c[i]) { i += 1; BODY }",
    ];
    let mut programs = Vec::new();
    for (form, end, body) in forms
        .iter()
        .flat_map(|form| ends.iter().map(move |end| (form, end)))
        .flat_map(|(form, end)| bodies.iter().map(move |body| (form, end, body)))
    {
        let form = form.replace("END", end).replace("BODY", body);
        programs.push(format!(
            "int n = 7; int k = 2; int m = 0; boolean[] c = new boolean[9]; c[3] = true; {form} return m;"
        ));
    }
    programs
}

/// Functions that the generator seldom draws with each type: methods of arrays, on each kind of them, and some of dates.
fn of_the_library() -> Vec<String> {
    let arrays = VALUES.iter().filter(|(ty, _)| is_array(ty));
    let mut programs = vec![
        "return Util.monthsBetween('20240131', '20240229');".to_owned(),
        "return Util.previousWorkingDay(20240102, X);".to_owned(),
        "return Util.firstDayOfMonth('20240131');".to_owned(),
    ];
    // Instructions for constants, and functions of a class through its values.
    programs.extend(
        [
            "return L / 7 + L % 7 + L / 8 + L % 8;",
            "if (L == 5) { return 1; } return 2;",
            "if (L != 5) { return 1; } return 2;",
            "return L == 5 || B ? 1 : 2;",
            "return L != 5 || B ? 1 : 2;",
            "x = S.escape(S); return 1;",
            "x = L.parseLong('7'); return 1;",
            "x = L.toString(7); return 1;",
            "x = D.parseDouble('7'); return 1;",
            "x = D.toString(7.5); return 1;",
            "x = UUID.randomUUID().randomUUID(); return 1;",
            "x = DateTimeFormat.forPattern('HH').forPattern('mm'); return 1;",
            "x = DateTimeZone.UTC.forID('UTC'); return 1;",
            "x = Days.daysBetween(new DateTime(0), new DateTime(1)); x = x.daysBetween(new DateTime(0), new DateTime(1)); return 1;",
        ]
        .map(str::to_owned),
    );
    for (ty, value) in VALUES {
        programs.extend(["getHours", "getMinutes"].map(|name| format!("return {}.{name}();", late(ty, value))));
    }
    for function in library_functions().filter(|function| function.owner() == "array") {
        let (name, taken) = (function.name(), function.parameters().len());
        for (_, array) in arrays.clone() {
            programs.extend(VALUES.iter().map(|(_, argument)| {
                let arguments = vec![*argument; taken].join(", ");
                format!("return ({array}).{name}({arguments});")
            }));
        }
    }
    programs
}

/// Calls of each function of the library with each type that each of its arguments may have, known and late.
fn calls() -> Vec<String> {
    let value = |ty: &str| VALUES.iter().find(|(known, _)| *known == ty).map(|(_, value)| *value);
    let all = || VALUES.iter().map(|(ty, _)| (*ty).to_owned());
    let mut programs = Vec::new();
    for function in library_functions() {
        let signature = function.signature();
        let Some((called, _)) = signature
            .split_once('(')
            .filter(|_| !signature.contains('…') || is_variadic(&signature))
        else {
            continue;
        };
        let accepted: Vec<Vec<String>> = function
            .parameters()
            .map(|parameter| match &*parameter.accepts() {
                "any value" => all().collect(),
                accepts => accepts.split(" or ").map(str::to_owned).collect(),
            })
            .collect();
        let receivers: Vec<&str> = match (called.strip_prefix('.'), function.owner()) {
            (None, _) => vec![""],
            (Some(_), "array") => VALUES
                .iter()
                .filter(|(ty, _)| is_array(ty))
                .map(|(_, array)| *array)
                .collect(),
            (Some(_), "any value") => VALUES.iter().map(|(_, value)| *value).collect(),
            (Some(_), owner) => value(owner).into_iter().collect(),
        };
        for receiver in receivers {
            let receiver = if receiver.is_empty() {
                String::new()
            } else {
                format!("({receiver})")
            };
            for (at, types) in accepted.iter().enumerate() {
                for ty in types {
                    let argument = |(other, types): (usize, &Vec<String>)| {
                        let ty = if other == at { ty } else { &types[0] };
                        value(ty).map(|value| if other == at { late(ty, value) } else { value.to_owned() })
                    };
                    let arguments: Option<Vec<String>> = accepted.iter().enumerate().map(argument).collect();
                    let Some(arguments) = arguments else { continue };
                    programs.push(format!("x = {receiver}{called}({}); return 1;", arguments.join(", ")));
                }
            }
        }
    }
    programs
}

/// Whether a function takes any number of arguments, and no lambda.
fn is_variadic(signature: &str) -> bool {
    signature.contains(", …)")
}

fn is_array(ty: &str) -> bool {
    ty.ends_with("_ARRAY") || ty == "LIST"
}

/// Every combination, and the examples of the library.
fn programs() -> Vec<String> {
    let mut programs = Vec::new();
    for (ty, value) in VALUES {
        programs.extend(of_one(ty, value));
        for other in VALUES {
            programs.extend(of_two((ty, value), other));
        }
    }
    programs.extend(loops());
    programs.extend(of_the_library());
    for function in library_functions() {
        programs.extend(function.examples().map(|(source, _)| source.to_owned()));
    }
    programs.extend(calls());
    programs
}

/// What the generator makes of a fixed sequence of bytes. It counts for no combination: what it draws changes with each function.
fn generated() -> Vec<String> {
    let mut state = 1_u32;
    let mut byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let mut program = || {
        let choices: Vec<u8> = (0..200).map(|_| byte()).collect();
        generate::program(&choices)
    };
    (0..GENERATED).map(|_| program()).collect()
}

/// Programs that the generator makes.
const GENERATED: usize = 10_000;

fn engine(unknown_names: UnknownNames, limits: Limits) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let echo = HostFunction::new("params.echo", &[Type::Any], Type::Any, |arguments| {
        Ok(arguments.first().cloned().unwrap_or(Value::Null))
    });
    let mut functions = HostFunctions::default();
    functions.register(echo).unwrap();
    Engine::builder()
        .host(host)
        .host_functions(functions)
        .limits(limits)
        .unknown_names(unknown_names)
        .build()
}

/// Evaluates programs in all ways; gives the differences.
fn differences(engine: &Engine, programs: &[String], inputs: &Inputs) -> Vec<String> {
    let known = Schema::infer_from(inputs.as_map());
    let schemas = [known.clone(), known.with("Z", Type::DateTime), Schema::open()];
    let mut wrong = Vec::new();
    for program in programs {
        for schema in &schemas {
            wrong.extend(ways::all_agree(engine, program, schema, inputs, 5).err());
        }
    }
    wrong
}

#[test]
fn every_combination_that_the_checker_lets_pass_was_run() {
    let limits = Limits::default()
        .steps(20_000)
        .memory(200_000)
        .string_length(5_000)
        .array_length(500);
    let json: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&json).unwrap();
    let on_one: Vec<String> = VALUES.iter().flat_map(|(ty, value)| of_one(ty, value)).collect();
    let mut wrong = Vec::new();
    let ran = record(|| {
        let null = engine(UnknownNames::Null, limits.clone());
        wrong.extend(differences(&null, &programs(), &inputs));
        let counting = engine(UnknownNames::Error, limits.clone().loop_iterations(100));
        wrong.extend(differences(&counting, &on_one, &inputs));
        wrong.extend(differences(&counting, &loops(), &inputs));
    });
    let null = engine(UnknownNames::Null, limits.clone());
    wrong.extend(differences(&null, &generated(), &inputs));
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
    let wanted = instruction_cells().into_iter().chain(library_cells());
    let empty: Vec<String> = wanted
        .filter(|cell| !ran.contains_key(cell) && !is_unreachable(cell))
        .map(|cell| format!("{} {}", cell.name, cell.operands.join(" ")))
        .collect();
    println!("{} combinations ran", ran.len());
    let reached: Vec<&Cell> = ran.keys().filter(|cell| is_unreachable(cell)).collect();
    assert!(reached.is_empty(), "said to be unreachable: {reached:?}");
    assert!(empty.is_empty(), "{} never ran:\n{}", empty.len(), empty.join("\n"));
}

fn is_unreachable(cell: &Cell) -> bool {
    UNREACHABLE.iter().any(|rule| {
        let named = rule.instruction.is_empty() || rule.instruction == cell.name;
        named && rule.of.contains(&cell.operands[rule.operand])
    })
}
