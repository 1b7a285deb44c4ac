"""A Jinja macro and filter that keep types.

Jinja's native rendering reads each text that a template gives as a Python literal, so the text ``"20260105"`` becomes a number. What an
expression of selvedge gives stays what it is: numbers are numbers, lists are lists, and texts are texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jinja2

from .values import evaluate


class Text(str):
    """A text that an expression gave: an ordinary ``str`` in all that a template does with it."""

    __slots__ = ()


class Literal(str):
    """A text as native rendering is to see it: as a literal where it stands alone, as itself between others."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Literal:
        """Makes the literal of a text."""
        made = super().__new__(cls, repr(str(text)))
        made.text = str(text)
        return made

    def __str__(self) -> str:
        """Returns the text itself, which is what Jinja joins."""
        return self.text


def macro(expression: str, /, **inputs: object) -> Any:
    """Returns the value of an expression: ``{{ selvedge("rows > limit", rows=params.rows, limit=10) }}``."""
    return value_of(expression, inputs)


def filtered(value: object, expression: str, /, **inputs: object) -> Any:
    """Returns the value of an expression over ``value``: ``{{ params.tables | selvedge("value.length") }}``."""
    return value_of(expression, {"value": value, **inputs})


def value_of(expression: str, inputs: Mapping[str, object]) -> Any:
    """Returns the value of an expression; a text is marked as one that an expression gave.

    Raises:
        jinja2.UndefinedError: An input is nothing that the template knows.
    """
    for name, given in inputs.items():
        if isinstance(given, jinja2.Undefined):
            raise jinja2.UndefinedError(f"the input `{name}` is undefined")
    value = evaluate(expression, None, **inputs)
    return Text(value) if isinstance(value, str) else value


def finalize(value: Any) -> Any:
    """Protects a text that an expression gave from being read as a literal; all else is left to Jinja."""
    return Literal(value) if isinstance(value, Text) else value


def templates() -> dict[str, Any]:
    """Returns the arguments of a DAG that bring the macro and the filter: ``DAG("nightly", **templates())``.

    They are ``user_defined_macros``, ``user_defined_filters``, ``render_template_as_native_obj`` and ``jinja_environment_kwargs``.
    """
    return {
        "user_defined_macros": {"selvedge": macro},
        "user_defined_filters": {"selvedge": filtered},
        "render_template_as_native_obj": True,
        "jinja_environment_kwargs": {"finalize": finalize},
    }
