"""Finds the expressions of the macro and the filter in a Jinja template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import jinja2
from jinja2 import nodes

NAME = "selvedge"


@dataclass
class Macro:
    """An expression of a template."""

    text: str
    #: The index of its first character in the template.
    start: int
    values: dict[str, object] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)


def in_template(template: str) -> list[Macro]:
    """Returns the expressions of a template; of what is not a template none."""
    try:
        tree = jinja2.Environment(extensions=["jinja2.ext.do"]).parse(template)
    except (jinja2.TemplateSyntaxError, RecursionError):
        return []
    found: list[Macro] = []
    seen = 0
    for text, inputs, open_inputs in sorted(uses(tree), key=lambda use: use[0].lineno):
        start = template.find(str(text.value), seen)
        if start < 0:
            # It has escapes of its own: it is shown at the template's beginning.
            start = 0
        else:
            seen = start + len(str(text.value))
        macro = Macro(str(text.value), start, types={"*": "any"} if open_inputs else {})
        for name, node in inputs.items():
            add(macro, name, node)
        found.append(macro)
    return found


def uses(tree: nodes.Template) -> Iterator[tuple[nodes.Const, dict[str, nodes.Expr], bool]]:
    """Yields the literal expressions of macros and filters, their inputs, and whether there may be others."""
    for call in tree.find_all((nodes.Call, nodes.Filter)):
        if isinstance(call, nodes.Call):
            is_ours = isinstance(call.node, nodes.Name) and call.node.name == NAME
            inputs: dict[str, nodes.Expr] = {}
        else:
            is_ours = isinstance(call, nodes.Filter) and call.name == NAME
            inputs = {"value": call.node} if isinstance(call, nodes.Filter) and call.node is not None else {}
        if not is_ours or not isinstance(call, (nodes.Call, nodes.Filter)) or not call.args:
            continue
        text = call.args[0]
        if isinstance(text, nodes.Const) and isinstance(text.value, str):
            inputs.update((str(pair.key), pair.value) for pair in call.kwargs if isinstance(pair, nodes.Keyword))
            yield text, inputs, call.dyn_kwargs is not None


def add(macro: Macro, name: str, node: nodes.Expr) -> None:
    """Adds an input: its value where it is a constant, else any type."""
    try:
        macro.values[name] = node.as_const()
    except (nodes.Impossible, jinja2.TemplateError):
        macro.types[name] = "any"
