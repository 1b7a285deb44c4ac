"""Makes `tests/conformance/extensions/literals.jsonl`: lists, maps, `in` and entries, each program beside the Python that gives its
value. `python3 tests/extensions/literals.py`"""
from cases import ERROR, kind, named, write

PARAMS = {
    "longs": [3, -1, 9007199254740993, 0, 3],
    "doubles": [0.5, -2.25, 1e10, -0.0],
    "flags": [True, False],
    "texts": ["b", "", "ä😀", "b"],
    "none": [],
    "mixed": [1, "two", True, 2.5, None],
    "nested": [[1, 2], [], ["x"], {"a": [1.0]}],
    "m": {"z": 1, "a": 2, "é": 3, "size": 9, "b c": {"d": [7, 8]}, "nil": None},
    "rows": [{"id": 1, "t": "x"}, {"id": -2, "t": "y", "in": 4}],
    "n": 7,
    "d": 1.5,
    "s": "a",
    "b": True,
    "k": "z",
}

# A program that is an expression or ends with `return`, and Python of its value in which all parameters are known.
LISTS = [
    ("[1, 2, 3]", "[1, 2, 3]"), ("[1]", "[1]"), ("[1, 2, ]", "[1, 2]"), ("[]", "[]"), ("[ ]", "[]"), ("[ 1 , 2 ]", "[1, 2]"),
    ("[1, 2.0]", "[1.0, 2.0]"), ("[1.5, 2]", "[1.5, 2.0]"), ("[0.5]", "[0.5]"), ("[-0.0, 0]", "[-0.0, 0.0]"),
    ("['a', \"b\"]", "['a', 'b']"), ("[true, false, 1 > 2]", "[True, False, False]"), ("[1, 'a']", "[1, 'a']"), ("[1, true]", "[1, True]"),
    ("[null]", "[None]"), ("[null, 1]", "[None, 1]"), ("[[1], ['a']]", "[[1], ['a']]"), ("[[1, 2], []]", "[[1, 2], []]"), ("[[[]]]", "[[[]]]"),
    ("[1, 2, 3].length", "3"), ("[].length", "0"), ("[1, 'a', null].length", "3"), ("[1, 2, 3][1]", "2"), ("['a', 'b'][0]", "'a'"),
    ("[1, 'a'][1]", "'a'"), ("[[1, 2], [3]][0][1]", "2"), ("[1, 2][[0, 1][1]]", "2"), ("-[1, 2][0]", "-1"), ("![true][0]", "False"),
    ("[n, n + 1]", "[n, n + 1]"), ("[n, d]", "[float(n), d]"), ("[s, 'x']", "[s, 'x']"), ("[b, !b]", "[b, not b]"), ("[n, s]", "[n, s]"),
    ("[mixed[0], 2]", "[1, 2]"), ("[mixed[0], 2.5]", "[1.0, 2.5]"), ("[mixed[1], 'x']", "['two', 'x']"), ("[mixed[0], mixed[3]]", "[1.0, 2.5]"),
    ("[mixed[2], true]", "[True, True]"), ("[mixed[0], 'x']", "[1, 'x']"), ("[mixed[4]]", "[None]"), ("[mixed[0], mixed[1]].length", "2"),
    ("[mixed[0]][0] + 1", "2"), ("[longs, texts]", "[longs, texts]"), ("[m.a, m.z]", "[2, 1]"), ("[n > 5 ? 1 : 2, n]", "[1, 7]"),
    ("[n > 5 ? [1] : []]", "[[1]]"), ("n > 5 ? [1, 2] : [3]", "[1, 2]"), ("n < 5 ? [1, 2] : []", "[]"),
    ("'' + [1, 2]", "'[1, 2]'"), ("'' + ['a', 1, [true]]", "'[a, 1, [true]]'"), ("'' + []", "'[]'"), ("'x' + [1.0, 2]", "'x[1.0, 2.0]'"),
    ("[9223372036854775807, 1.0][0]", "9223372036854775808.0"), ("[0x10, 010]", "[16, 10]"), ("[-9223372036854775808]", "[-9223372036854775808]"),
    ("String.join('-', ['a', 'b'])", "'a-b'"), ("Arrays.asList([1, 2])", "[1, 2]"),
    ("xs = [1, 2]; xs[0] = 5; return xs;", "[5, 2]"), ("xs = [1, 2]; xs[1] += 3; return xs;", "[1, 5]"), ("xs = [1, 2]; ys = xs; ys[0] = 9; return xs;", "[9, 2]"),
    ("long[] xs = []; return xs.length;", "0"), ("long[] xs = [1, 2]; return xs;", "[1, 2]"), ("int[] xs = []; xs = [4]; return xs;", "[4]"),
    ("String[] xs = []; return xs.length;", "0"), ("double[] xs = [1, 2.5]; return xs;", "[1.0, 2.5]"), ("boolean[] xs = [true]; return xs;", "[True]"),
    ("xs = []; xs = [1]; return xs;", "[1]"), ("xs = [1]; xs = []; return xs.length;", "0"), ("xs = []; if (b) { xs = ['a']; } return xs.length;", "1"),
    ("t = 0; for (x : [1, 2, 3]) { t += x; } return t;", "6"), ("t = ''; for (x : ['a', 1]) { t += x; } return t;", "'a1'"), ("t = 0; for (x : []) { t += 1; } return t;", "0"),
    ("t = 0; for (i = 0; i < 3; i += 1) { xs = [i, i * i]; t += xs[1]; } return t;", "5"), ("t = 0; for (int in : [1, 2]) { t += in; } return t;", "3"),
    ("xs = [n = 1, n + 1]; return xs;", "[1, 2]"), ("[1, /* two */ 2 // end\n, 3]", "[1, 2, 3]"), ("[('a')]", "['a']"), ("[(1), (2.0)]", "[1.0, 2.0]"),
    ("m2 = new Map(); m2.put('xs', [1, 2]); return m2.get('xs').length;", "2"), ("String t; xs = [t, 'a']; return xs.length;", "2"),
    ("return [1];", "[1]"), ("if (b) return [1]; return [2];", "[1]"), ("{ return [1, 2][0]; }", "1"), ("[new DateTime(0)].length", "1"), ("[longs.length, 2]", "[5, 2]"),
    ("[1, 2, 3] == null", "False"), ("[longs][0][0]", "3"), ("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]", "list(range(1, 21))"),
]
MAPS = [
    ("x = {'us': 3, eu: 5}; return x;", "{'us': 3, 'eu': 5}"), ("return {};", "{}"), ("({})", "{}"), ("({a: 1})", "{'a': 1}"), ("{[k]: 1}", "{'z': 1}"), ("{a: 1}", "{'a': 1}"),
    ("{'a': 1}", "{'a': 1}"), ("{ 'a b' : 1 , c : 2 }", "{'a b': 1, 'c': 2}"), ("{a: 1, }", "{'a': 1}"), ("{a: 1, b: 2, a: 3}", "{'a': 3, 'b': 2}"),
    ("'' + {a: 1, b: 2, a: 3}", "'{a=3, b=2}'"), ("{a: {b: {c: 1}}}", "{'a': {'b': {'c': 1}}}"), ("{a: [1, 2], b: {}}", "{'a': [1, 2], 'b': {}}"),
    ("{default: 1, if: 2, in: 3, null: 4, true: 5}", "{'default': 1, 'if': 2, 'in': 3, 'null': 4, 'true': 5}"), ("{a: null}", "{'a': None}"), ("{'': 1}", "{'': 1}"),
    ("{'ä😀': 1, é: 2}", "{'ä😀': 1, 'é': 2}"), ("({[k]: 1})", "{'z': 1}"), ("({[k + '2']: 1, [s]: 2})", "{'z2': 1, 'a': 2}"), ("({[texts[0]]: texts[1]})", "{'b': ''}"),
    ("({[m.a > 1 ? 'x' : 'y']: 1})", "{'x': 1}"), ("({k: k})", "{'k': 'z'}"), ("{a: n > 5 ? 1 : 2, b: 3}", "{'a': 1, 'b': 3}"), ("{a: b ? {c: 1} : {}}", "{'a': {'c': 1}}"),
    ("{a: 1}.a", "1"), ("{a: 1}.size()", "1"), ("{a: 1}['a']", "1"), ("{a: 1}.get('a') + 1", "2"), ("({a: 1, b: 2}).keys()", "['a', 'b']"), ("{a: 1}.get('b')", "None"),
    ("n > 5 ? {a: 1} : {b: 2}", "{'a': 1}"), ("x = {a: 1}; x.put('b', 2); return x;", "{'a': 1, 'b': 2}"), ("x = {a: 1}; y = x; y.put('a', 3); return x;", "{'a': 3}"),
    ("x = {}; x.put('a', 1); return x.size();", "1"), ("Map x = {a: 1}; return x.a;", "1"), ("if (b) { return {a: 1}; } return {};", "{'a': 1}"),
    ("t = 0; for (i = 0; i < 3; i += 1) { x = {v: i}; t += x.v; } return t;", "3"), ("x = {a: y = 2, b: y + 1}; return x;", "{'a': 2, 'b': 3}"),
    ("[{a: 1}, {a: 2}][1].a", "2"), ("{'a' /* k */ : /* v */ 1 // end\n}", "{'a': 1}"), ("{ x = 1; return x; }", "1"), ("if (b) { n = 1; } return {n: n};", "{'n': 1}"),
    ("{a: 1.5, b: 'x', c: true, d: longs}", "{'a': 1.5, 'b': 'x', 'c': True, 'd': longs}"), ("{a: b ? 1 : 2}", "{'a': 1}"), ("{a: 'b' == 'b'}", "{'a': True}"),
    ("({[String.valueOf(1)]: 2})", "{'1': 2}"), ("{a: 1} == null", "False"), ("({a: 1, b: m}).b.z", "1"), ("f = {length: 4}; return f['length'];", "4"),
]
IN = [
    ("3 in longs", "True"), ("4 in longs", "False"), ("9007199254740993 in longs", "True"), ("9007199254740992 in longs", "False"), ("9007199254740992.0 in longs", "False"),
    ("3.0 in longs", "True"), ("3.5 in longs", "False"), ("0.0 in longs", "True"), ("-0.0 in longs", "True"), ("'3' in longs", "False"), ("true in longs", "False"), ("null in longs", "False"),
    ("0.5 in doubles", "True"), ("0 in doubles", "True"), ("0.0 in doubles", "True"), ("10000000000 in doubles", "True"), ("1 in doubles", "False"),
    ("true in flags", "True"), ("1 in flags", "False"), ("'b' in texts", "True"), ("'' in texts", "True"), ("'ä😀' in texts", "True"), ("'B' in texts", "False"), ("null in texts", "False"), ("1 in texts", "False"),
    ("1 in none", "False"), ("null in none", "False"), ("1 in []", "False"), ("1 in mixed", "True"), ("1.0 in mixed", "True"), ("'two' in mixed", "True"), ("true in mixed", "True"), ("null in mixed", "True"),
    ("2.5 in mixed", "True"), ("'2.5' in mixed", "False"), ("false in mixed", "False"), ("[1, 2] in nested", "True"), ("[1.0, 2] in nested", "True"), ("[] in nested", "True"), ("['x'] in nested", "True"),
    ("[2, 1] in nested", "False"), ("[1] in nested", "False"), ("{a: [1]} in nested", "True"), ("{a: [2]} in nested", "False"), ("{b: [1]} in nested", "False"), ("({}) in nested", "False"), ("{a: [1], b: 1} in nested", "False"),
    ("{a: 1, b: 2} in [{b: 2, a: 1}]", "True"), ("{a: null} in [{b: null}]", "False"), ("(0.0 / 0.0) in [0.0 / 0.0]", "True"), ("[0.0 / 0.0] in [[0.0 / 0.0]]", "True"),
    ("'a' in ['b', 'a']", "True"), ("s in ['b', 'a']", "True"), ("n in [1, 7]", "True"), ("mixed[0] in longs", "False"), ("mixed[0] in [1, 'x']", "True"), ("mixed[1] in ['two']", "True"), ("mixed[4] in [1, null]", "True"),
    ("'z' in m", "True"), ("'q' in m", "False"), ("k in m", "True"), ("'size' in m", "True"), ("'nil' in m", "True"), ("'a' in {a: 1}", "True"), ("'' in {}", "False"), ("'id' in rows[0]", "True"), ("'in' in rows[0]", "False"), ("'in' in rows[1]", "True"),
    ("7 in m['b c'].d", "True"), ("'d' in m['b c']", "True"), ("texts[0] in {b: 1}", "True"), ("rows[0].t in ['x', 'y']", "True"),
    ("'n' in params", "True"), ("'nope' in params", "False"), ("k in params", "False"), ("('n' in params) ? n : 0", "7"), ("!('nope' in params)", "True"),
    ("n + 1 in [8]", "True"), ("n in [7] == true", "True"), ("n in [7] && b", "True"), ("b || n in [0]", "True"), ("!(n in [7])", "False"), ("n in [7] ? 1 : 2", "1"), ("-1 in longs", "True"), ("n in b ? [1] : [7]", ERROR),
    ("in = [1]; return 1 in in;", "True"), ("in = 1; return in in [1];", "True"), ("int in = 3; return in - 1;", "2"), ("int in, c; in = 1; return in;", "1"), ("x = 1 in[1, 2]; return x;", "True"), ("x = 'a'in{a:1}; return x;", "True"),
    ("int in; in = 4; return in + 1;", "5"), ("in = 2; in += 1; return in;", "3"), ("t = 0; for (int in : longs) { if (in in [3]) { t += 1; } } return t;", "2"), ("in = [5]; return in[0];", "5"), ("in = [5, 6]; return in.length;", "2"),
    ("x in xs ? 1 : 2", ERROR), ("t = 0; for (x : longs) { if (x in [3, 0]) { t += 1; } } return t;", "3"), ("while (n in [7, 8]) { n += 1; } return n;", "9"), ("if (n in [7]) return 'y'; else return 'n';", "'y'"),
    ("5 < 6 in [true]", "True"), ("1 in [1] in [true]", "True"), ("inn = [1]; return 1 in inn;", "True"), ("new DateTime(0) in [new DateTime(0)]", "True"), ("new DateTime(1) in [new DateTime(0)]", "False"), ("'a' in params.m", "True"),
]
ENTRIES = [
    ("m.z", "1"), ("m['z']", "1"), ("m.a + m.z", "3"), ("m.size", "9"), ("m.size()", "6"), ("m['size']", "9"), ("m.é", "3"), ("m['b c'].d[1]", "8"), ("m['b c']['d'][0]", "7"), ("m['' + k]", "1"), ("m[texts[0].isEmpty() ? 'q' : 'a']", "2"),
    ("m.nil", "None"), ("m['nil'] == null", "True"), ("m.nil == null ? 1 : 2", "1"), ("rows[0].id", "1"), ("rows[1].id * 2", "-4"), ("rows[1]['in']", "4"), ("rows[1].in", "4"), ("-rows[1].id", "2"), ("rows[0].t + '!'", "'x!'"), ("rows[0].t.length()", "1"),
    ("params.m.z", "1"), ("params['m']['z']", "1"), ("params.n", "7"), ("params.rows[0].id", "1"), ("params.m['b c'].d.length", "2"), ("x = m; return x.z;", "1"), ("x = rows[0]; return x.id + x['id'];", "2"),
    ("x = {a: {b: {c: 5}}}; return x.a.b.c;", "5"), ("x = {a: 1}; return x.a == 1;", "True"), ("x = {a: 'q'}; return 'v' + x.a;", "'vq'"), ("x = {if: 1, default: 2}; return x['if'] + x['default'];", "3"),
    ("t = 0; for (row : rows) { t += row.id; } return t;", "-1"), ("t = ''; for (key : m.keys()) { t += key + '=' + m[key] + ';'; } return t;", "'z=1;a=2;é=3;size=9;b c={d=[7, 8]};nil=null;'"),
    ("m.z > 0 && m.a > 1", "True"), ("m . z", "1"), ("m\n  .z", "1"), ("m [ 'z' ]", "1"), ("(m).z", "1"), ("(b ? m : {z: 2}).z", "1"), ("x = {}; x.put('y', 4); return x.y;", "4"), ("new Map().getOrDefault('a', 5)", "5"),
    ("x = {n: 1}; x.put('n', x.n + 1); return x.n;", "2"), ("xs = [{v: 1}, {v: 2}]; return xs[1].v;", "2"), ("({length: 3}).length", "3"), ("longs.length", "5"), ("mixed.length", "5"), ("m['b c'].d.length", "2"), ("{a: [1]}.a.length", "1"),
]
SAME = [
    ("[1, 2] == [1, 2]", "True"), ("[1, 2] == [1.0, 2]", "True"), ("[1, 2] == [2, 1]", "False"), ("[1, 2] != [1, 2]", "False"), ("[1, 'a'] == [1, 'a']", "True"), ("[] == []", "True"), ("[] == [1]", "False"), ("long[] a = longs; return a == longs;", "True"), ("long[] a = longs; return a != none;", "True"),
    ("[['a'], {b: 1}] == [['a'], {b: 1}]", "True"), ("{a: 1, b: 2} == {b: 2, a: 1}", "True"), ("{a: 1} == {a: 2}", "False"), ("{a: 1} != {b: 1}", "True"), ("({}) == []", "False"), ("[1] == ['1']", "False"), ("[true] == [1]", "False"), ("[null] == [null]", "True"),
    ("new long[]{1} == [1.0]", "True"), ("[1] == null", "False"), ("{a: 1} != null", "True"), ("[1] == mixed[0]", "False"), ("[9007199254740993] == [9007199254740992.0]", "False"), ("[0.0 / 0.0] == [0.0 / 0.0]", "True"), ("[0.0] == [-0.0]", "True"), ("[[1], [2]] == [[1], [2.0]]", "True"),
]

# Programs that are refused or fail.
WRONG = [
    "[1, 2][2]", "[][0]", "[1, 'a'][2]", "[1, 2][-1]", "xs = [1, 'a']; xs[0] = 2; return xs;", "long[] xs = ['a']; return xs;", "String[] xs = [1]; return xs;", "int x = [1]; return x;", "[1] + 1", "[1] - [2]", "[1] < [2]", "![1]", "-[1]",
    "[1].foo", "[1].foo()", "[1]['a']", "['a'][0.5]", "[params]", "[Math]", "[nope2].length + nope2", "long[] xs = [1, 2.0]; return xs;", "if ([1]) { } return 1;", "[1] && true", "[1] ? 1 : 2", "throw [1];",
    "({[1]: 2})", "({[true]: 2})", "({[null]: 2})", "({[mixed[0]]: 1})", "({[mixed[4]]: 1})", "{a: 1}.b", "{a: 1} + 1", "{a: 1} < 2", "{a: 1}[0]", "{a: 1}[true]", "-{a: 1}", "{a: 1} && true", "if ({}) { } return 1;", "String t; x = {[t]: 1}; return x;",
    "1 in 'abc'", "'a' in 'abc'", "'a' in s", "1 in 2", "1 in 1.5", "1 in true", "1 in null", "1 in new DateTime(0)", "1 in m", "1.5 in {a: 1}", "true in m", "null in m", "1 in n", "'a' in mixed[0]", "'a' in mixed[4]", "1 in rows[0]", "1 in mixed[1]", "'a' in mixed[1]",
    "Map x; return 'a' in x;", "1 in params", "x = 1 in [1] + 1; return x;", "1 in Math", "String t; return t in {a: 1};", "x = {}; x.put('x', x); y = {}; y.put('x', y); return x in [y];",
    "m.q", "m.Z", "m['']", "m[0]", "m[true]", "m[1.5]", "m[null]", "m.length", "m['b c'].e", "m.nil.x", "m.z.x", "rows[0].idd", "rows[0]['q']", "rows[5].id", "x = {}; return x.a;", "x = {a: null}; return x.a.b;", "Map x; return x.a;", "String t; return t.a;", "n.a", "d.a", "b.a", "texts.a", "longs.first", "s.foo",
    "m['z'] = 1;", "m['z'] += 1;", "x = {a: 1}; x['a'] = 2;", "x = rows[0]; x['id'] = 3;", "params['n'] = 1;", "String t; return m[t];",
]
SYNTAX = [
    "m.z = 1;", "m.z += 1;", "x = {a: 1}; x.a = 2;", "rows[0].id = 3;", "params.n = 1;", "m.z++;", "[1](0)", "{1: 2}", "{'a': 1; }",
    "[1, 2", "1, 2]", "[,]", "[, 1]", "[1,, 2]", "[1 2]", "[1; 2]", "[1, 2}", "(1, 2]", "{a: 1", "{a: }", "{: 1}", "{a 1}", "({a: 1 b: 2})", "({a})", "({a, b})", "({a: 1; b: 2})", "({a = 1})", "({a: 1,, b: 2})", "({,})", "({...m})", "[...longs]",
    "[x for x in longs]", "({a:: 1})", "({a.b: 1})", "({(a): 1})", "({1: 2})", "x = {[k] 1};", "({'a' 'b': 1})", "1 in", "in in", "1 in;", "x = 1 in;", "1 not in [1]", "1 in = 2", "1 !in [1]", "1 in * [1]", "1 in, 2", "[1].", "m.", "m.1", "m.'a'", "m..a", "m.[a]", "m['a'",
    "for (x in longs) { }", "1 IN [1]", "[1, 2 in 3] in", "new [1]", "int[1, 2]", "long[] [1] = 2;", "[1] = 2;", "[a] = [1];", "{a: 1} = 2;", "({a: 1}) = 2;", "1 in [1] = true;", "x = [1] [;",
]


lines = []


def case(id, expr, given, outcome):
    lines.append({"id": id, "expr": expr} | ({"params": given} if given else {}) | outcome)


def given(expr):
    return PARAMS if "params" in expr else named(expr, PARAMS)


for group, programs in (("list", LISTS), ("map", MAPS), ("in", IN), ("entry", ENTRIES), ("same", SAME)):
    for index, (expr, python) in enumerate(programs):
        value = python if python is ERROR else eval(python, dict(PARAMS))
        outcome = {"error": "evaluation"} if value is ERROR else {"type": kind(value), "value": value}
        case(f"{group}-{index}", expr, given(expr), outcome)
for index, expr in enumerate(WRONG):
    case(f"literal-wrong-{index}", expr, given(expr), {"error": "evaluation"})
for index, expr in enumerate(SYNTAX):
    case(f"literal-syntax-{index}", expr, {}, {"error": "syntax"})
write("literals", lines)
