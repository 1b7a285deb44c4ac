"""Makes `tests/conformance/extensions/lambdas.jsonl`: each program beside the Python that gives its value. `python3 tests/extensions/lambdas.py`"""
import functools

from cases import ERROR, SYNTAX, kind, named, write

GIVEN = {
    "longs": [3, -1, 9007199254740993, 0, 3],
    "one": [7],
    "none": [],
    "doubles": [0.5, -2.25, 1e10],
    "flags": [True, False, True],
    "texts": ["b", "", "ä😀", "b"],
    "words": ["pear", "fig", "apple", "kiwi", "fig"],
    "rows": [{"n": 1, "t": "x"}, {"n": -2, "t": "y"}, {"n": 5, "t": "x"}],
    "nested": [[1, 2], [], [3]],
    "mixed": [1, "two", True, 2.5],
    "holes": [1, None, 2],
    "m": {"z": 1, "a": 2, "é": 3},
    "deep": {"a": {"n": 1}, "b": {"n": 2}},
    "empty": {},
    "limit": 2,
    "s": "text",
}
lines = []


def case(expr, value, ty=None):
    line = {"id": f"lambda-{len(lines)}", "expr": expr, "params": named(expr, GIVEN)}
    if value in (ERROR, SYNTAX) and not isinstance(value, (list, dict, str, int, float)):
        line["error"] = "evaluation" if value is ERROR else "syntax"
    else:
        ty = ty or kind(value)
        if ty == "LIST" and value and kind(value) != "LIST":
            line["expr"], value = f"{expr}.append(new Map())", value + [{}]
        if ty == "DOUBLE_ARRAY":
            value = [float(x) for x in value]
        line |= {"type": ty, "value": value}
    lines.append(line)


def java(x):
    return {True: "true", False: "false", None: "null"}[x] if x is None or isinstance(x, bool) else str(x)


# An element test in both languages, and the arrays that it can be asked of.
TESTS = [
    ("x -> x > 0", lambda x: x > 0, ["longs", "one", "doubles", "none"]),
    ("x -> x == 3", lambda x: x == 3, ["longs", "one", "none"]),
    ("x -> x * x < limit * limit + 2", lambda x: x * x < 6, ["one", "doubles", "none"]),
    ("x -> true", lambda x: True, ["longs", "one", "doubles", "flags", "texts", "rows", "nested", "mixed", "holes", "none"]),
    ("x -> false", lambda x: False, ["longs", "one", "doubles", "flags", "texts", "rows", "nested", "mixed", "holes", "none"]),
    ("x -> x", lambda x: x, ["flags"]),
    ("x -> !x", lambda x: not x, ["flags"]),
    ("t -> t == 'b'", lambda t: t == "b", ["texts", "words"]),
    ("t -> t.length() > limit", lambda t: len(t.encode("utf-16-le")) // 2 > 2, ["texts", "words"]),
    ("t -> t.contains('p') || t.isEmpty()", lambda t: "p" in t or not t, ["texts", "words"]),
    ("row -> row.get('n') > 0", lambda r: r["n"] > 0, ["rows"]),
    ("(row) -> row.get('t') == 'x' && row.get('n') > 2", lambda r: r["t"] == "x" and r["n"] > 2, ["rows"]),
    ("xs -> xs.isEmpty()", lambda xs: not xs, ["nested"]),
    ("xs -> xs.any(x -> x == 3)", lambda xs: 3 in xs, ["nested"]),
    ("x -> x.isText()", lambda x: isinstance(x, str), ["mixed", "texts"]),
    ("x -> x == null ? false : x > 1", lambda x: x is not None and x > 1, ["holes"]),
]
for source, test, names in TESTS:
    for name in names:
        xs = GIVEN[name]
        ty = "LIST" if name in ("rows", "nested", "mixed", "holes", "none") else kind(xs)
        case(f"{name}.filter({source})", [x for x in xs if test(x)], ty)
        case(f"{name}.any({source})", any(test(x) for x in xs))
        case(f"{name}.all({source})", all(test(x) for x in xs))
        case(f"{name}.none({source})", not any(test(x) for x in xs))
        case(f"{name}.count({source})", sum(bool(test(x)) for x in xs))
        found = [x for x in xs if test(x)]
        case(f"{name}.find({source})", found[0]) if found else case(f"{name}.find({source}) == null", True)

# A value for each element.
MAPS = [
    ("x -> x * 2", lambda x: x * 2, ["one", "doubles"]),
    ("x -> x + 0.5", lambda x: x + 0.5, ["one", "doubles"]),
    ("x -> '' + x", java, ["longs", "one", "flags"]),
    ("x -> 7", lambda x: 7, ["longs", "texts", "rows", "mixed"]),
    ("x -> x", lambda x: x, ["longs", "doubles", "flags", "texts", "rows", "mixed"]),
    ("x -> x > 0 ? 'up' : 'down'", lambda x: "up" if x > 0 else "down", ["longs", "doubles"]),
    ("t -> t.length()", lambda t: len(t.encode("utf-16-le")) // 2, ["texts", "words"]),
    ("t -> t.toUpperCase() + limit", lambda t: t.upper() + "2", ["words"]),
    ("row -> row.get('n')", lambda r: r["n"], ["rows"]),
    ("row -> row.get('n') > 0 ? 1.5 : 2", lambda r: 1.5 if r["n"] > 0 else 2, ["rows"]),
    ("row -> row.get('t') + row.get('n')", lambda r: r["t"] + str(r["n"]), ["rows"]),
    ("xs -> xs.length", len, ["nested"]),
    ("xs -> xs.map(x -> x + 1)", lambda xs: [x + 1 for x in xs], ["nested"]),
    ("x -> null", lambda x: None, ["longs"]),
    ("x -> one", lambda x: [7], ["flags"]),
]
for source, value, names in MAPS:
    for name in names:
        case(f"{name}.map({source})", [value(x) for x in GIVEN[name]])
case("none.map(x -> x + 1)", [], "LIST")
case("new int[0].map(x -> x + 1)", [], "LONG_ARRAY")
case("new int[0].map(x -> 'a')", [], "STRING_ARRAY")
case("nested.flatMap(xs -> xs)", [1, 2, 3])
case("words.flatMap(t -> t.split('p'))", [p for w in GIVEN["words"] for p in (w.rstrip("p").split("p") if w else [w])])
case("longs.flatMap(x -> one)", [7] * 5)
case("nested.flatMap(xs -> xs.map(x -> x * 10))", [10, 20, 30])
case("none.flatMap(x -> x)", [], "LIST")
case("rows.flatMap(r -> nested)", GIVEN["nested"] * 3)
case("flags.flatMap(x -> x ? longs.take(1) : doubles.take(1))", [3.0, 0.5, 3.0])
for wrong in ["longs.flatMap(x -> x)", "texts.flatMap(t -> t)", "mixed.flatMap(x -> x)", "longs.flatMap(x -> null)", "rows.flatMap(r -> r.get('n'))"]:
    case(wrong, ERROR)

# Keys.
def grouped(xs, key):
    groups = {}
    for x in xs:
        groups.setdefault(key(x), []).append(x)
    return groups


case("words.groupBy(t -> t.substring(0, 1))", grouped(GIVEN["words"], lambda t: t[0]))
case("texts.groupBy(t -> t)", grouped(GIVEN["texts"], lambda t: t))
case("longs.groupBy(x -> x > 0 ? 'up' : 'down')", grouped(GIVEN["longs"], lambda x: "up" if x > 0 else "down"))
case("rows.groupBy(r -> r.get('t'))", grouped(GIVEN["rows"], lambda r: r["t"]))
case("rows.groupBy(r -> r.get('t')).get('x').length", 2)
case("longs.groupBy(x -> '' + x % 2).get('1').sum()", 3 + 9007199254740993 + 3)
case("none.groupBy(x -> 'a')", {})
case("flags.groupBy(x -> '' + x)", grouped(GIVEN["flags"], java))
case("g = rows.groupBy(r -> r.get('t')); g.get('y')[0].put('n', 9); return rows[1].get('n');", 9)
case("words.associate(t -> t, t -> t.length())", {t: len(t) for t in GIVEN["words"]})
case("rows.associate(r -> r.get('t'), r -> r.get('n'))", {r["t"]: r["n"] for r in GIVEN["rows"]})
case("rows.associate(r -> r.get('t'), q -> q)", {r["t"]: r for r in GIVEN["rows"]})
case("longs.associate(x -> 'k' + x, x -> longs)", {f"k{x}": GIVEN["longs"] for x in GIVEN["longs"]})
case("none.associate(x -> 'a', x -> 1)", {})
for wrong in ["longs.groupBy(x -> x)", "longs.groupBy(x -> null)", "rows.groupBy(r -> r.get('n'))", "rows.groupBy(r -> r.get('q'))", "longs.associate(x -> x, x -> x)", "rows.associate(r -> r.get('q'), r -> 1)"]:
    case(wrong, ERROR)
KEYS = [
    ("t -> t.length()", len, ["words"]),
    ("t -> t", lambda t: t, ["words"]),
    ("t -> -t.length()", lambda t: -len(t), ["words"]),
    ("x -> 0 - x", lambda x: -x, ["longs", "doubles", "one"]),
    ("x -> 1", lambda x: 1, ["longs", "words", "rows", "mixed", "flags"]),
    ("r -> r.get('n')", lambda r: r["n"], ["rows"]),
    ("r -> r.get('t')", lambda r: r["t"], ["rows"]),
    ("x -> x ? 1 : 0", lambda x: 1 if x else 0, ["flags"]),
    ("xs -> xs.length", len, ["nested"]),
]
for source, key, names in KEYS:
    for name in names:
        xs = GIVEN[name]
        ty = kind(xs) if name not in ("rows", "nested", "mixed") else "LIST"
        case(f"{name}.sorted({source})", sorted(xs, key=key), ty)
        case(f"{name}.sortedDescending({source})", sorted(xs, key=key, reverse=True), ty)
        case(f"{name}.minBy({source})", min(xs, key=key))
        case(f"{name}.maxBy({source})", max(xs, key=key))
case("words.sorted(t -> ('' + t.length() + ' ' + t).split(' '))", sorted(GIVEN["words"], key=lambda t: (str(len(t)), t)), "STRING_ARRAY")
case("words.sortedDescending(t -> ('' + t.length() + ' ' + t).split(' '))", sorted(GIVEN["words"], key=lambda t: (str(len(t)), t), reverse=True), "STRING_ARRAY")
case("none.sorted(x -> x)", [], "LIST")
case("none.minBy(x -> x)", None)
case("new String[0].maxBy(x -> 1) == null", True)
for wrong in ["longs.sorted(x -> null)", "mixed.sorted(x -> x)", "flags.sorted(x -> x)", "longs.minBy(x -> true)", "rows.maxBy(r -> r)", "rows.sorted(r -> r.get('q'))", "nested.sorted(xs -> xs)", "mixed.maxBy(x -> x)"]:
    case(wrong, ERROR)

# reduce
case("longs.reduce(0, (sum, x) -> sum + x)", sum(GIVEN["longs"]))
case("one.reduce(2, (a, b) -> a * b)", 14)
case("none.reduce(5, (a, b) -> a * b)", 5)
case("texts.reduce('', (a, t) -> a + t + '/')", "".join(t + "/" for t in GIVEN["texts"]))
case("longs.reduce('', (a, x) -> a + x)", "".join(map(str, GIVEN["longs"])))
case("doubles.reduce(0, (a, x) -> a + x)", functools.reduce(lambda a, x: a + x, GIVEN["doubles"], 0))
case("doubles.reduce(0.0, (a, x) -> a > x ? a : x)", 1e10)
case("rows.reduce(0, (a, r) -> a + r.get('n'))", 4)
case("nested.reduce(0, (a, xs) -> a + xs.reduce(0, (b, x) -> b + x))", 6)
case("flags.reduce(true, (a, f) -> a && f)", False)
case("longs.reduce(null, (a, x) -> a == null ? x : a)", 3)
case("longs.reduce(one, (a, x) -> a.append(x))", GIVEN["one"] + GIVEN["longs"])
case("longs.reduce(0, (a, x) -> a + 0.5)", 2.5)
case("words.reduce(0, (a, t) -> a + t.length())", sum(map(len, GIVEN["words"])))
for wrong in ["longs.reduce(0, x -> x)", "longs.reduce((a, x) -> a)", "longs.reduce(0, (a, x) -> a + m)", "longs.reduce()", "longs.reduce(0)", "longs.reduce(0, 1)", "texts.reduce(0, (a, t) -> a - t)"]:
    case(wrong, ERROR)

# Maps.
ENTRIES = [("(k, v) -> v > 1", lambda k, v: v > 1), ("(k, v) -> k == 'z'", lambda k, v: k == "z"), ("(k, v) -> true", lambda k, v: True), ("(k, v) -> k.length() > limit", lambda k, v: len(k) > 2)]
for source, test in ENTRIES:
    for name in ["m", "empty"]:
        case(f"{name}.filter({source})", {k: v for k, v in GIVEN[name].items() if test(k, v)})
VALUES = [("(k, v) -> v * 2", lambda k, v: v * 2), ("(k, v) -> k + v", lambda k, v: f"{k}{v}"), ("(k, v) -> null", lambda k, v: None), ("(k, v) -> one", lambda k, v: [7])]
for source, value in VALUES:
    for name in ["m", "empty"]:
        case(f"{name}.mapValues({source})", {k: value(k, v) for k, v in GIVEN[name].items()})
case("deep.mapValues((k, v) -> v.get('n'))", {"a": 1, "b": 2})
case("deep.filter((k, v) -> v.get('n') > 1)", {"b": {"n": 2}})
case("d = deep.filter((k, v) -> true); d.get('a').put('n', 9); return deep.get('a').get('n');", 9)
case("d = m.filter((k, v) -> true); d.put('z', 9); return m.get('z');", 1)
case("m.keys().map(k -> k + m.get(k))", ["z1", "a2", "é3"])
case("m.entries().filter(e -> e.get('value') > 1).map(e -> e.get('key'))", ["a", "é"])
case("x = new Map(); x.put('a', 1); x.put('b', 2); return x.mapValues((k, v) -> v + 1).values().sum();", 5)
for wrong in ["m.filter(x -> true)", "m.mapValues(v -> v)", "longs.filter((a, b) -> true)", "longs.mapValues((k, v) -> v)", "Map q; return q.filter((k, v) -> true);", "m.map(x -> x)", "m.filter((k, v) -> v)", "s.filter((k, v) -> true)"]:
    case(wrong, ERROR)

# Chains, nesting, shadowing, places.
case("longs.filter(x -> x > 0).map(x -> x % 10).sum()", 3 + 3 + 3)
case("longs.map(x -> longs.count(y -> y == x)).sum()", 2 + 1 + 1 + 1 + 2)
case("longs.map(x -> one.map(x -> x + 1).first() + x).first()", 11)
case("x = 5; return longs.map(x -> x + 1).last() + x;", 9)
case("int x = 5; ys = one.filter(x -> x > 9); return x;", 5)
case("one.map(longs -> longs * 2)", [14])
case("one.map(limit -> limit).first() + limit", 9)
case("n = 0; for (i = 0; i < 3; i += 1) { n += longs.count(x -> x == i); } return n;", 1)
case("n = 0; while (longs.count(x -> x > n) > 2) { n += 1; } return n;", 3 if False else 0 + (lambda f: f(f, 0))(lambda f, n: n if sum(x > n for x in GIVEN["longs"]) <= 2 else f(f, n + 1)))
case("if (longs.any(x -> x == 0)) { return 'zero'; } return 'none';", "zero")
case("longs.any(x -> x == 0) && one.all(x -> x == 7) ? 1 : 2", 1)
case("true || longs.any(x -> x / 0 == 1)", True)
case("longs.any(x -> x == 3 || x / 0 == 1)", True)
case("longs.find(x -> 10 / x < 0)", -1)
case("longs.filter(x -> 10 / x < 0)", ERROR)
case("longs.map(x -> x)[1]", -1)
case("longs[one.map(x -> x - 7).first()]", 3)
case("a = longs.map(x -> x); b = a.map(x -> x + 1); return a[0] + b[0];", 7)
case("a = new int[]{1, 2}; b = a.map(x -> a[0] + x); return b.sum();", 5)
case("String.join(',', words.filter(t -> t.length() == 3))", "fig,fig")
case("words.filter(t -> t.startsWith('f')).length", 2)
case("words.map(t -> words.find(u -> u != t)).first()", "fig")
case("nested.map(xs -> xs.map(x -> xs.map(y -> x * y).sum()).sum()).sum()", 3 * 1 + 3 * 2 + 9)
case("longs . filter ( /* a */ x /* b */ -> /* c */ x > 0 /* d */ ) . length", 3)
case("longs.filter((x)->x>0).length", 3)
case("longs.filter(x\n->\nx > 0).length", 3)
case("m.filter(( k , v )->v>1).size()", 2)
case("(longs.any(x -> x > 5) ? texts : words).map(t -> t.length()).sum()", 1 + 0 + 3 + 1)
case("for (x : longs.filter(y -> y > 0)) { z = x; } return z;", 3)
case("Hash2 = 3; return one.map(Hash -> Hash + 1).first();", 8)
for wrong in [
    "longs.filter()", "longs.filter(1)", "longs.filter(true)", "longs.filter(x -> x)", "longs.filter(x -> null)", "longs.filter(x -> 'a')", "longs.filter(x -> x > 0, 1)", "longs.map(x -> x.nope())",
    "n = 0; longs.map(x -> n = x); return n;", "n = 0; longs.map(x -> n += x); return n;", "longs.map(x -> x = 1)", "a = new int[1]; longs.map(x -> a[0] = x); return a;", "longs.map(x -> m.put('a', x))", "rows.map(r -> r.put('n', 1))",
    "longs.map(x -> m.remove('a'))", "longs.map(x -> m.putAll(m))", "s.map(x -> x)", "limit.map(x -> x)", "null.map(x -> x)", "mixed[1].map(x -> x)", "Math.abs(x -> x)", "String.valueOf(x -> x)", "longs.take(x -> x)",
    "longs.forEach(x -> x)", "longs.some(x -> x > 0)", "longs.every(x -> x > 0)", "longs.map(Math -> 1)", "longs.map(params -> 1)", "longs.filter((x, i) -> true)", "texts.map(t -> t - 1)", "longs.map(x -> x.length())", "new Map(x -> x)", "m.get(x -> x)", "params.get(x -> x)", "f(x -> x)",
    "longs.all(x -> x)", "longs.count(x -> 1)", "longs.find(x -> x)", "mixed.filter(x -> x)", "mixed.map(x -> x + 1 - 1)", "one.map(x -> x / 0)", "longs.minBy(x -> x, 1)", "longs.associate(x -> 'a')",
]:
    case(wrong, ERROR)
for wrong in [
    "x -> x", "return x -> x;", "f = x -> x;", "longs.map(x -> )", "longs.map(-> x)", "longs.map(() -> 1)", "longs.map((a, b, c) -> 1)", "longs.map(1 -> x)", "longs.map(x + 1 -> x)", "longs.map(null -> 1)", "longs.map(true -> 1)", "longs.map(x -> { return x; })", "longs.map(x - > x)",
    "longs.map(x -> x -> x)", "longs.map((x -> x))", "(x -> x)(1)", "[x -> x]", "longs[x -> x]", "longs.map((a, b))", "longs.map((a, 1) -> a)", "longs.map(if -> 1)", "longs.map((a, if) -> 1)", "longs.map(x => x)", "longs.map(lambda x: x)", "longs.map(x.y -> 1)", "longs.map(x -> x; )", "x = longs.map(x -> );",
]:
    case(wrong, SYNTAX)


def same(a, b):
    """What a text is not a number of, and numbers and booleans of each other."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if a is None or b is None:
        return a is b
    return isinstance(a, bool) == isinstance(b, bool) and type(a) in (int, float, bool) and type(b) in (int, float, bool) and a == b or isinstance(a, str) and a == b


def distinct(xs, key):
    kept = []
    for x in xs:
        if not any(same(key(x), key(y)) for y in kept):
            kept.append(x)
    return kept


KEYS = [
    ("x -> x", lambda x: x, ["longs", "one", "none", "doubles", "flags", "texts", "words", "rows", "nested", "mixed", "holes"]),
    ("x -> null", lambda x: None, ["longs", "texts", "rows", "mixed", "none"]),
    ("x -> x > 0", lambda x: x > 0, ["longs", "doubles"]),
    ("x -> x * 0", lambda x: x * 0, ["longs", "doubles"]),
    ("x -> x == 3 ? 0 : x == 7 ? 'a' : 0.0", lambda x: 0 if x == 3 else "a" if x == 7 else 0.0, ["longs", "one"]),
    ("x -> x == 3 ? 1.5 : x", lambda x: 1.5 if x == 3 else x, ["longs"]),
    ("t -> t.length()", lambda t: len(t.encode("utf-16-le")) // 2, ["texts", "words"]),
    ("t -> t.length() > 3 ? t.length() : '4'", lambda t: len(t.encode("utf-16-le")) // 2 if len(t.encode("utf-16-le")) // 2 > 3 else "4", ["words"]),
    ("t -> t.split('').length > 3 ? null : t", lambda t: None if len(t) > 3 else t, ["words"]),
    ("r -> r.get('t')", lambda r: r["t"], ["rows"]),
    ("r -> r.n < 0", lambda r: r["n"] < 0, ["rows"]),
    ("r -> [r.t, r.n > 3]", lambda r: [r["t"], r["n"] > 3], ["rows"]),
    ("r -> {t: r.t}", lambda r: {"t": r["t"]}, ["rows"]),
    ("xs -> xs.length > 0", lambda xs: len(xs) > 0, ["nested"]),
    ("xs -> xs.sum() % 3", lambda xs: sum(xs) % 3, ["nested"]),
    ("x -> x.isText()", lambda x: isinstance(x, str), ["mixed"]),
    ("x -> x ?? 2", lambda x: 2 if x is None else x, ["holes"]),
]
for source, key, names in KEYS:
    for name in names:
        xs = GIVEN[name]
        ty = "LIST" if name in ("rows", "nested", "mixed", "holes", "none") else kind(xs)
        case(f"{name}.distinct({source})", distinct(xs, key), ty)
        if name != "none":
            case(f"{name}.concat({name}).distinct({source}).length", len(distinct(xs, key)))
case("a = new int[3000]; for (int i = 0; i < 3000; i += 1) a[i] = i * 7919 % 1000; return a.distinct(x -> x).length;", 1000)
case("a = new int[3000]; for (int i = 0; i < 3000; i += 1) a[i] = i * 7919 % 1000; return a.distinct().length;", 1000)
case("a = new int[3000]; for (int i = 0; i < 3000; i += 1) a[i] = i; return a.distinct(x -> x / 2.0 * 2).length;", 3000)
case("new double[]{0.0 / 0.0, 1.0, 0.0 / 0.0}.distinct(x -> x).length", 2)
case("new double[]{0.0, -0.0}.distinct(x -> x).length", 1)
case("[9007199254740993, 9007199254740992].distinct(x -> x == 9007199254740993 ? x : 9007199254740992.0).length", 2)
case("[1, 2].distinct(x -> x == 1 ? 9223372036854775807 : 9223372036854775808.0).length", 2)
for wrong in ["longs.distinct(x -> )", "longs.distinct((a, b, c) -> a)"]:
    case(wrong, SYNTAX)
for wrong in ["longs.distinct((a, b) -> a)", "longs.distinct(x -> x, 1)", "longs.distinct(x -> x / 0)", "s.distinct(x -> x)", "m.distinct(x -> x)"]:
    case(wrong, ERROR)

write("lambdas", lines)
