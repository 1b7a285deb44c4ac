"""Writes tests/conformance/extensions/data.jsonl, whose values are those of Python's `json`, `hashlib`, `base64` and `urllib.parse`.
Made with Python 3.11: `python3 tests/extensions/data.py > tests/conformance/extensions/data.jsonl`

Python reads more than JSON: NaN, a key twice, integers of any size, halves of surrogate pairs. What is listed under `refused` is refused
by RFC 8259, or by what `Json.parse` says of itself. A DOUBLE is written as Java's `Double.toString` has it.
"""

import base64
import hashlib
import itertools
import json
import math
import random
from decimal import Decimal
from urllib.parse import quote, unquote_to_bytes

count = itertools.count(1)
ERROR = object()


def type_of(value):
    """The type of a parameter with this value."""
    if value is None:
        return "NULL"
    if isinstance(value, list):
        kinds = {type_of(element) for element in value}
        arrays = {"LONG": "LONG_ARRAY", "DOUBLE": "DOUBLE_ARRAY", "BOOLEAN": "BOOLEAN_ARRAY", "STRING": "STRING_ARRAY"}
        if "STRING" in kinds and kinds <= {"STRING", "NULL"}:
            return "STRING_ARRAY"
        return arrays.get(kinds.pop(), "LIST") if len(kinds) == 1 else "LIST"
    return {bool: "BOOLEAN", int: "LONG", float: "DOUBLE", str: "STRING", dict: "MAP"}[type(value)]


def case(expr, params, value, type_=None):
    line = {"id": f"data-{next(count):03}", "expr": expr}
    if params:
        line["params"] = params
    if value is ERROR:
        line["error"] = "evaluation"
    else:
        line |= {"type": type_ or type_of(value), "value": value}
    print(json.dumps(line))


def double(x):
    """`Double.toString`, of the digits that `repr` has."""
    sign, digits, exponent = Decimal(repr(x)).as_tuple()
    text = "".join(map(str, digits)).rstrip("0") or "0"
    exponent += len(digits) - len(text)
    point = len(text) + exponent
    minus = "-" if math.copysign(1, x) < 0 else ""
    if x == 0:
        return minus + "0.0"
    if -3 < point <= 7:
        whole, fraction = (text[: max(point, 0)].ljust(max(point, 0), "0"), text[max(point, 0) :])
        if point <= 0:
            fraction = "0" * -point + text
        return f"{minus}{whole or '0'}.{fraction or '0'}"
    return f"{minus}{text[0]}.{text[1:] or '0'}E{point - 1}"


def text(value):
    if isinstance(value, float):
        return double(value)
    if isinstance(value, list):
        return "[" + ",".join(map(text, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(text(key) + ":" + text(inner) for key, inner in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


accepted = [
    "null", "true", "false", "0", "-0", "7", "-7", "9223372036854775807", "-9223372036854775808", "0.0", "-0.0", "1.5", "-1.5e3", "1E2", "1e+2", "1e-2", "1e-400",
    "1.7976931348623157e308", "5e-324", "0.1", "123456789012345678901.0", "1e0", "2.2250738585072011e-308", "0.30000000000000004", '""', '"a"', '"é日😀"',
    r'"\"\\\/\b\f\n\r\t"', r'"\u0041\u00e9\u65e5"', r'"\ud83d\ude00"', r'"\uD83D\uDE00!"', r'"a\u0000b"', r'"\\u0041"', r'"\\"', '"\u007f\u2028"', " 1 ", "\t\n\r[ ] ", "[]", "{}", "[1]",
    "[1,2,3]", "[1.5,2.5]", "[1,2.5]", "[true,false]", '["a","b"]', '["a",null]', '[null,"a"]', "[null]", "[null,null]", '[1,"a",null]', "[[1,2],[3]]", "[[],[[]],{}]", '[{"a":1},{"a":2}]',
    '{"a":1}', '{"b":1,"a":2}', '{"":0}', '{"a":{"b":{"c":[1,{"d":null}]}}}', r'{"\u0061\n":"x"}', '{ "a" : [ 1 , 2 ] , "b" : { } }', '{"a":1,"A":2}', '{"é":"è","😀":[true]}',
    '{"id": 7, "tags": ["a", "b"], "ratio": 0.5, "on": true, "none": null}', "[" * 64 + "]" * 64, '{"a":' * 64 + "1" + "}" * 64, "[" + ",".join(map(str, range(500))) + "]",
    "{" + ",".join(f'"k{i}":{i}' for i in range(300)) + "}", '["' + "x" * 9000 + '"]', '["' + r"\n" * 5000 + '"]',
]
for source in accepted:
    value = json.loads(source)
    if source == "-0":
        value = -0.0
    case("Json.parse(s)", {"s": source}, value)
    case("Json.parseOrNull(s)", {"s": source}, value)
refused = [
    "", " ", "nul", "nulls", "True", "NaN", "Infinity", "-Infinity", "undefined", "-", "+1", "01", "-01", "1.", ".5", "1.e2", "1e", "1e+", "0x10", "1_000", "--1", "1 2", "1,", "9223372036854775808",
    "-9223372036854775809", "123456789012345678901234567890", "1e400", "-1e309", "1e99999999999999999999", "'a'", '"a', '"', r'"\x41"', r'"\u12"', r'"\u12g4"', r'"\u+123"', r'"\ud83d"', r'"\ude00"',
    r'"\ud83d\u0041"', r'"\ud83dA"', '"a\nb"', '"\t"', '"\u0000"', '"\\', "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{", "}", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{a:1}",
    "{'a':1}", '{"a" 1}', '{"a"::1}', '{"a":1 "b":2}', '{"a":1]', '{1:2}', '{"a":1,"a":2}', '{"a":1,"b":2,"a":1}', r'{"a":1,"\u0061":2}', '{"a":null,"a":null}', "[1]]", "{}{}", "// c\n1", "/* c */ 1", "\ufeff1",
    "\u00a01", "[1,\u000b2]", "1\u0000",
]
for source in refused:
    case("Json.parse(s)", {"s": source}, ERROR)
    case("Json.parseOrNull(s)", {"s": source}, None)
case("Json.parse(s)", {"s": "[" * 65 + "]" * 65}, ERROR)
case("Json.parseOrNull(s)", {"s": "[" * 65 + "]" * 65}, ERROR)
for expr in ["Json.parse(null)", "Json.parse(1)", "Json.parse()", "String s; return Json.parse(s);", "Json.parse('1', 2)", "Json.text()", "Json.text(new DateTime(0))"]:
    case(expr, {}, ERROR)
case("Json.parse(s).get('a')", {"s": '{"a": 5}'}, 5)
case("m = Json.parse(s); m.put('b', 1); return m;", {"s": '{"a": 5}'}, {"a": 5, "b": 1})
case("x = Json.parse(s); return x[1] + x.length;", {"s": "[1, 2]"}, 4)
values = [
    None, True, False, 0, -7, 2**63 - 1, -(2**63), 0.0, -0.0, 1.5, 0.1, 100.0, 1e7, 1e-3, 9.99e-4, 12345678.9, 1e300, -2.5e-10, 1.7976931348623157e308, 0.30000000000000004, "", "a", "é日😀",
    '"quoted"', "a\\b", "\b\f\n\r\t", "\u0000\u001f\u007f", "\u2028\u2029", "</script>", "a" * 9000, "\n" * 5000, [], [1, 2, 3], [1.5, 2.0], [True], ["a", 'b"'], ["a", None], [None], [1, "a", None, 2.5],
    [[1], [2.5], ["x"], []], {}, {"a": 1}, {"b": 1, "a": {"c": [1, {"d": None}]}}, {"": "", "\n": "\t"}, {"é😀": [False]},
]
for value in values:
    case("Json.text(params['v'])", {"v": value}, text(value))
case("m = new Map(); m.put('m', m); return Json.text(m);", {}, ERROR)
case("m = new Map(); m.put('d', new DateTime(0)); return Json.text(m);", {}, ERROR)
case("m = new Map(); m.put('d', 0.0 / 0.0); return Json.text(m);", {}, ERROR)
for infinite in ["0.0 / 0.0", "1.0 / 0.0", "-1.0 / 0.0", "new double[]{1.0 / 0.0}"]:
    case(f"Json.text({infinite})", {}, ERROR)
case("Json.text(null)", {}, "null")
case("String s; return Json.text(s);", {}, "null")
case("Map m; return Json.text(m);", {}, "null")
case("Json.text(new String[2])", {}, "[null,null]")
for value in values:
    if not (isinstance(value, float) and value == 0):
        case("Json.parse(Json.text(params['v']))", {"v": value}, value)
texts = ["", "a", "abc", "é", "日本語", "😀", "a b", "a+b", "a/b?c=d&e", "100%", "-._~", "\n\t\u0000", "\u007f\u0080", "x" * 55, "x" * 56, "x" * 64, "x" * 5000, "é" * 3000, "Straße 1", "%41", "=", "user-42"]
random.seed(19)
texts += ["".join(chr(random.choice([random.randrange(32, 127), random.randrange(0xA0, 0xD7FF), random.randrange(0x10000, 0x10FFFF)])) for _ in range(random.randrange(1, 80))) for _ in range(20)]
for source in texts:
    data = source.encode()
    case("Hash.sha256(s)", {"s": source}, hashlib.sha256(data).hexdigest())
    for buckets in [1, 2, 10, 1000, 2**63 - 1]:
        case("Hash.bucket(s, n)", {"s": source, "n": buckets}, int.from_bytes(hashlib.sha256(data).digest()[:8], "big") % buckets)
    encoded = base64.b64encode(data).decode()
    case("Base64.encode(s)", {"s": source}, encoded)
    case("Base64.decode(s)", {"s": encoded}, source)
    escaped = quote(source, safe="-._~")
    case("Url.encode(s)", {"s": source}, escaped)
    case("Url.decode(s)", {"s": escaped}, source)
for source in ["a+b", "%41%4a%4A", "a%2Bb", "é%C3%A9", "plain", "%25", "%2525", "%00", "%e6%97%a5"]:
    case("Url.decode(s)", {"s": source}, unquote_to_bytes(source).decode())
for source in ["%", "%4", "%zz", "100% ", "%C3", "%FF", "%ED%A0%80", "%C0%80", "a%", "%%41", "% 41"]:
    case("Url.decode(s)", {"s": source}, ERROR)
for source in ["YQ", "YQ=", "Y", "=", "====", "YQ===", "YQ==YQ==", "Y Q==", "YQ==\n", "YQ-_", "YR==", "w6k", "/w==", "7aCA", "é", "YWJj!"]:
    case("Base64.decode(s)", {"s": source}, ERROR)
for expr in [
    "Hash.sha256(null)", "Hash.sha256(1)", "Hash.bucket('a', 0)", "Hash.bucket('a', -1)", "Hash.bucket('a', null)", "Hash.bucket('a', 1.5)", "Hash.bucket('a')", "Base64.encode(null)", "Base64.decode(1)", "Url.encode(null)",
    "Url.decode(1.5)", "String s; return Hash.sha256(s);", "String s; return Base64.encode(s);", "String s; return Url.decode(s);", "Hash.md5('a')", "n = 0; return Hash.bucket('a', n);",
]:
    case(expr, {}, ERROR)
