"""Makes `tests/conformance/extensions/splices.jsonl`: f-strings, each program beside the Python that gives its value.
`python3 tests/extensions/splices.py`"""
from cases import ERROR, SYNTAX, kind, write

GIVEN = {
    "n": 7, "neg": -42, "big": 1234567, "d": 1.5, "pi": 3.14159, "s": "ä😀", "table": "orders", "empty": "", "t": True, "nil": None, "k": "z",
    "longs": [3, -1], "texts": ["a", "b"], "m": {"z": 1, "b c": {"d": "x"}, "nil": None}, "day": 20240131,
}
lines = []


def text(value):
    """A value as `+` writes it into a text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(text(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={text(one)}" for key, one in value.items()) + "}"
    return str(value)


def case(expr, value):
    outcome = {"error": "evaluation"} if value is ERROR else {"error": "syntax"} if value is SYNTAX else {"type": kind(value), "value": value}
    words = "".join(c if c.isalnum() or c == "_" else " " for c in expr).split()
    given = {} if value is SYNTAX else {name: one for name, one in GIVEN.items() if name in words}
    lines.append({"id": f"splices-{len(lines)}", "expr": expr} | ({"params": given} if given else {}) | outcome)


n, neg, big, d, pi, s, table, t, longs, texts, m, day = (GIVEN[name] for name in "n neg big d pi s table t longs texts m day".split())
for name, value in GIVEN.items():
    case("f'{" + name + "}'", text(value))
    case("f'<{" + name + "}>'", f"<{text(value)}>")
    case('f"{' + name + "}{" + name + '}"', text(value) * 2)
    case("f'a{ " + name + " }b' + '!'", f"a{text(value)}b!")
for expr, value in [
    ("f''", ""), ("f\"\"", ""), ("f'plain'", "plain"), ("f'{{}}'", "{}"), ("f'{{{n}}}'", "{7}"), ("f'{{n}}'", "{n}"), ("f'}}{{'", "}{"), ("f'a{{b'", "a{b"), ("f'a}}b'", "a}b"), ("f'{{{{{n}}}}}'", "{{7}}"), ("f'{n}{{}}{n}'", "7{}7"),
    ("f'day={day}'", f"day={day}"), ("f'{table}/dt={day}/part-{n:05d}'", f"{table}/dt={day}/part-{n:05d}"), ("f'{n + 1}'", f"{n + 1}"), ("f'{n * 2 + 1}-{n - 1}'", f"{n * 2 + 1}-{n - 1}"), ("f'{n / 2} {n % 4}'", f"{n // 2} {n % 4}"), ("f'{-n}'", f"{-n}"), ("f'{- n}'", f"{-n}"), ("f'{!t}'", "false"), ("f'{n > 5}'", "true"), ("f'{n >= 7} {n <= 6} {n < 7}'", "true false false"),
    ("f'{n == 7}'", "true"), ("f'{n != 7}'", "false"), ("f'{t && n > 9}'", "false"), ("f'{t || n > 9}'", "true"), ("f'{(n > 5 ? 'big' : 'small')}'", "big"), ('f"{(n > 5 ? \'big\' : \'small\')}"', "big"), ("f'{(n > 5 ? \"big\" : \"small\")}!'", "big!"), ("f'{nil ?? 'none'}'", "none"), ("f'{nil ?? n}'", "7"), ("f'{m?.q ?? 0}'", "0"), ("f'{m?.z}'", "1"), ("f'{m.z}'", "1"), ("f'{m['z']}'", "1"), ("f'{m[\"z\"]}'", "1"),
    ("f'{m['b c'].d}'", "x"), ("f'{m['b c']['d']}{m['' + k]}'", "x1"), ("f'{longs[0]}'", "3"), ("f'{longs[n - 6]}'", "-1"), ("f'{longs.length}'", "2"), ("f'{longs.map(x -> x + 1)}'", "[4, 0]"), ("f'{longs.map(x -> f'<{x}>').join('')}'", "<3><-1>"), ("f'{texts.join(', ')}'", "a, b"), ("f'{texts.join(\", \")}'", "a, b"), ("f'{[1, 2]}'", "[1, 2]"), ("f'{ {a: 1} }'", "{a=1}"), ("f'{ {a: n}.a }'", "7"), ("f'{3 in longs}'", "true"), ("f'{'z' in m}'", "true"),
    ("f'{table.toUpperCase()}'", "ORDERS"), ("f'{table.substring(0, 2)}x'", "orx"), ("f'{table.length() + 1}'", "7"), ("f'{Math.max(n, 9)}'", "9"), ("f'{String.valueOf(n)}'", "7"), ("f'{new int[2].length}'", "2"), ("f'{(x = 5)}' + x", "55"), ("x = f'{n}'; return x + x;", "77"), ("x = f'{n}'.length(); return x;", 1), ("f'{n}'.length()", 1), ("f'{n}-{n}'.split('-')", ["7", "7"]), ("f'{n}' == '7'", True), ("f'{n}' + f'{n}'", "77"), ("n + f'{n}'", "77"), ("f'{n}' + n", "77"),
    ("f'{f'{n}'}'", "7"), ("f'{f'{f'{n}'}'}'", "7"), ("f'{f\"{n}\"}'", "7"), ("f'a{f'b{n}c'}d'", "ab7cd"), ("f'{'a' + 'b'}'", "ab"), ("f'{'{}'}'", "{}"), ("f'{\"}\"}'", "}"), ("f'{'it\\'s'}'", "it's"), ("f'it\\'s {n}'", "it's 7"), ("f'a\\tb\\n{n}\\\\'", "a\tb\n7\\"), ("f\"\\\"{n}\\\"\"", '"7"'), ("f\"it's {n}\"", "it's 7"), ("f'say \"{n}\"'", 'say "7"'), ("f'\\u0041{n}'", "A7"), ("f'{'\\u0041'}'", "A"), ("f'ä😀{s}'", "ä😀" + s), ("f'{n/* seven */}'", "7"), ("f'{ n // seven\n}'", "7"), ("f'{\nn\n}'", "7"), ("f'${n}'", "$7"), ("f'#{n}'", "#7"), ("f'%d {n} %s'", "%d 7 %s"), ("f'100%'", "100%"),
    ("f'{n:05d}'", f"{n:05d}"), ("f'{neg:05d}'", f"{neg:05d}"), ("f'{n:d}'", f"{n:d}"), ("f'a{'b'}' + f'{'c'}d'", "abcd"), ("f'{n}{''}{'x'}{''}'", "7x"), ("f'{''}{n}'", "7"), ("f'{n:(d}'", "7"), ("f'{-7:(d}'", "(7)"), ("f'{n:3d}|'", f"{n:3d}|"), ("f'{n:-3d}|'", f"{n:<3d}|"), ("f'{n:+d}'", f"{n:+d}"), ("f'{big:,d}'", f"{big:,d}"), ("f'{n:x}'", f"{n:x}"), ("f'{big:X}'", f"{big:X}"), ("f'{n:o}'", f"{n:o}"), ("f'{pi:.2f}'", f"{pi:.2f}"), ("f'{pi:8.3f}|'", f"{pi:8.3f}|"), ("f'{pi:08.3f}|'", f"{pi:08.3f}|"), ("f'{d:.0f}'", "2"), ("f'{table:s}'", table), ("f'{table:10s}|'", f"{table:>10s}|"), ("f'{table:-10s}|'", f"{table:<10s}|"), ("f'{table:.3s}'", f"{table:.3s}"), ("f'{n:s}'", "7"), ("f'{t:b}'", "true"), ("f'{big:,d} {pi:.1f} {table:s}'", f"{big:,d} {pi:.1f} {table:s}"),
    ("f'{n + 1:03d}'", f"{n + 1:03d}"), ("f'{ n : 05d}'", f"{n: 05d}"), ("f'{n :05d}'", f"{n:05d}"), ("f'{longs[0]:03d}'", f"{longs[0]:03d}"), ("f'{m.z:02d}'", "01"), ("f'{m['z']:02d}'", "01"), ("f'{(n > 5 ? 1 : 2):02d}'", "01"), ("f'{nil ?? n:02d}'", "07"), ("f'{table.length():02d}'", "06"), ("f'{pi * 2:.3f}'", f"{pi * 2:.3f}"), ("f'{big:,d}'.length()", 9), ("f'{n:e}'", ERROR), ("f'{d:e}'", "1.500000e+00"), ("f'{n:05d}{n:05d}'", "0000700007"), ("f'{{{n:02d}}}'", "{07}"), ("f'{n:0,10d}'", "0000000007"), ("f'{n: d}'", " 7"),
    ("f = 3; return f + 1;", 4), ("f = 'x'; return f;", "x"), ("int f = 3; return f'{f}';", "3"), ("f = 2; return f'{f}' + f;", "22"), ("c = ''; for (x : longs) { c += f'{x};'; } return c;", "3;-1;"), ("c = ''; for (i = 0; i < 3; i += 1) { c += f'{i}{i}'; } return c;", "001122"), ("if (n > 5) { return f'{n}'; } return f'no';", "7"), ("return f'{n}';", "7"), ("{ return f'{n}'; }", "7"), ("throw_ = f'{n}'; return throw_;", "7"), ("({[f'k{n}']: 1})", {"k7": 1}), ("[f'{n}', f'x']", ["7", "x"]), ("m.get(f'{k}')", 1), ("m[f'{k}']", 1), ("f'{k}' in m", True), ("n > 5 ? f'{n}' : f'no'", "7"), ("String x = f'{n}'; return x;", "7"), ("params[f'n']", 7), ("f'{params.n}'", "7"), ("f'{params['n']}'", "7"), ("f'{params?.nope}'", "null"),
]:
    case(expr, value)
for expr in [
    "f'{s - nope}'", "f'{s - 1}'", "f'{longs[9]}'", "f'{m.q}'", "f'{1 / 0}'", "f'{table:d}'", "f'{table:.2f}'", "f'{n:.2f}'", "f'{d:d}'", "f'{n:}'", "f'{n:5}'", "f'{n:q}'", "f'{n:>10}'", "f'{n:d %d}'", "f'{table.nope()}'", "f'{n.length()}'", "f'{Math}'", "f'{params}'", "f'{n}' - 1", "f'{n}' * 2", "f'{n}'.nope()", "-f'{n}'", "!f'{n}'", "f'{n}'[0]", "if (f'{n}') { } return 1;", "int x = f'{n}'; return x;", "throw f'{n} rows';", "f'\\101{n}'", "longs.map(x -> f'{(y = x)}')",
]:
    case(expr, ERROR)
for expr in [
    "f'{'", "f'}'", "f'{}'", "f'{ }'", "f'{n'", "f'n}'", "f'{n}}'", "f'{{n}'", "f'{n", "f'", "f\"", "f'{n\"", "f'{n}\"", "f '{n}'", "F'{n}'", "g'{n}'", "fr'{n}'", "f'{n;}'", "f'{n m}'", "f'{n,}'", "f'{n, m}'", "f'{x = 1}'", "f'{n=}'", "f'{n!r}'", "f'{t ? 1 : 2}'", "f'{x -> x}'", "f'{return n;}'", "f'{n +}'", "f'{* n}'", "f'{(n}'", "f'{n)}'", "f'{[n}'", "f'{n:{w}d}'", "f'{n:'d}'", "f'a\nb'", "f'{n}\n'", "f'{n:0\n5d}'", "f'\\q'", "f'{'\\q'}'", "f'a' 'b'", "f'a' f'b'", "f'{n}' = 1", "f'{n} += 1'; 2 3", "f'{n}'{n}", "f'{++n}'", "f'{n++}'", "x = f'{n}", "f'{'a}'", "f'{m['z'}'", "f'{f'{n}'", "f'''{n}'''", "({f'k': 1})", "new f'x'()", "int f'x';", "f'{if (t) 1}'", "f'{n:05d:5}'; 2 3",
]:
    case(expr, SYNTAX)

write("splices", lines)
