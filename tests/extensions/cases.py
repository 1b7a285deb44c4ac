"""What the scripts of this folder that make cases beside Python share."""
import json
import pathlib

ERROR, SYNTAX = object(), object()
KINDS = {type(None): "NULL", bool: "BOOLEAN", int: "LONG", float: "DOUBLE", str: "STRING", dict: "MAP"}
ARRAYS = {int: "LONG_ARRAY", float: "DOUBLE_ARRAY", bool: "BOOLEAN_ARRAY", str: "STRING_ARRAY"}


def kind(value):
    """The type of a value, an array's by the rule of literals."""
    if not isinstance(value, list):
        return KINDS[type(value)]
    kinds = {type(element) for element in value}
    if kinds == {int, float}:
        return "DOUBLE_ARRAY"
    return ARRAYS.get(next(iter(kinds)), "LIST") if len(kinds) == 1 else "LIST"


def named(expr, given):
    """The values that a program names outside of its texts."""
    outside = "".join(expr.split("'")[::2])
    words = "".join(c if c.isalnum() or c == "_" else " " for c in outside).split()
    return {name: value for name, value in given.items() if name in words}


def write(name, lines):
    """Writes a file of cases."""
    path = pathlib.Path(__file__).parent.parent / f"conformance/extensions/{name}.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
