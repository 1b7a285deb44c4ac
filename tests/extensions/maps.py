"""Makes `tests/conformance/extensions/map_functions.jsonl`: each program beside the Python that gives its value. `python3 tests/extensions/maps.py`"""

from cases import ERROR, kind, named, write

GIVEN = {
    "m": {"z": 1, "a": 2, "é": 3},
    "texts": {"k": "x", "l": "y"},
    "mixed": {"a": 1, "b": "two", "c": None, "d": [1, 2], "e": {"f": True}},
    "numbers": {"a": 1, "b": 0.5},
    "empty": {},
    "deep": {"a": {"x": 1, "y": {"p": 1}}, "b": 2, "c": {"q": 1}},
    "other": {"a": {"y": {"r": 2}, "z": 3}, "b": {"s": 1}, "c": 7, "d": {"t": 1}},
    "nulls": {"a": None, "b": None},
    "many": {f"k{i}": i for i in range(40)},
}
lines = []


def case(expr, value, ty=None):
    line = {"id": f"map-{len(lines)}", "expr": expr, "params": named(expr, GIVEN)}
    line |= {"error": "evaluation"} if value is ERROR else {"type": ty or kind(value), "value": value}
    lines.append(line)


def deep(a, b):
    merged = dict(a)
    for key, value in b.items():
        both = isinstance(merged.get(key), dict) and isinstance(value, dict)
        merged[key] = deep(merged[key], value) if both else value
    return merged


for name, given in GIVEN.items():
    values = list(given.values())
    ty = kind(values)
    case(f"{name}.isEmpty()", not given)
    case(f"{name}.values()", [float(x) for x in values] if ty == "DOUBLE_ARRAY" else values, ty)
    case(f"{name}.values().length", len(values))
    case(f"{name}.entries()", [{"key": k, "value": v} for k, v in given.items()], "LIST")
    for other, more in GIVEN.items():
        case(f"{name}.merge({other})", {**given, **more})
        case(f"{name}.mergeDeep({other})", deep(given, more))
        case(f"{name}.merge({other}).keys()", list({**given, **more}), "STRING_ARRAY" if given or more else None) if given or more else None
    case(f"{name}.merge(empty).size() == {name}.size()", True)
    for key in ["a", "z", "k7", ""]:
        rest = {k: v for k, v in given.items() if k != key}
        case(f"{name}.remove('{key}')", given.get(key))
        case(f"{name}.remove('{key}'); return {name};", rest)
        case(f"{name}.remove('{key}'); return {name}.size();", len(rest))
        case(f"x = new Map(); x.putAll({name}); x.remove('{key}'); x.put('{key}', 9); return x;", {**rest, key: 9})
        case(f"x = new Map(); x.putAll({name}); x.remove('{key}'); return x.containsKey('{key}');", False)
        case(f"x = new Map(); x.putAll({name}); x.remove('{key}'); return Json.text(x.getOrDefault('a', 5)) == Json.text(x.get('a'));", "a" in rest)
    case(f"x = new Map(); x.putAll({name}); return x;", given)
    case(f"x = new Map(); x.put('a', 0); x.putAll({name}); return x;", {"a": 0, **given})
    case(f"new Map().putAll({name}).size()", len(given))
case("new Map().isEmpty()", True)
case("x = new Map(); x.put('a', null); return x.isEmpty();", False)
case("x = new Map(); y = x.merge(m); y.put('new', 1); return m.size() + x.size();", 3)
case("x = deep.merge(empty); x.get('a').put('x', 9); return deep.get('a').get('x');", 9)
case("x = deep.mergeDeep(other); x.get('a').put('x', 9); return deep.get('a').get('x');", 1)
case("x = deep.mergeDeep(other); x.get('d').put('t', 9); return other.get('d').get('t');", 9)
case("e = m.entries(); e[0].put('value', 9); return m.get('z');", 1)
case("e = mixed.entries(); e[4].get('value').put('f', 1); return mixed.get('e').get('f');", 1)
case("x = new Map(); for (e : m.entries()) { x.put(e.get('key') + '!', e.get('value') * 2); } return x;", {"z!": 2, "a!": 4, "é!": 6})
case("n = 0; for (v : m.values()) { n += v; } return n;", 6)
case("m.putAll(m); return m.size();", 3)
case("m.values().sum()", 6)
case("texts.values().join('-')", "x-y")
case("v = m.values(); v[0] = 9; return m.get('z');", 1)
case("for (i = 0; i < 40; i += 1) { many.remove('k' + i); } return many.isEmpty();", True)
case("for (i = 0; i < 40; i += 2) { many.remove('k' + i); } return many.keys().length + many.get('k39');", 59)
case("for (i = 0; i < 40; i += 2) { many.remove('k' + i); } for (i = 0; i < 40; i += 1) { many.put('k' + i, i); } return many.keys().last() + many.keys().first();", "k38k1")
for i in range(0, 40, 5):
    case(f"x = new Map(); x.putAll(many); x.remove('k{i}'); n = 0; for (i = 0; i < 40; i += 1) {{ if (x.containsKey('k' + i)) {{ n += x.get('k' + i); }} }} return n;", 780 - i)
for wrong in [
    "m.values(1)", "m.entries(1)", "m.isEmpty(1)", "m.remove()", "m.remove(1)", "m.remove(null)", "m.putAll()", "m.putAll(1)", "m.putAll(null)", "m.merge()", "m.merge('a')", "m.merge(null)", "m.mergeDeep(1)", "m.mergeDeep(null)",
    "Map x; return x.values();", "Map x; return x.entries();", "Map x; return x.isEmpty();", "Map x; return x.remove('a');", "Map x; return x.putAll(m);", "Map x; return m.putAll(x);", "Map x; return m.merge(x);", "Map x; return x.merge(m);", "Map x; return x.mergeDeep(m);",
    "x = new Map(); x.put('x', x); return x.mergeDeep(x);", "x = new Map(); x.put('x', x); return x.merge(x);", "'a'.values()", "(5).entries()", "null.values()", "true.merge(m)", "'a'.remove('a')", "m.keys().values()",
]:
    case(wrong, ERROR)
case("x = new Map(); x.put('x', x); return x.merge(x).size();", 1)
case("x = new Map(); x.put('x', x); return x.values().length;", 1)

write("map_functions", lines)
