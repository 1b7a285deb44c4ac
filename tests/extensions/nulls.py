"""Makes `tests/conformance/extensions/nulls.jsonl`: `??` and `?.`, each program beside the Python that gives its value.
`python3 tests/extensions/nulls.py`"""
from cases import ERROR, SYNTAX, kind, named, write

GIVEN = {
    "nil": None,
    "n": 7,
    "zero": 0,
    "d": 1.5,
    "s": "a",
    "empty": "",
    "t": True,
    "f": False,
    "k": "z",
    "longs": [3, -1, 0],
    "none": [],
    "texts": ["b", "", "b"],
    "mixed": [1, "two", None, {"x": 5}],
    "m": {"z": 1, "nil": None, "size": 9, "b c": {"d": [7, 8], "nil": None}, "in": "i", "s": "text"},
    "rows": [{"id": 1, "tags": ["x", "y"]}, {"id": None}, {}],
}
lines = []


def first(*values):
    """The first that is not null, of those that are computed."""
    return next((value for value in values if value is not None), None)


def at(value, *keys):
    """What is read by keys, each of which may be absent; null goes on to null."""
    for key in keys:
        if value is None:
            return None
        value = value[key] if isinstance(value, list) else value.get(key)
    return value


def case(expr, value):
    outcome = {"error": "evaluation"} if value is ERROR else {"error": "syntax"} if value is SYNTAX else {"type": kind(value), "value": value}
    given = {} if value is SYNTAX else GIVEN if "params" in expr else named(expr, GIVEN)
    lines.append({"id": f"nulls-{len(lines)}", "expr": expr} | ({"params": given} if given else {}) | outcome)


m, rows, mixed = GIVEN["m"], GIVEN["rows"], GIVEN["mixed"]
# `??`
for name in ["nil", "n", "zero", "d", "s", "empty", "t", "f", "longs", "none", "texts", "mixed", "m", "rows"]:
    for other, value in [("5", 5), ("'other'", "other"), ("2.5", 2.5), ("false", False), ("null", None), ("[1, 2]", [1, 2]), ("{a: 1}", {"a": 1})]:
        case(f"{name} ?? {other}", first(GIVEN[name], value))
for expr, value in [
    ("null ?? 1", 1), ("null ?? null", None), ("null ?? null ?? 'x'", "x"), ("1 ?? 2", 1), ("0 ?? 2", 0), ("'' ?? 'x'", ""), ("false ?? true", False), ("0.0 ?? 1.0", 0.0), ("-0.0 ?? 1.0", -0.0),
    ("nil ?? nil ?? n", 7), ("nil ?? n ?? s", 7), ("nil ?? nil ?? nil", None), ("nil ?? nil ?? nil ?? nil ?? 'end'", "end"), ("(nil ?? nil) ?? n", 7), ("nil ?? (nil ?? n)", 7), ("n ?? nil ?? s", 7),
    ("nil ?? n + 1", 8), ("nil ?? 1 + n * 2", 15), ("n ?? 1 + 1", 7), ("nil ?? n == 7", True), ("nil ?? n > 8", False), ("nil ?? t && f", False), ("nil ?? f || t", True), ("f || t ?? nil", True), ("t && f ?? nil", False), ("n + 1 ?? 2", 8), ("n == 7 ?? f", True),
    ("nil ?? n in [7]", True), ("(nil ?? n) in [7]", True), ("7 in (nil ?? [7])", True), ("!(nil ?? f)", True), ("-(nil ?? n)", -7), ("(nil ?? n) + 1", 8), ("1 + (nil ?? n)", 8), ("(nil ?? s) + (nil ?? n)", "a7"), ("'' + (nil ?? s)", "a"), ("'v' + nil ?? s", "vnull"),
    ("nil ?? t ? 1 : 2", 1), ("nil ?? f ? 1 : 2", 2), ("t ? nil ?? 1 : 2", 1), ("f ? 1 : nil ?? 2", 2), ("t ? nil ?? nil ?? 3 : 4", 3), ("(t ? nil : 1) ?? 5", 5), ("(f ? nil : 1) ?? 5", 1), ("t ? nil : 1 ?? 5", None), ("nil ?? (t ? 1 : 2)", 1), ("nil ?? t ? nil ?? 3 : 4", 3),
    ("x = nil ?? 3; return x;", 3), ("x = nil ?? nil; return x;", ERROR), ("x = s ?? 'q'; return x.length();", 1), ("String x = nil ?? 'q'; return x;", "q"), ("int x = nil ?? 4; return x;", 4), ("long x = n ?? 4; return x;", 7), ("double x = nil ?? 1.5; return x;", 1.5), ("boolean x = nil ?? true; return x;", True),
    ("x = 1; y = nil ?? (x = 2); return x + y;", 4), ("x = 1; y = n ?? (x = 2); return x + y;", 8), ("x = 1; y = nil ?? n ?? (x = 2); return x;", 1), ("x = 0; y = (x = 5) ?? 6; return x + y;", 10),
    ("n ?? 1 / 0", 7), ("s ?? texts[9]", "a"), ("nil ?? n ?? 1 / 0", 7), ("1 ?? texts[9]", 1), ("nil ?? longs[1]", -1), ("longs[1] ?? 5", -1), ("mixed[2] ?? 'none'", "none"), ("mixed[0] ?? 'none'", 1), ("mixed[1] ?? 5", "two"),
    ("m.get('q') ?? 5", 5), ("m.get('z') ?? 5", 1), ("m.get('nil') ?? m.get('z')", 1), ("m.nil ?? 'x'", "x"), ("m['nil'] ?? 'x'", "x"), ("m.z ?? 'x'", 1), ("(m.get('b c') ?? m).size()", 2), ("(m.get('q') ?? m).size()", 6), ("(nil ?? 'abc').length()", 3), ("(nil ?? longs)[0]", 3), ("(nil ?? longs).length", 3),
    ("params.nil ?? 1", 1), ("params.n ?? 1", 7), ("params['nope'] ?? 1", 1), ("params.get('nope') ?? 'x'", "x"), ("params.get(k) ?? 'x'", "x"), ("[nil ?? 1, n ?? 2]", [1, 7]), ("[nil ?? 1, s ?? 2]", [1, "a"]), ("({a: nil ?? 1})", {"a": 1}), ("longs[nil ?? 1]", -1), ("Math.max(nil ?? 3, n ?? 1)", 7),
    ("longs.map(x -> nil ?? x)", [3, -1, 0]), ("mixed.map(x -> x ?? 'none')", [1, "two", "none", {"x": 5}]), ("longs.filter(x -> nil ?? x > 0)", [3]), ("rows.map(r -> r.get('id') ?? -1)", [1, -1, -1]), ("rows.map(r -> r.get('id') ?? -1).sum()", -1), ("x = 2; return longs.map(y -> nil ?? x).sum();", 6),
    ("c = 0; for (x : [1, null, 2]) { c += x ?? 10; } return c;", 13), ("c = 0; for (i = 0; i < 3; i += 1) { c += (i == 1 ? nil : i) ?? 10; } return c;", 12), ("i = 0; while ((nil ?? i) < 4) { i += 1; } return i;", 4), ("if (nil ?? t) { return 'y'; } return 'n';", "y"), ("String x; return x ?? 'unset';", "unset"),
    ("Map x; return x ?? {a: 1};", {"a": 1}), ("String x; y = x ?? null; return y == null;", ERROR), ("new Map() ?? 1", {}), ("nil ?? new int[2]", [0, 0]), ("nil??n", 7), ("nil/* a */??/* b */n", 7), ("nil\n??\nn", 7), ("return nil ?? n;", 7), ("{ return nil ?? n; }", 7),
    ("throw_ = nil ?? 'x'; return throw_;", "x"), ("nil ?? [] ", []), ("(nil ?? []).length", 0), ("t ?? f ?? nil", True), ("n ?? s ? 1 : 2", ERROR), ("x = n ?? 's'; x = 3; return x;", 3),
]:
    case(expr, value)
for expr in [
    "nil ?? 1 / 0", "nil ?? texts[9]", "m.q ?? 0", "m['q'] ?? 0", "rows[2].id ?? 0", "rows[9] ?? 0", "nil.x ?? 1", "nil.length() ?? 1", "1 / 0 ?? 5", "int x = nil ?? 'q'; return x;", "String x = n ?? 's'; return x;", "boolean x = nil ?? 1; return x;", "-(nil ?? s)", "!(nil ?? n)", "(nil ?? s) - 1", "(nil ?? n).length()",
    "if (nil ?? n) { } return 1;", "longs[nil ?? s]", "(nil ?? nil).length()", "params ?? 1", "Math ?? 1", "longs.map(x -> x ?? (y = 1))", "throw nil ?? 'gone';", "nil ?? m.q",
]:
    case(expr, ERROR)
for expr in [
    "?? 1", "1 ??", "1 ?? ?? 2", "1 ??? 2", "1 ? ? 2 : 3", "a ??= 1", "a ?? b = 1", "a ?? = 1", "(a ?? b) = 1", "(1 ??) 2", "1 ?? ;", "1 ?? )", "[1 ?? ]", "1 ?? : 2", "t ? 1 ?? : 2", "?? ", "x = ?? 1;", "1 ?? x -> 1", "1 ?? return 1;", "n ?: 1", "nil ??? n",
]:
    case(expr, SYNTAX)

# `?.`
for expr, value in [
    ("m?.z", 1), ("m?.q", None), ("m?.nil", None), ("nil?.q", None), ("m?.['z']", 1), ("m?.['q']", None), ("nil?.['q']", None), ("m?.[k + '']", 1), ("m?.[k + 'x']", None), ("m?.size", 9), ("m?.size()", 6), ("nil?.size()", None), ("m?.in", "i"), ("m ?. z", 1), ("m?.\n z", 1), ("m?./* c */z", 1), ("m?.z?.x", ERROR),
    ("m?.q?.x", None), ("m?.q.x", None), ("m?.q.x.y.z", None), ("m?.q.size()", None), ("m?.q[0]", None), ("m?.q['x'].y[3].size()", None), ("nil?.a.b.c", None), ("nil?.trim().length()", None), ("nil?.[0].x", None), ("nil?.take(1 / 0)", None), ("nil?.take(longs[9])", None), ("m?.nil?.x", None), ("m?.nil.x", ERROR), ("m?.nil.size()", ERROR),
    ("m?.['b c']?.d?.[1]", 8), ("m?.['b c'].d[1]", 8), ("m?.['b c']?.nil?.x", None), ("m?.['b c']?.q?.x", None), ("m['b c']?.d", [7, 8]), ("m['b c']?.e", None), ("m?.['q']?.d?.[1]", None), ("m?.['b c'].e", ERROR), ("m?.['b c']?.d?.[5]", ERROR), ("m?.['b c'].d?.length", 2), ("m?.q.d?.length", None),
    ("s?.length()", 1), ("nil?.length()", None), ("s?.length", ERROR), ("longs?.length", 3), ("nil?.length", None), ("mixed?.length", 4), ("longs?.[1]", -1), ("nil?.[1]", None), ("longs?.[9]", ERROR), ("mixed?.[3]?.x", 5), ("mixed?.[2]?.x", None), ("mixed[2]?.x", None), ("mixed[3]?.x", 5), ("mixed[3]?.y", None), ("mixed[0]?.x", ERROR), ("mixed[1]?.length()", 3), ("mixed[2]?.length()", None),
    ("s?.trim()?.length()", 1), ("s?.trim().length()", 1), ("s?.trim()?.substring(0, 1)?.length()", 1), ("texts?.[0]?.length()", 1), ("(nil?.x)", None), ("(m?.q).x", ERROR), ("(m?.q)?.x", None), ("(nil?.x).y", ERROR), ("(m?.z) + 1", 2), ("m?.z + 1", 2), ("-m?.z", -1), ("m?.z == 1", True), ("m?.q == null", True), ("m?.q == 5", False), ("null == m?.q", True),
    ("m?.q ?? 5", 5), ("m?.z ?? 5", 1), ("m?.nil ?? 5", 5), ("m?.q?.x ?? m?.z", 1), ("m?.['b c']?.e ?? 'none'", "none"), ("nil?.x ?? nil?.y ?? 3", 3), ("rows[0]?.id ?? 0", 1), ("rows[1]?.id ?? 0", 0), ("rows[2]?.id ?? 0", 0), ("rows.map(r -> r?.id ?? 0)", [1, 0, 0]), ("rows.map(r -> r?.tags?.length ?? 0)", [2, 0, 0]), ("'' + rows.map(r -> r?.tags?.[1])", "[y, null, null]"),
    ("rows.filter(r -> r?.id != null).length", 1), ("rows.any(r -> r?.tags?.contains('y') ?? false)", True), ("'' + m?.q", "null"), ("'v' + m?.z", "v1"), ("[m?.z, m?.q]", [1, None]), ("({a: m?.q})", {"a": None}), ("m?.z in [1]", True), ("'d' in m?.['b c']", True), ("n > 5?.5:1", 0.5), ("t?.5:1", 0.5), ("t ? .5 : 1", 0.5), ("f?.5:.25", 0.25), ("t ?.5 : 1", 0.5),
    ("t ? m?.z : 2", 1), ("f ? 1 : m?.q", None), ("m?.z ? 1 : 2", ERROR), ("x = m?.q; return x == null;", ERROR), ("m?.q + 1", "null1"), ("m?.q.x + 1", "null1"), ("(nil ?? nil) + 1", "null1"), ("m?.q > 1", False), ("x = m?.s; return x + '!';", "text!"), ("x = m?.s?.length(); return x + 1;", 5), ("x = nil?.substring(y = 3); return x == null;", True), ("y = 1; x = nil?.substring(y = 3); return y;", 1), ("y = 1; x = s?.substring(y = 0); return y + x;", "0a"), ("y = 1; x = m?.q.substring(y = 3); return y;", 1),
    ("params?.n", 7), ("params?.nope", None), ("params?.nope ?? 'x'", "x"), ("params?.['n']", 7), ("params?.['nope']", None), ("params?.nope.x.y", None), ("params?.m.z", 1), ("params?.m?.q", None), ("params?.m.q", ERROR), ("params?.nil", None), ("params?.nil?.x", None), ("params?.[k]", None), ("params?.[s + '']", None), ("params?.['s']?.length()", 1), ("params?.get('n')", 7),
    ("params.m?.q", None), ("params.m?.z", 1), ("params['m']?.['z']", 1), ("params.nil?.x", None), ("String x; return x?.length();", None), ("String x; return x?.trim() ?? 'unset';", "unset"), ("String x; y = x?.trim(); return y == null;", True), ("Map x; return x?.a;", None), ("Map x; return x?.size() ?? 0;", 0), ("Map x; return x?.a.b.c;", None), ("{a: 1}?.a", 1), ("{a: 1}?.b", None), ("[1]?.[0]", 1), ("'abc'?.length()", 3), ("new Map()?.q", None), ("new Map()?.size()", 0),
    ("new DateTime(0)?.getMillis()", 0), ("c = 0; for (r : rows) { c += r?.tags?.length ?? 10; } return c;", 22), ("i = 0; while (m?.q == null && i < 3) { i += 1; } return i;", 3), ("if (m?.q == null) { return 'none'; } return 'some';", "none"), ("{ return m?.z; }", 1), ("return m?.['z'];", 1), ("longs[m?.z]", -1), ("m?.['' + (m?.q ?? 'z')]", 1), ("m?.['' + (m?.s ?? 'z')]", None), ("m?.get('z')", 1), ("m?.get(m?.q ?? 'z')", 1), ("m?.keys()?.length", 6), ("longs?.map(x -> x + 1)", [4, 0, 1]), ("nil?.map(x -> x + 1)", None), ("longs?.filter(x -> x > 0)?.length", 1),
    ("longs?.map(x -> m?.q ?? x)?.sum()", 2), ("mixed.map(x -> x?.x)", ERROR), ("rows.map(r -> r?.tags?.map(t -> t + '!') ?? [])", [["x!", "y!"], [], []]), ("x = {a: {b: null}}; return x?.a?.b?.c;", None), ("x = {a: {b: {c: 4}}}; return x?.a?.b?.c;", 4), ("x = {a: {b: null}}; return x?.a.b?.c;", None), ("x = {a: {}}; return x?.a.b?.c;", ERROR), ("x = {a: {}}; return x?.a?.b.c;", None), ("x = m?.z ?? 0; x = 3; return x;", 3), ("m.switch", ERROR), ("{switch: 1, if: 2}.if", 2), ("{default: 4}?.default", 4), ("{class: 4}?.new", None), ("{int: {for: 1}}.int.for", 1),
]:
    case(expr, value)
for expr in [
    "s?.foo()", "m?.z.x", "m?.s.foo()", "n?.x", "d?.x", "t?.x", "longs?.first", "longs?.['a']", "m?.[1]", "m?.[true]", "m?.[null]", "mixed?.['a']", "m?.z?.x ?? 1", "m?.s?.x", "m.q?.x", "m['q']?.x", "rows[5]?.id", "m?.z.foo()", "s?.substring(9)", "s?.length(1)", "String t2; return m?.[t2];", "-m?.q", "!m?.q", "int x = m?.q; return x;", "nope3()?.x",
]:
    case(expr, ERROR)
for expr in [
    "m?.", "m?.1", "m?.'a'", "m?. ", "m?.()", "m?.(x)", "m?..x", "m?.[", "m?.[]", "m?.[1", "?.x", "m ? . x", "m?.x = 1", "longs.map(x -> m?.z = 1)", "m?.['x'] = 1", "m?.x += 1", "m?.[0] = 1", "m?.x++", "m?.x.y = 1", "m?.x?.y = 1", "m??.x", "m?.?.x", "m?.x?", "m?.if(1", "m.?x", "m!.x", "m&.x", "m?->x", "m?.[0)", "new?.x", "m?.new Map()",
]:
    case(expr, SYNTAX)

# `params.getOrDefault`: what is given, be it null; else the other value, which is evaluated only then.
for name in [*GIVEN, "nope", "nil2"]:
    for other, value in [("5", 5), ("'other'", "other"), ("null", None), ("[1, 2]", [1, 2])]:
        case(f"params.getOrDefault('{name}', {other})", GIVEN.get(name, value))
for expr, value in [
    ("params.getOrDefault(k, 4)", 4), ("params.getOrDefault(s + '', 4)", 4), ("params.getOrDefault('' + 'n', 4)", 7), ("a = 'n'; return params.getOrDefault(a, 4);", 7), ("params.getOrDefault('n', 1 / 0)", 7),
    ("params.getOrDefault('nope', 1 / 0)", ERROR), ("params.getOrDefault('nope', 1 + 2 * 3)", 7), ("params.getOrDefault('nope', n) + 1", 8), ("params.getOrDefault('n', 0) + 1", 8), ("params.getOrDefault('s', 'x').length()", 1), ("params.getOrDefault('nope', 'xyz').length()", 3),
    ("params.getOrDefault('m', {q: 1}).size()", 6), ("params.getOrDefault('nope', {q: 1}).q", 1), ("params.getOrDefault('longs', [])[1]", -1), ("params.getOrDefault('nope', [4, 5])[1]", 5), ("params.getOrDefault('nope', params.getOrDefault('nope2', params.getOrDefault('n', 1)))", 7),
    ("params.getOrDefault('nil', 3) ?? 4", 4), ("params.getOrDefault('nope', null) ?? 4", 4), ("x = 1; y = params.getOrDefault('nope', (x = 5)); return x + y;", 10), ("x = 1; y = params.getOrDefault('n', (x = 5)); return x + y;", 8), ("if (params.getOrDefault('nope', false)) { return 1; } return 2;", 2),
    ("params.getOrDefault('t', false) ? 'y' : 'n'", "y"), ("f'{params.getOrDefault('nope', 'none')}'", "none"), ("longs.map(x -> x + params.getOrDefault('n', 0)).sum()", 23), ("longs.map(x -> x + params.getOrDefault('nope', 1)).sum()", 5), ("params?.getOrDefault('n', 3)", 7),
    ("params.getOrDefault('n')", ERROR), ("params.getOrDefault()", ERROR), ("params.getOrDefault('n', 1, 2)", ERROR), ("params.getOrDefault(1, 2)", ERROR), ("params.getOrDefault(null, 2)", ERROR), ("params.getOrDefault", None),
]:
    if value is not None:
        case(expr, value)

write("nulls", lines)
