"""Makes `tests/conformance/extensions/switches.jsonl`: `switch`, each program beside the Python that gives its value.
`python3 tests/extensions/switches.py`"""
from cases import ERROR, SYNTAX, kind, write

GIVEN = {"n": 2, "neg": -3, "least": -9223372036854775808, "d": 1.5, "whole": 2.0, "s": "b", "empty": "", "t": True, "f": False, "nil": None, "longs": [1, 2, 3], "texts": ["a", "b", "z"], "mixed": [1, "1", True, None, 1.0, 2.5, [1], {"a": 1}], "m": {"region": "eu", "nil": None, "switch": 1}}
n, neg, d, s, t, f, longs, texts, m = (GIVEN[name] for name in "n neg d s t f longs texts m".split())
lines = []


def case(expr, value):
    outcome = {"error": "evaluation"} if value is ERROR else {"error": "syntax"} if value is SYNTAX else {"type": kind(value), "value": value}
    words = "".join(c if c.isalnum() or c == "_" else " " for c in expr).split()
    given = {} if value is SYNTAX else {name: one for name, one in GIVEN.items() if name in words}
    lines.append({"id": f"switches-{len(lines)}", "expr": expr} | ({"params": given} if given else {}) | outcome)


def chosen(value, arms, otherwise):
    """What the first arm gives that has a label like the value: a text is never a number, and numbers compare exactly."""
    def like(label):
        number = lambda one: isinstance(one, (int, float)) and not isinstance(one, bool)
        same_kind = type(label) is type(value) or (number(label) and number(value))
        return same_kind and label == value
    return next((given for labels, given in arms if any(like(label) for label in labels)), otherwise)


def written(value):
    return {True: "true", False: "false", None: "null"}[value] if value is None or isinstance(value, bool) else repr(value)


# Each subject beside arms of its kind.
NUMBERS = [([1], "one"), ([2, 3], "few"), ([-3], "minus"), ([9223372036854775807, -9223372036854775808], "ends")]
KINDS_OF_ARMS = {
    "numbers": NUMBERS, "doubles": [([1.5], "x"), ([2, 2.5], "y"), ([-0.5, 0], "z")], "texts": [(["a"], 1), (["b", ""], 2), (["ä😀", "B"], 3)], "truth": [([True], 1), ([False], 0)],
    "mixed": [([1, "b"], "p"), ([True, 2.5], "q"), (["", "1"], "r"), ([None], "s"), ([-3], "u")],
}
SUBJECTS = {
    "numbers": [("n", 2), ("1", 1), ("neg", -3), ("n + 1", 3), ("n * 9", 18), ("least", -9223372036854775808), ("longs[0]", 1), ("longs.length", 3)],
    "doubles": [("d", 1.5), ("whole", 2.0), ("d + 1", 2.5), ("0.0", 0.0), ("-0.5", -0.5), ("d - 1.5", 0.0), ("d * 1e300", 1.5e300)],
    "texts": [("s", "b"), ("empty", ""), ("'a'", "a"), ("s.toUpperCase()", "B"), ("s + s", "bb"), ("texts[2]", "z"), ("'ä' + '😀'", "ä😀")],
    "truth": [("t", True), ("f", False), ("n > 1", True), ("!t", False), ("n in longs", True)],
    "mixed": [(f"mixed[{at}]", value) for at, value in enumerate(GIVEN["mixed"])] + [("m.region", "eu"), ("m.nil", None), ("nil", None), ("m?.q", None)],
}
for name, arms in KINDS_OF_ARMS.items():
    code = " ".join(f"case {', '.join(map(written, labels))} -> {written(given)};" for labels, given in arms)
    for subject, value in SUBJECTS[name]:
        case(f"switch ({subject}) {{ {code} default -> {written(arms[0][1])}; }}", chosen(value, arms, arms[0][1]))
        case(f"x = switch ({subject}) {{ default -> -1; {code} }}; return x;", chosen(value, arms, -1))
        case(f"('' + switch({subject}){{{code}default->'none';}}).length()", len(str(chosen(value, arms, "none"))))
for expr, value in [
    ("switch (t) { case true -> 1; case false -> 2; }", 1), ("switch (mixed[2]) { case true -> 1; case false -> 2; }", 1), ("switch (f) { case true -> 1; case false -> 2; }", 2), ("switch (n > 1) { case false, true -> 3; }", 3), ("switch (f) { case true -> 'a'; case false -> 5; }", 5), ("switch (n) { case 2 -> 'two'; default -> 1 / 0; }", "two"), ("switch (n) { case 1 -> 1 / 0; case 2 -> 'two'; default -> longs[9]; }", "two"), ("switch (n) { case 1, 2, 3, 4, 5 -> 'low'; default -> 'high'; }", "low"),
    ("switch (n) { case 1 -> 1; case 2 -> 2.5; default -> 3; }", 2.5), ("switch (n) { case 1 -> 1; default -> 'x'; }", "x"), ("switch (n) { case 2 -> null; default -> 'x'; }", None), ("switch (n) { case 2 -> [1, 2]; default -> []; }", [1, 2]), ("switch (n) { case 2 -> {a: 1}; default -> {b: 2}; }", {"a": 1}), ("switch (n) { case 2 -> longs; default -> longs; }[1]", 2), ("switch (s) { case 'b' -> m; default -> m; }.region", "eu"), ("switch (s) { case 'b' -> m; default -> m; }?.q", None), ("switch (s) { case 'b' -> s; default -> 'q'; }.length()", 1),
    ("switch (n) { case 2 -> n > 1 ? 'a' : 'b'; default -> 'c'; }", "a"), ("switch (n) { case 2 -> nil ?? 'a'; default -> 'c'; }", "a"), ("switch (n) { case 2 -> x = 5; default -> x = 6; }", 5), ("y = switch (n) { case 2 -> x = 5; default -> x = 6; }; return x + y;", 10), ("x = 1; y = switch (n) { case 1 -> x = 5; default -> 0; }; return x + y;", 1), ("switch (x = 4) { case 4 -> x + 1; default -> 0; }", 5), ("x = 1; y = switch (x) { case 1 -> switch (n) { case 2 -> 'in'; default -> 'out'; }; default -> 'no'; }; return y;", "in"),
    ("switch (switch (n) { case 2 -> 'k'; default -> 'l'; }) { case 'k' -> 1; default -> 2; }", 1), ("switch (n) { case 1 -> 1; default -> switch (s) { case 'a' -> 2; default -> switch (t) { case true -> 3; case false -> 4; }; }; }", 3), ("1 + switch (n) { case 2 -> 1; default -> 0; } * 10", 11), ("switch (n) { case 2 -> 1; default -> 0; } + 1", 2), ("-switch (n) { case 2 -> 1; default -> 0; }", -1), ("!switch (n) { case 2 -> t; default -> f; }", False), ("switch (n) { case 2 -> 1; default -> 0; } == 1 ? 'y' : 'n'", "y"), ("switch (n) { case 2 -> nil; default -> 0; } ?? 9", 9), ("switch (n) { case 2 -> 1; default -> 0; } in longs", True),
    ("t ? switch (n) { case 2 -> 1; default -> 0; } : 5", 1), ("[switch (n) { case 2 -> 1; default -> 0; }, 7]", [1, 7]), ("({k: switch (n) { case 2 -> 1; default -> 0; }})", {"k": 1}), ("Math.max(switch (n) { case 2 -> 1; default -> 0; }, 4)", 4), ("longs[switch (n) { case 2 -> 1; default -> 0; }]", 2), ("f'{switch (n) { case 2 -> 'x'; default -> 'y'; }}!'", "x!"), ("longs.map(x -> switch (x) { case 1 -> 'a'; case 2 -> 'b'; default -> 'c'; })", ["a", "b", "c"]), ("longs.filter(x -> switch (x) { case 1, 3 -> true; default -> false; })", [1, 3]), ("texts.map(x -> switch (x) { case 'a' -> 1; default -> 0; }).sum()", 1), ("mixed.map(x -> switch (x) { case 1 -> 'n'; case '1' -> 't'; case null -> 'null'; default -> 'o'; })", ["n", "t", "o", "null", "n", "o", "o", "o"]),
    ("c = 0; for (x : longs) { c += switch (x) { case 1 -> 10; case 2 -> 20; default -> 0; }; } return c;", 30), ("c = ''; for (x : texts) { c += switch (x) { case 'a' -> 'A'; default -> x; }; } return c;", "Abz"), ("i = 0; while (switch (i) { case 3 -> false; default -> true; }) { i += 1; } return i;", 3), ("if (switch (n) { case 2 -> t; default -> f; }) { return 'y'; } return 'n';", "y"), ("return switch (n) { case 2 -> 'a'; default -> 'b'; };", "a"), ("{ return switch (n) { case 2 -> 'a'; default -> 'b'; }; }", "a"), ("switch (n) { case 2 -> 'a'; default -> 'b'; }", "a"), ("switch (n) { case 2 -> 'a'; default -> 'b'; };", "a"), ("String x = switch (n) { case 2 -> 'a'; default -> 'b'; }; return x;", "a"), ("long x = switch (n) { case 2 -> 4; default -> 5; }; return x;", 4),
    ("switch(n){case 2->'a';default->'b';}", "a"), ("switch /* on */ ( n ) { // arms\n case 2 /* two */ -> 'a' ; default -> 'b' ; }", "a"), ("switch (n)\n{\n  case 1,\n       2 -> 'a';\n  default\n    -> 'b';\n}", "a"), ("switch (n) { case - 3 -> 'm'; case 2 -> 'a'; default -> 'b'; }", "a"), ("switch (n) { case 0x2 -> 'hex'; default -> 'b'; }", "hex"), ("switch (n) { case 2L -> 'long'; default -> 'b'; }", "long"), ("switch (d) { case 1.5f -> 'f'; default -> 'b'; }", "f"), ("switch (d) { case 15e-1 -> 'f'; default -> 'b'; }", "f"), ("switch (whole) { case 2 -> 'w'; default -> 'b'; }", "w"), ('switch (s) { case "b" -> 1; default -> 0; }', 1), ("switch (s) { case '\\u0062' -> 1; default -> 0; }", 1), ("switch (s) { case 'it\\'s' -> 1; default -> 0; }", 0), ("switch (least) { case -9223372036854775808 -> 1; default -> 0; }", 1),
    ("switch (nil) { case null -> 'none'; default -> 'some'; }", "none"), ("String x; return switch (x) { case null -> 'none'; default -> 'some'; };", "none"), ("String x; return switch (x) { case 'a' -> 'none'; default -> 'some'; };", "some"), ("switch (s) { case null -> 'none'; default -> 'some'; }", "some"), ("switch (null) { case 1 -> 'one'; default -> 'other'; }", "other"), ("switch (0.0 / 0.0) { case 1.0 -> 1; default -> 0; }", 0), ("switch (-0.0) { case 0 -> 1; default -> 0; }", 1), ("m.switch", 1), ("m['switch']", 1), ("({switch: 1, case: 2, default: 3}).case", 2), ("x = {default: 4}; return x.default;", 4), ("switch (n) { default -> 'b'; case 2 -> 'a'; }", "a"), ("switch (n) { case 2 -> {}; default -> {a: 1}; }", {}), ("switch (n) { case 2 -> new int[]{1}; default -> new int[2]; }", [1]),
]:
    case(expr, value)
for expr in [
    "switch (n) { case 1 -> 1; }", "switch (n) { }", "switch (n) { default -> 1; }", "switch (t) { case true -> 1; }", "switch (mixed[0]) { case true -> 1; case false -> 2; }", "switch (mixed[3]) { case true -> 1; case false -> 2; }", "switch (mixed[2]) { case true -> 1; case false -> 2; case 1 -> 3; }", "switch (2) { case 'a' -> 1; default -> 2; }", "switch (longs.length) { case 1.5 -> 1; default -> 2; }", "switch (2) { case true -> 1; default -> 2; }", "switch (2) { case null -> 1; default -> 2; }", "switch ('b') { case 1 -> 1; default -> 2; }", "switch ('' + s) { case true -> 1; default -> 2; }", "switch (n > 1) { case 1 -> 1; default -> 2; }", "switch (n > 1) { case 'true' -> 1; default -> 2; }", "switch (1.5) { case 'a' -> 1; default -> 2; }",
    "switch (n) { case 1 -> 1; case 1 -> 2; default -> 3; }", "switch (n) { case 1, 2, 1 -> 1; default -> 3; }", "switch (s) { case 'a' -> 1; case 'b', 'a' -> 2; default -> 3; }", "switch (d) { case 1 -> 1; case 1.0 -> 2; default -> 3; }", "switch (t) { case true -> 1; case true -> 2; default -> 3; }", "switch (mixed[0]) { case 1 -> 1; case 1.0 -> 2; default -> 3; }", "switch (n) { case 0x1 -> 1; case 1 -> 2; default -> 3; }", "switch (n) { case 99999999999999999999 -> 1; default -> 2; }", "switch (new int[1]) { case 1 -> 1; default -> 2; }", "switch (new Map()) { case 1 -> 1; default -> 2; }", "switch (new DateTime(0)) { case 1 -> 1; default -> 2; }",
    "switch (n) { case 2 -> 1 / 0; default -> 2; }", "switch (longs[9]) { case 2 -> 1; default -> 2; }", "switch (n) { case 2 -> 'a'; default -> 'b'; } * 2", "switch (n) { case 2 -> 's'; default -> 5; } - 1", "int x = switch (n) { case 2 -> 's'; default -> 5; }; return x;", "switch (params) { case 1 -> 1; default -> 2; }", "switch (s) { case '\\101' -> 1; default -> 2; }", "longs.map(x -> switch (x) { case 1 -> y = 1; default -> 2; })", "if (switch (n) { case 2 -> 1; default -> 2; }) { } return 1;", "throw switch (n) { case 2 -> 'gone'; default -> 'b'; };",
]:
    case(expr, ERROR)
for expr in [
    "switch", "switch (n)", "switch n { case 1 -> 1; default -> 2; }", "switch (n) { case 1: return 1; default: return 2; }", "switch (n) { case 1: x = 1; break; }", "switch (n) { case 1 -> 1, default -> 2 }", "switch (n) { case 1 -> 1; default -> 2 }", "switch (n) { case 1 -> 1 default -> 2; }", "switch (n) { case 1 -> { return 1; } default -> 2; }", "switch (n) { case 1 => 1; default => 2; }", "switch (n) { case 1 -> 1; else -> 2; }", "switch (n) { 1 -> 1; default -> 2; }", "switch (n) { case -> 1; default -> 2; }", "switch (n) { case 1, -> 1; default -> 2; }", "switch (n) { case 1 2 -> 1; default -> 2; }", "switch (n) { case x -> 1; default -> 2; }", "switch (n) { case 1 + 1 -> 1; default -> 2; }", "switch (n) { case (1) -> 1; default -> 2; }", "switch (n) { case 1..3 -> 1; default -> 2; }",
    "switch (n) { case > 1 -> 1; default -> 2; }", "switch (n) { default -> 1; default -> 2; case 1 -> 3; }", "switch (n) { case 1 -> ; default -> 2; }", "switch (n) { case 1 -> 1; default -> ; }", "switch (n) { case 1 -> 1; default -> 2; ", "switch (n) [ case 1 -> 1; default -> 2; ]", "switch () { case 1 -> 1; default -> 2; }", "switch (n, s) { case 1 -> 1; default -> 2; }", "switch = 3;", "int switch = 3;", "case = 1;", "default = 1;", "x.switch = 1 case", "switch (n) { case 1 -> 1; default -> 2; } = 3", "match (n) { case 1 -> 1; default -> 2; }", "when (n) { 1 -> 1; else -> 2; }", "switch (n) { case 1 -> return 1; default -> 2; }", "switch (n) { case 1 -> 1; case default -> 2; }", "switch (n) { case 1 -> 1; case null, default -> 2; }", "switch (n) { case [1] -> 1; default -> 2; }", "switch (n) { case f'{n}' -> 1; default -> 2; }", "switch (n) { case +1 -> 1; default -> 2; }", "switch (n) { case --1 -> 1; default -> 2; }", "switch (n) { case int x -> 1; default -> 2; }", "switch (n) { case 1 -> 1; default -> 2; } 3", "switch (n) { case 'a' | 'b' -> 1; default -> 2; }", "switch (n) { case 1 -> 1;; default -> 2; }", "switch (n) case 1 -> 1; default -> 2;",
]:
    case(expr, SYNTAX)

write("switches", lines)
