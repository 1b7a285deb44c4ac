"""Makes `tests/conformance/extensions/lists.jsonl`: each program beside the Python that gives its value. `python3 tests/extensions/lists.py`"""
import functools
import math

from cases import ERROR, KINDS, named, write

GIVEN = {
    "longs": [3, -1, 9007199254740993, 0, 3],
    "one": [7],
    "none": [],
    "doubles": [0.5, -2.25, 1e10],
    "flags": [True, False, True],
    "texts": ["b", "", "ä😀", "b"],
    "holes": ["x", None, "y"],
    "rows": [{"n": 1, "t": "x"}, {"n": -2, "t": "y"}],
    "nested": [[1, 2], [], [3]],
    "mixed": [1, "two", True, 2.5, None],
    "numbers": [2, 0.5, -7, 2.0, 9007199254740993, 9007199254740992.0],
    "ends": [9223372036854775807, 1, -9223372036854775808],
    "words": ["pear", "fig", "apple", "Fig", "äpfel", "\uffff", "😀", "a", "apple pie", ""],
    "many": [(i * 7919) % 101 for i in range(101)],
    "same": [2, 2, 2],
    "m": {"z": 1, "a": [1, "x"]},
    "s": "text",
    "n": 5,
}
NAN = float("nan")
LONGS, DOUBLES, BOOLEANS, TEXTS, LIST = "LONG_ARRAY", "DOUBLE_ARRAY", "BOOLEAN_ARRAY", "STRING_ARRAY", "LIST"
lines = []


def kind(value):
    """The type of a value, an array's by the rule of literals, but that numbers of both kinds make a LIST, as a host's do."""
    if not isinstance(value, list):
        return KINDS[type(value)]
    kinds = {type(element) for element in value}
    if str in kinds and kinds <= {str, type(None)}:
        return TEXTS
    arrays = {int: LONGS, float: DOUBLES, bool: BOOLEANS}
    return arrays.get(next(iter(kinds)), LIST) if len(kinds) == 1 else LIST


def shown(value):
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    return [shown(element) for element in value] if isinstance(value, list) else value


def case(expr, value, ty=None):
    line = {"id": f"list-{len(lines)}", "expr": expr, "params": named(expr, GIVEN)}
    if value is not ERROR and ty == LIST and value and kind(value) != LIST:
        # As JSON it were an array of one kind.
        line["expr"], value = f"{expr}.append(new Map())", value + [{}]
    if value is ERROR:
        line["error"] = "evaluation"
    else:
        line |= {"type": ty or kind(value), "value": shown(value)}
    lines.append(line)


def order(a, b):
    """SEL's `<` on numbers, exactly, and `compareTo` on texts."""
    if isinstance(a, str):
        a, b = (tuple(memoryview(x.encode("utf-16-be")).cast("B")) for x in (a, b))
        return (a > b) - (a < b)
    if isinstance(a, float) and math.isnan(a) or isinstance(b, float) and math.isnan(b):
        a, b = (isinstance(x, float) and math.isnan(x) for x in (a, b))
    elif a == b == 0:
        a, b = (math.copysign(1, x) for x in (a, b))
    return (a > b) - (a < b)


ORDER = functools.cmp_to_key(order)
WRAP = lambda n: (n + 2**63) % 2**64 - 2**63
ARRAYS = ["longs", "one", "doubles", "flags", "texts", "rows", "nested", "mixed", "numbers", "words", "many"]

for name in ARRAYS + ["none"]:
    xs = GIVEN[name]
    ty = kind(xs)
    case(f"{name}.isEmpty()", not xs)
    case(f"{name}.first()", xs[0] if xs else None)
    case(f"{name}.last()", xs[-1] if xs else None)
    for n in [0, 1, 2, len(xs), len(xs) + 1, 2**63 - 1]:
        case(f"{name}.take({n})", xs[:n], ty)
        case(f"{name}.drop({n})", xs[n:], ty)
    for n in [-1, -(2**63)]:
        case(f"{name}.take({n})", ERROR)
        case(f"{name}.drop({n})", ERROR)
    for a, b in [(0, 0), (0, len(xs)), (len(xs), len(xs)), (0, 1), (1, 2)]:
        case(f"{name}.slice({a}, {b})", xs[a:b] if b <= len(xs) else ERROR, ty)
    for a, b in [(1, 0), (-1, 0), (0, len(xs) + 1), (0, -1)]:
        case(f"{name}.slice({a}, {b})", ERROR)
    case(f"{name}.reversed()", xs[::-1], ty)
    case(f"{name}.concat({name})", xs + xs, ty)
    for n in [1, 2, 100]:
        case(f"{name}.chunks({n})", [xs[i : i + n] for i in range(0, len(xs), n)], LIST) if ty != LIST else case(f"{name}.chunks({n}).length", math.ceil(len(xs) / n))
    case(f"{name}.chunks(0)", ERROR)
    case(f"{name}.indexed()", [{"index": i, "value": x} for i, x in enumerate(xs)], LIST)
    case(f"{name}.zip(texts).length", min(len(xs), 4))

case("new double[]{0.0 / 0.0, -0.0}.first()", NAN)
case("new double[]{0.0 / 0.0, -0.0}.last()", -0.0)
case("new int[0].isEmpty()", True)
case("new boolean[2].isEmpty()", False)
for new in ["int[0]", "double[0]", "boolean[0]"]:
    case(f"new {new}.first()", None)
    case(f"new {new}.last()", None)
case("new String[0].first() == null", True)
case("new String[1].last() == null", True)
case("holes.take(2)", ["x", None], TEXTS)
case("holes.drop(1)", [None, "y"], TEXTS)
case("holes.reversed()", ["y", None, "x"], TEXTS)
case("holes.first()", "x")
case("nested.first()", [1, 2], LONGS)
case("nested.last().first()", 3)
case("nested.drop(1).first().isEmpty()", True)
case("rows.last().get('t')", "y")
case("mixed.slice(1, 4)", ["two", True, 2.5], LIST)
case("mixed.take(1)", [1], LIST)
case("a = new int[]{1, 2, 3}; b = a.take(2); b[0] = 9; return a;", [1, 2, 3])
case("a = new int[]{1, 2, 3}; b = a.reversed(); a[0] = 9; return b;", [3, 2, 1])
case("r = rows.reversed(); r[0].put('n', 5); return rows[1].get('n');", 5)
case("r = rows.take(1); r.first().put('n', 5); return rows[0].get('n');", 5)
case("c = nested.chunks(2); a = c[0][0]; a[0] = 8; return nested[0][0];", 8)
case("longs.take(3).drop(1).first()", -1)
case("'' + longs.take(2)", "[3, -1]")
case("longs.length - longs.drop(2).length", 2)
case("longs.first() + 1", 4)
case("doubles.last() * 2", 2e10)
case("texts.first() + texts.last()", "bb")
case("texts.first().length()", 1)
case("'a,b,c'.split(',').drop(1).first()", "b")
case("for (x : longs.take(2)) { n2 = x; } return n2;", -1)
case("flags.first() ? 1 : 2", 1)

# append, concat
case("longs.append(4)", GIVEN["longs"] + [4])
case("longs.append(longs.first())", GIVEN["longs"] + [3])
case("doubles.append(4)", GIVEN["doubles"] + [4.0])
case("doubles.append(-0.0)", GIVEN["doubles"] + [-0.0])
case("flags.append(false)", GIVEN["flags"] + [False])
case("texts.append('é')", GIVEN["texts"] + ["é"])
case("texts.append(null)", GIVEN["texts"] + [None])
case("mixed.append(longs).length", 6)
case("mixed.append(null)", GIVEN["mixed"] + [None])
case("none.append(1)", [1], LIST)
case("none.append('a').append(2)", ["a", 2])
case("rows.append(m).last().get('z')", 1)
case("new int[0].append(5)", [5])
case("x = new int[0]; for (i = 0; i < 5; i += 1) { x = x.append(i * i); } return x;", [0, 1, 4, 9, 16])
for wrong in ["longs.append(1.5)", "longs.append('a')", "longs.append(null)", "doubles.append('1')", "doubles.append(null)", "flags.append(1)", "texts.append(1)", "texts.append(m)", "longs.append()", "longs.append(1, 2)", "longs.append(mixed[1])"]:
    case(wrong, ERROR)
case("longs.concat(one)", GIVEN["longs"] + [7])
case("one.concat(none)", [7])
case("none.concat(one)", [7], LIST)
case("doubles.concat(one)", GIVEN["doubles"] + [7.0])
case("texts.concat(holes)", GIVEN["texts"] + GIVEN["holes"])
case("mixed.concat(longs).length", 10)
case("mixed.concat(flags)", GIVEN["mixed"] + GIVEN["flags"])
case("longs.concat(numbers.take(1))", GIVEN["longs"] + [2])
case("doubles.concat(numbers)", GIVEN["doubles"] + [float(x) for x in GIVEN["numbers"]])
for wrong in ["longs.concat(doubles)", "longs.concat(1)", "longs.concat(null)", "longs.concat(texts)", "flags.concat(longs)", "texts.concat(longs)", "longs.concat(mixed)", "longs.concat('a')", "longs.concat()", "doubles.concat(mixed)"]:
    case(wrong, ERROR)

# sorted, min, max
for name in ["longs", "one", "doubles", "texts", "numbers", "ends", "words", "many", "same", "none"]:
    xs = GIVEN[name]
    case(f"{name}.sorted()", sorted(xs, key=ORDER), kind(xs))
    case(f"{name}.sortedDescending()", sorted(xs, key=ORDER, reverse=True), kind(xs))
    case(f"{name}.min()", min(xs, key=ORDER) if xs else None)
    case(f"{name}.max()", max(xs, key=ORDER) if xs else None)
    case(f"{name}.sorted().first() == {name}.min()", True)
odd = [0.0, NAN, -0.0, math.inf, -math.inf, 1.5, NAN, -1.0]
made = "new double[]{0.0, 0.0 / 0.0, -0.0, 1.0 / 0.0, -1.0 / 0.0, 1.5, 0.0 / 0.0, -1.0}"
infinite = lambda x: "Infinity" if x == math.inf else "-Infinity" if x == -math.inf else x
for suffix, reverse in [("sorted()", False), ("sortedDescending()", True)]:
    for i, x in enumerate(sorted(odd, key=ORDER, reverse=reverse)):
        case(f"{made}.{suffix}[{i}]", infinite(x), "DOUBLE")
case(f"{made}.min()", "-Infinity", "DOUBLE")
case(f"{made}.max()", NAN)
case("new double[]{0.0, -0.0}.min()", -0.0)
case("new double[]{-0.0, 0.0}.max()", 0.0)
case("none.append(0).append(-0.0).min()", -0.0)
case("none.append(-0.0).append(0).max()", 0)
case("none.append(2).append(2.0).max()", 2)
case("none.append(2.0).append(2).min()", 2.0)
case("none.append(1).append(0.0 / 0.0).max()", NAN)
case("none.append(9223372036854775807).append(9223372036854775808.0).max()", 9223372036854775808.0)
case("none.append(9223372036854775807).append(9223372036854775808.0).min()", 9223372036854775807)
case("none.append(-9223372036854775807).append(-9223372036854775808.0).min()", -9223372036854775808.0)
case("none.append(-1).append(-1.5).sorted()", [-1.5, -1], LIST)
case("none.append(1).append(0.5).append(1.5).sorted()", [0.5, 1, 1.5], LIST)
case("longs.sorted().reversed()[0]", 9007199254740993)
case("a = new int[]{3, 1}; b = a.sorted(); return a[0];", 3)
for wrong in ["holes", "rows", "nested", "mixed", "flags", "s", "n", "m"]:
    case(f"{wrong}.sorted()", ERROR)
    case(f"{wrong}.sortedDescending()", ERROR)
    case(f"{wrong}.min()", ERROR)
    case(f"{wrong}.max()", ERROR)
for wrong in ["longs.append(1).concat(none.append('a')).sorted()", "none.append(1).append('a').sorted()", "none.append('a').append(1).min()", "none.append(null).sorted()", "none.append(1).append(null).max()", "none.append(true).sorted()", "null.sorted()", "longs.sorted(1, 2)", "longs.min(1)"]:
    case(wrong, ERROR)

# sum, average
for name in ["longs", "one", "ends", "many", "same", "none"]:
    xs = GIVEN[name]
    case(f"{name}.sum()", WRAP(sum(xs)))
    case(f"{name}.average()", float(sum(xs)) / len(xs) if xs else None)
case("doubles.sum()", sum(GIVEN["doubles"]))
case("doubles.average()", sum(GIVEN["doubles"]) / 3)
case("numbers.sum()", functools.reduce(lambda a, b: a + b, GIVEN["numbers"], 0))
case("new double[]{0.1, 0.2, 0.3}.sum()", 0.0 + 0.1 + 0.2 + 0.3)
case("new double[]{1e16, 1.0, -1e16}.sum()", 1e16 + 1.0 - 1e16)
case("new double[]{-0.0}.sum()", 0.0)
case("new double[0].sum()", 0.0)
case("new int[0].sum()", 0)
case("new int[0].average()", None)
case("new double[0].average()", None)
case("new double[]{1.0 / 0.0, -1.0 / 0.0}.sum()", NAN)
case("new double[]{0.0 / 0.0}.average()", NAN)
case("new int[]{9223372036854775807, 1}.sum()", -9223372036854775808)
case("new int[]{9223372036854775807, 9223372036854775807}.average()", float(2**63 - 1))
case("none.append(1).append(2.5).sum()", 3.5)
case("none.append(1).append(2).sum()", 3)
case("none.append(0.5).append(1).average()", 0.75)
case("longs.sum() + 1", sum(GIVEN["longs"]) + 1)
case("longs.drop(3).sum() / 2", 1)
for wrong in ["texts", "holes", "flags", "rows", "nested", "mixed", "s", "m", "n"]:
    case(f"{wrong}.sum()", ERROR)
    case(f"{wrong}.average()", ERROR)
case("none.append(1).append(null).sum()", ERROR)
case("longs.sum(1)", ERROR)

# join
JAVA = {True: "true", False: "false", None: "null"}
text = lambda x: JAVA[x] if x is None or isinstance(x, bool) else str(x)
for name in ["longs", "one", "flags", "texts", "holes", "none", "ends"]:
    for separator in [",", "", " — ", "😀"]:
        case(f"{name}.join('{separator}')", separator.join(text(x) for x in GIVEN[name]))
case("mixed.join('|')", "1|two|true|2.5|null")
case("doubles.join(' ')", "0.5 -2.25 1.0E10")
case("nested.join(';')", "[1, 2];[];[3]")
for wrong in ["longs.join()", "longs.join(1)", "longs.join(null)", "longs.join(',', 1)", "s.join()", "n.join(',')", "m.join(',')"]:
    case(wrong, ERROR)

# zip, indexed
case("longs.take(2).zip(texts)", [[3, "b"], [-1, ""]], LIST)
case("texts.zip(longs).last()", ["b", 0], LIST)
case("none.zip(longs)", [], LIST)
case("longs.zip(none)", [], LIST)
case("rows.zip(rows)[1][0].get('n')", -2)
case("flags.zip(doubles)[2]", [True, 1e10], LIST)
case("z = rows.zip(longs); z[0][0].put('n', 9); return rows[0].get('n');", 9)
case("texts.indexed()[2].get('value')", "ä😀")
case("texts.indexed().last().get('index')", 3)
case("i = rows.indexed(); i[0].get('value').put('n', 9); return rows[0].get('n');", 9)
for wrong in ["longs.zip()", "longs.zip(1)", "longs.zip(null)", "longs.zip(m)", "s.zip(longs)", "longs.indexed(1)", "s.indexed()", "n.indexed()", "null.indexed()"]:
    case(wrong, ERROR)

# contains, indexOf, distinct
def same(a, b):
    """What a text is not a number of, and numbers and booleans of each other."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def once(xs):
    kept = []
    for x in xs:
        if not any(same(x, y) for y in kept):
            kept.append(x)
    return kept


SOUGHT = [("3", 3), ("3.0", 3.0), ("'b'", "b"), ("'3'", "3"), ("true", True), ("null", None), ("0.5", 0.5), ("2.0", 2.0), ("''", ""), ("nested[0]", [1, 2]), ("new double[]{3.0}", [3.0]), ("rows[1]", {"n": -2, "t": "y"}), ("9007199254740992.0", 9007199254740992.0)]
for name in ["longs", "doubles", "flags", "texts", "holes", "rows", "nested", "mixed", "numbers", "none"]:
    xs = GIVEN[name]
    for source, value in SOUGHT:
        case(f"{name}.contains({source})", any(same(x, value) for x in xs))
        case(f"{name}.indexOf({source})", next((i for i, x in enumerate(xs) if same(x, value)), -1))
    case(f"{name}.distinct()", once(xs), TEXTS if name == "holes" else kind(xs))
    case(f"{name}.concat({name}).distinct().length", len(once(xs)))
case("new double[]{0.0 / 0.0}.contains(0.0 / 0.0)", True)
case("new double[]{0.0 / 0.0, 1.0, 0.0 / 0.0}.distinct().length", 2)
case("s.contains('ex')", True)
case("r = rows.distinct(); r[0].put('n', 5); return rows[0].get('n');", 5)
for wrong in ["longs.contains()", "longs.contains(1, 2)", "longs.indexOf()", "n.contains(1)", "m.contains('z')", "null.contains(1)", "longs.distinct(1)", "s.distinct()", "s.contains(1)", "s.contains(n)", "n.contains('a')", "n.contains(1 / 0)"]:
    case(wrong, ERROR)

# What is not an array, and what takes something else.
for call in ["first()", "last()", "take(1)", "drop(1)", "slice(0, 1)", "append(1)", "reversed()", "chunks(1)"]:
    for value in ["s", "n", "m", "null", "true"]:
        case(f"{value}.{call}", ERROR)
for wrong in ["longs.take('1')", "longs.take(1.0)", "longs.take(null)", "longs.drop()", "longs.slice(1)", "longs.slice('a', 1)", "longs.chunks(1.5)", "longs.chunks('a')", "longs.reversed(1)", "longs.first(1)", "longs.isEmpty(1)", "longs.last().first()", "mixed.first().first()"]:
    case(wrong, ERROR)

write("lists", lines)
