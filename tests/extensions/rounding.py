"""Writes tests/conformance/extensions/rounding.jsonl, whose values are those of Python's floats and decimals. Made with Python 3.11:
`python3 tests/extensions/rounding.py > tests/conformance/extensions/rounding.jsonl`

`Math.round(x, digits)` rounds the shortest decimal text of a double, which is what `repr` gives, halves away from zero.
"""

import itertools
import json
import math
import random
from decimal import ROUND_HALF_UP, Context, Decimal

INFINITY, NAN = math.inf, math.nan
EXACT = Context(prec=2000, Emax=10**6, Emin=-(10**6))
count = itertools.count(1)


def literal(value):
    return "(0.0 / 0.0)" if math.isnan(value) else "(1.0 / 0.0)" if value > 0 else "(-1.0 / 0.0)"


def case(function, values, given, type_="DOUBLE"):
    params, written = {}, []
    for name, value in zip("xyz", values):
        if isinstance(value, float) and not math.isfinite(value):
            written.append(literal(value))
        else:
            params[name] = value
            written.append(name)
    line = {"id": f"rounding-{next(count):03}", "expr": f"{function}({', '.join(written)})"}
    if params:
        line["params"] = params
    if given is None:
        line["error"] = "evaluation"
    else:
        if isinstance(given, float) and not math.isfinite(given):
            given = "NaN" if math.isnan(given) else "Infinity" if given > 0 else "-Infinity"
        line |= {"type": type_, "value": given}
    print(json.dumps(line))


def rounded(x, digits):
    if not math.isfinite(x):
        return x
    return float(Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-digits, EXACT), ROUND_HALF_UP, EXACT))


def divided(a, b):
    """`//` and `%`; a division by zero, which Python refuses, is as IEEE 754 has it."""
    if b != 0:
        return float(a) // float(b), float(a) % float(b)
    nothing = a == 0 or math.isnan(a)
    return NAN if nothing else math.copysign(INFINITY, a) * math.copysign(1, b), NAN


random.seed(19)
for digits, xs in [
    (0, [0.5, 1.5, 2.5, -0.5, -2.5, 0.4, -0.4, 0.0, -0.0, 1e300, 5e-324, 0.49999999999999994, 4503599627370497.5]),
    (1, [0.05, 0.15, 0.25, 0.35, -0.05, 0.95, 9.95, 99.95, 1.7976931348623157e308]),
    (2, [1.005, 2.675, 1.115, -1.115, 0.005, 0.0049999, 999.995, 1234567.891, 123456789012345.67, 1e22]),
    (3, [0.1, 0.1234, 0.0005, 0.00049, -0.0005]),
    (17, [0.1, 1 / 3, 2 / 3, 0.1 + 0.2]),
    (320, [2.2250738585072014e-308, 1.5e-310]),
    (-1, [5.0, 4.9, 15.0, 25.0, -15.0, 123.0]),
    (-2, [50.0, 49.9, 1250.0, 1249.9, -1250.0]),
    (-308, [1.7976931348623157e308, 4e307, 5e307, -5e307]),
    (-400, [1e308, -1.0]),
]:
    for x in xs:
        case("Math.round", [x, digits], rounded(x, digits))
for x in [INFINITY, -INFINITY, NAN]:
    case("Math.round", [x, 2], x)
for x, digits in [(5, 0), (1250, -2), (-15, -1), (7, 3)]:
    case("Math.round", [x, digits], rounded(x, digits))
case("Math.round", [2.5, 9223372036854775807], 2.5)
case("Math.round", [2.5, -9223372036854775808], 0.0)
for _ in range(60):
    x = random.choice([random.uniform(-1000, 1000), random.uniform(-1, 1) * 10 ** random.randint(-20, 20)])
    digits = random.randint(-3, 8)
    case("Math.round", [x, digits], rounded(x, digits))
for expr in ["Math.round(1.5, null)", "Math.round(null, 1)", "Math.round(1.5, 0.5)", "Math.round('1.5', 1)", "Math.round(1.5, 1, 1)"]:
    print(json.dumps({"id": f"rounding-{next(count):03}", "expr": expr, "error": "evaluation"}))
numbers = [0.0, -0.0, 0.1, -0.1, 1.0, -1.0, 0.5, 2.5, -7.5, 3.0, 1e300, -1e-300, 5e-324, INFINITY, -INFINITY, NAN]
for a, b in itertools.product(numbers, numbers):
    quotient, rest = divided(a, b)
    case("Math.floorDiv", [a, b], quotient)
    case("Math.floorMod", [a, b], rest)
for a, b in [(7, 2.0), (-7, 2.0), (7.5, 2), (-7.5, 2), (9007199254740993, 2.0), (1, 0.1), (6, 0.1)]:
    quotient, rest = divided(a, b)
    case("Math.floorDiv", [a, b], quotient)
    case("Math.floorMod", [a, b], rest)
