"""Writes tests/conformance/extensions/padding.jsonl, whose values are those of Python's `rjust`, `ljust`, `removeprefix` and
`removesuffix`. Made with Python 3.11: `python3 tests/extensions/padding.py > tests/conformance/extensions/padding.jsonl`

Lengths count UTF-16 units, which are Python's characters where none is beyond the basic plane; of the others the text is made from its
number of units.
"""

import itertools
import json

count = itertools.count(1)


def units(text):
    return len(text.encode("utf-16-le")) // 2


def case(expr, params, value):
    line = {"id": f"padding-{next(count):03}", "expr": expr, "params": params}
    if value is None:
        line["error"] = "evaluation"
    else:
        line |= {"type": "STRING", "value": value}
    print(json.dumps(line))


def padded(text, length, filler, at_start):
    beyond = units(text) - len(text)
    return (text.rjust if at_start else text.ljust)(max(min(length, 1000), -1000) - beyond, filler)


texts = ["", "7", "abc", "é", "日本", "😀", "a😀", "a\nb"]
for text, length in itertools.product(texts, [0, 1, 2, 3, 5, 70, -1, -(2**63)]):
    case("s.padStart(n)", {"s": text, "n": length}, padded(text, length, " ", True))
    case("s.padEnd(n)", {"s": text, "n": length}, padded(text, length, " ", False))
for text, length, filler in itertools.product(["", "7", "ab", "😀"], [0, 3, 66], ["0", "-", "é", "€"]):
    case("s.padStart(n, t)", {"s": text, "n": length, "t": filler}, padded(text, length, filler, True))
    case("s.padEnd(n, t)", {"s": text, "n": length, "t": filler}, padded(text, length, filler, False))
for filler in ["", "ab", "😀", "e\u0301"]:
    case("s.padStart(3, t)", {"s": "7", "t": filler}, None)
    case("s.padEnd(3, t)", {"s": "7", "t": filler}, None)
for expr in [
    "s.padStart(9223372036854775807)",
    "s.padEnd(9223372036854775807, '€')",
    "s.padStart('3')",
    "s.padStart(null)",
    "s.padEnd(3, 0)",
    "s.padEnd(3, null)",
    "s.padEnd(3.0)",
    "String x; return x.padStart(3);",
    "String x; return s.padStart(3, x);",
    "String x; return x.removePrefix('a');",
    "String x; return s.removeSuffix(x);",
    "s.removePrefix(1)",
    "s.removeSuffix()",
]:
    case(expr, {"s": "7"}, None)
pairs = [
    ("s3://bucket", "s3://"), ("bucket", "s3://"), ("", ""), ("", "a"), ("a", ""), ("a", "a"), ("aaa", "a"), ("a.csv", ".csv"),
    ("a.csv.csv", ".csv"), ("csv", ".csv"), ("éa", "é"), ("aé", "é"), ("😀a", "😀"), ("a😀", "😀"), ("Ab", "a"), ("ab\n", "\n"), ("日本語", "日本"),
]
for text, end in pairs:
    case("s.removePrefix(t)", {"s": text, "t": end}, text.removeprefix(end))
    case("s.removeSuffix(t)", {"s": text, "t": end}, text.removesuffix(end))
long = "ab" * 5000
case("('ab'.repeat(5000) + s).removePrefix('ab'.repeat(5000))", {"s": "x"}, (long + "x").removeprefix(long))
case("(s + 'ab'.repeat(5000)).removeSuffix('ab'.repeat(5000))", {"s": "x"}, ("x" + long).removesuffix(long))
