"""Finds expressions in the source of DAG files, without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .literals import Place, places
from .macros import in_template

PACKAGE = "selvedge_airflow"

#: The functions whose first argument is an expression, and whose other keywords are its inputs.
FUNCTIONS = {"evaluate", "mapped", "mapped_kwargs", "mapped_now"}
#: The operators whose keyword ``expression`` is one, and whose ``inputs`` are its inputs.
OPERATORS = {"ExpressionOperator", "ExpressionListOperator", "ExpressionBranchOperator"}
#: Keywords of the functions that are not inputs.
SETTINGS = {"task_id", "schema"}

ANY = {"*": "any"}


@dataclass
class Expression:
    """An expression of a file, with what it may read."""

    text: str
    #: Where each of its characters stands, and its end.
    places: list[Place]
    #: Literal inputs by name.
    values: dict[str, object] = field(default_factory=dict)
    #: Types by name, of a schema or of inputs that are not literal.
    types: dict[str, str] = field(default_factory=dict)


@dataclass
class Unread:
    """An expression that is not a literal text, so only a run can tell whether it is right."""

    place: Place


Found = Expression | Unread


def find(source: str) -> list[Found]:
    """Returns the expressions of a file, in the order of its text.

    Raises:
        SyntaxError: The file is not a Python.
        ValueError: The file has a null character.
        RecursionError: The file is nested too deep.
    """
    tree = ast.parse(source)
    known = imported(tree)
    found: list[Found] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found.extend(of_call(node, known, source))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.extend(in_text(node, node.value, source))
    return sorted(found, key=place_of)


def place_of(found: Found) -> Place:
    """Returns where a finding begins."""
    return found.place if isinstance(found, Unread) else found.places[0]


def imported(tree: ast.Module) -> dict[str, str]:
    """Returns the names of a file that are those of this package: ``{"over": "mapped", "sa": ""}``, the module's own is empty."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
            names.update({alias.asname or alias.name: alias.name for alias in node.names})
        elif isinstance(node, ast.Import):
            names.update({alias.asname or alias.name: "" for alias in node.names if alias.name == PACKAGE})
    return names


def called(function: ast.expr, known: Mapping[str, str]) -> str | None:
    """Returns which function or operator of this package is called, also as ``Operator.partial``."""
    if isinstance(function, ast.Name):
        return known.get(function.id) or None
    if not isinstance(function, ast.Attribute):
        return None
    if isinstance(function.value, ast.Name) and known.get(function.value.id) == "":
        return function.attr
    if function.attr == "partial":
        return called(function.value, known)
    return None


def of_call(call: ast.Call, known: Mapping[str, str], source: str) -> Iterator[Found]:
    """Yields the expression of a call of this package."""
    name = called(call.func, known)
    keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    if name in OPERATORS:
        text = keywords.get("expression")
        inputs = keywords.get("inputs")
        is_partial = isinstance(call.func, ast.Attribute) and call.func.attr == "partial"
        given = of_dict(inputs) if inputs is not None or is_partial else {}
    elif name in FUNCTIONS:
        text = call.args[0] if call.args else None
        has_more = any(keyword.arg is None for keyword in call.keywords)
        given = None if has_more else {key: node for key, node in keywords.items() if key not in SETTINGS}
    else:
        return
    if text is not None:
        yield read(text, given, of_dict(keywords.get("schema")), source)


def of_dict(node: ast.expr | None) -> dict[str, ast.expr] | None:
    """Returns the values of a map that is written out, by key."""
    if not isinstance(node, ast.Dict):
        return None
    keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
    if not all(isinstance(key, str) for key in keys):
        return None
    return {str(key): value for key, value in zip(keys, node.values, strict=True)}


def read(
    text: ast.expr, given: dict[str, ast.expr] | None, schema: dict[str, ast.expr] | None, source: str
) -> Found:
    """Returns an expression with what is known of its inputs."""
    if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
        return Unread((text.lineno, text.col_offset + 1))
    found = Expression(text.value, places(text, source))
    if schema is not None:
        found.types = {key: str(literal(node, "any")) for key, node in schema.items()}
    elif given is None:
        found.types = dict(ANY)
    else:
        add_inputs(found, given)
    return found


def add_inputs(found: Expression, given: Mapping[str, ast.expr]) -> None:
    """Adds inputs: the values of those that are literal, and any type for all others."""
    for key, node in given.items():
        value = literal(node, ast)
        if value is ast or has_template(value):
            found.types[key] = "any"
        else:
            found.values[key] = value


def literal(node: ast.expr, otherwise: object) -> object:
    """Returns the value of a literal, or of none what is said."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return otherwise


def has_template(value: object) -> bool:
    """Returns whether a value has a template somewhere in it, whose type only a run knows."""
    if isinstance(value, str):
        return "{{" in value or "{%" in value
    if isinstance(value, dict):
        return any(has_template(element) for element in value.values())
    return isinstance(value, (list, tuple, set)) and any(has_template(element) for element in value)


def in_text(node: ast.Constant, text: str, source: str) -> Iterator[Found]:
    """Yields the expressions of the macro and the filter in a template."""
    if "selvedge" not in text or not has_template(text):
        return
    at = places(node, source)
    for macro in in_template(text):
        yield Expression(macro.text, at[macro.start :][: len(macro.text) + 1], macro.values, macro.types)
