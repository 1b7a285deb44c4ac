"""Makes `tests/conformance/extensions/loops.jsonl`: each program beside the Python that gives its value. `python3 tests/extensions/loops.py`"""
from cases import write

SEQUENCES = {
    "longs": [3, -1, 9007199254740993, 0, 3],
    "one": [7],
    "none": [],
    "doubles": [0.5, -2.25, 1e10],
    "flags": [True, False, True],
    "texts": ["b", "", "ä😀", "b"],
    "rows": [{"n": 1, "t": "x"}, {"n": -2, "t": "y"}],
    "nested": [[1, 2], [], [3]],
    "mixed": [1, "two", True, 2.5],
    "map": {"z": 1, "a": 2, "é": 3},
}

# A program, the parameters that it reads, and Python that leaves its value in `r`.
PROGRAMS = [
    ("n = 0; for (x : longs) { n += x; } return n;", "longs", "r = sum(longs)"),
    ("int n = 0; for (int x : longs) n += 1; return n;", "longs", "r = len(longs)"),
    ("long last = -5; for (long x : longs) { last = x; } return last;", "longs", "r = longs[-1]"),
    ("for (x : longs) { } return x;", "longs", "r = longs[-1]"),
    ("n = 0; for (x : none) { n += 1; } return n;", "none", "r = 0"),
    ("n = 0; for (x : one) { n += x; } return n;", "one", "r = 7"),
    ("d = 0.0; for (x : doubles) { d += x; } return d;", "doubles", "r = sum(doubles)"),
    ("double d = 0.0; for (double x : doubles) { d -= x; } return d;", "doubles", "r = 0.0\nfor x in doubles: r -= x"),
    ("n = 0; for (boolean f : flags) { if (f) { n += 1; } } return n;", "flags", "r = sum(flags)"),
    ("s = ''; for (String t : texts) { s += t + '/'; } return s;", "texts", "r = ''.join(t + '/' for t in texts)"),
    ("n = 0; for (t : texts) { n += t.length(); } return n;", "texts", "r = sum(len(t.encode('utf-16-le')) // 2 for t in texts)"),
    ("n = 0; for (row : rows) { n += row.get('n'); } return n;", "rows", "r = sum(x['n'] for x in rows)"),
    ("s = ''; for (row : rows) { s += row.get('t') + row.get('n'); } return s;", "rows", "r = ''.join(x['t'] + str(x['n']) for x in rows)"),
    ("n = 0; for (xs : nested) { for (x : xs) { n += x; } } return n;", "nested", "r = sum(x for xs in nested for x in xs)"),
    ("n = 0; for (xs : nested) n += xs.length; return n;", "nested", "r = sum(len(xs) for xs in nested)"),
    ("s = ''; for (x : mixed) { s += x; } return s;", "mixed", "r = '1twotrue2.5'"),
    ("n = 0; for (k : map.keys()) { n = n * 10 + map.get(k); } return n;", "map", "r = 0\nfor k in map: r = r * 10 + map[k]"),
    ("s = ''; for (String k : map.keys()) s += k; return s;", "map", "r = ''.join(map)"),
    ("n = 0; for (x : longs) { if (x == 0) { break; } n += 1; } return n;", "longs", "r = longs.index(0)"),
    ("n = 0; for (x : longs) { if (x == 3) { continue; } n += 1; } return n;", "longs", "r = sum(x != 3 for x in longs)"),
    ("for (x : longs) { if (x < 0) { return x; } } return 0;", "longs", "r = -1"),
    ("n = 0; for (x : longs) { x = 1; n += x; } return n;", "longs", "r = len(longs)"),
    ("int[] a = new int[]{1, 2, 3}; n = 0; for (x : a) { a[2] = 10; n += x; } return n;", "", "r = 13"),
    ("int[] a = new int[]{1, 2, 3}; n = 0; for (x : a) { a = new int[]{9}; n += x; } return n + a.length;", "", "r = 7"),
    ("int[] a = new int[]{1, 2, 3}; for (x : a) { x += 1; } return a[0] + a[1] + a[2];", "", "r = 6"),
    ("n = 0; for (x : longs) for (y : longs) if (x == y) n++; return n;", "longs", "r = sum(x == y for x in longs for y in longs)"),
    ("n = 0; for (x : 'a,b,c'.split(',')) { n += 1; } return n;", "", "r = 3"),
    ("s = ''; for (c : 'aäz'.split('')) { s = c + s; } return s;", "", "r = 'zäa'"),
    ("n = 0; for (x : true ? longs : one) { n += 1; } return n;", "longs one", "r = len(longs)"),
    ("for (x : longs) { y = x; } for (x : texts) { z = x; } return z + y;", "longs texts", "r = texts[-1] + str(longs[-1])"),
    ("i = 5; i++; return i;", "", "r = 6"),
    ("i = 5; i--; i--; return i;", "", "r = 3"),
    ("int i = 9223372036854775807; i++; return i;", "", "r = -9223372036854775808"),
    ("long i = 0; i --; return i;", "", "r = -1"),
    ("d = 1.5; d++; return d;", "", "r = 2.5"),
    ("d = 0.5; d--; return d;", "", "r = -0.5"),
    ("d = 1e300; d++; return d;", "", "r = 1e300"),
    ("n = 0; for (int i = 0; i < 10; i++) { n += i; } return n;", "", "r = 45"),
    ("n = 0; for (int i = 10; i > 0; i--) { n += i; } return n;", "", "r = 55"),
    ("n = 0; for (i = 0; i < longs.length; i++) { n += longs[i]; } return n;", "longs", "r = sum(longs)"),
    ("i = 0; while (i < 5) { i++; } return i;", "", "r = 5"),
    ("i = 0; if (true) i++; else i--; return i;", "", "r = 1"),
    ("i = 0; { i++; i++; } return i;", "", "r = 2"),
    ("n = one[0]; n++; return n;", "one", "r = 8"),
    ("n = mixed[0]; n++; return n;", "mixed", "r = 2"),
    ("n = mixed[3]; n--; return n;", "mixed", "r = 1.5"),
    ("n = rows[0].get('n'); n++; n++; return n;", "rows", "r = 3"),
    ("n = 0; for (x : longs) { n++; if (n > 2) { n--; } } return n;", "longs", "r = 2"),
    ("int i = 1; i++;", "", "r = None"),
    ("for (x : longs) { n = x; }", "longs", "r = None"),
    ("i = 1; /* up */ i /* a */ ++ /* b */ ; return i; // end", "", "r = 2"),
    ("for /* a */ ( /* b */ int /* c */ x /* d */ : /* e */ longs /* f */ ) /* g */ n = x; return n;", "longs", "r = longs[-1]"),
]

# Programs that are refused or fail.
WRONG = [
    ("for (c : 'abc') { } return 1;", ""), ("for (k : map) { } return 1;", "map"), ("for (i : 5) { } return 1;", ""),
    ("for (i : null) { } return 1;", ""), ("for (i : true) { } return 1;", ""), ("for (x : new DateTime(0)) { } return 1;", ""),
    ("for (x : mixed[1]) { } return 1;", "mixed"), ("for (x : map.get('z')) { } return 1;", "map"), ("for (x : map.get('q')) { } return 1;", "map"),
    ("for (String x : longs) { } return 1;", "longs"), ("for (int x : texts) { } return 1;", "texts"), ("for (int x : mixed) { } return 1;", "mixed"),
    ("for (x : longs) { y = x; } for (x : texts) { y = x; } return y;", "longs texts"), ("for (Map : longs) { } return 1;", "longs"), ("for (params : longs) { } return 1;", "longs"),
    ("for (Nope x : longs) { } return 1;", "longs"), ("i = 'a'; i++; return i;", ""), ("i = true; i++; return i;", ""), ("j++; return 1;", ""),
    ("n = mixed[1]; n++; return n;", "mixed"), ("n = mixed[2]; n--; return n;", "mixed"), ("Map m; m++; return 1;", ""), ("String s; s++; return 1;", ""),
]
SYNTAX = [
    "x = i++;", "return i++;", "++i;", "a[0]++;", "m.n++;", "(i)++;", "1++;", "i++ + 1;", "i++ i++;", "if (i++) { }", "while (i--) { }", "f(i++);",
    "for (x : ) { }", "for ( : xs) { }", "for (x y z : xs) { }", "for (x, y : xs) { }", "for (x : xs; ) { }", "for (x.y : xs) { }", "for (x[0] : xs) { }",
    "for (int x = 1 : xs) { }", "for (return : xs) { }", "for (null : xs) { }", "for (x :: xs) { }", "for (x : xs)", "i+ +;", "i+-+;",
]


def type_of(value):
    kinds = {type(None): "VOID", bool: "BOOLEAN", int: "LONG", float: "DOUBLE", str: "STRING"}
    return kinds[type(value)]


def main():
    lines = []
    for index, (source, names, python) in enumerate(PROGRAMS):
        given = {name: SEQUENCES[name] for name in names.split()}
        scope = dict(given)
        exec(python, scope)
        value = scope["r"]
        lines.append({"id": f"loop-{index}", "expr": source, "params": given, "type": type_of(value), "value": value})
    for index, (source, names) in enumerate(WRONG):
        given = {name: SEQUENCES[name] for name in names.split()}
        lines.append({"id": f"loop-wrong-{index}", "expr": source, "params": given, "error": "evaluation"})
    for index, source in enumerate(SYNTAX):
        lines.append({"id": f"loop-syntax-{index}", "expr": source, "error": "syntax"})
    write("loops", lines)


main()
