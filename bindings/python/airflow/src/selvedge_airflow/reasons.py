"""Says why a condition came to its value: which of its parts decided, and over which values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import selvedge

from .escape import shown
from .engine import engine


def because(expression: str, value: object, inputs: Mapping[str, object]) -> str:
    """Returns why an expression has its value.

    Of a BOOLEAN these are the parts that decided, as in "`rows > 0` at column 1 is false where rows = 0".
    """
    whole = f"`{shown(expression)}` is {shown(json.dumps(value))}"
    if not isinstance(value, bool):
        return whole
    parts = deciding(expression, value, inputs)
    return f"{whole}: {'; '.join(parts)}" if parts else whole


def deciding(expression: str, value: bool, inputs: Mapping[str, object]) -> list[str]:
    """Returns the parts of a condition that decided it, or nothing where it cannot be taken apart.

    The condition is put on a transition of a workflow of two steps, whose unfolding says why the second is skipped. A true condition
    is looked at as what its negation failed by.
    """
    condition = f"!({expression})" if value else expression
    try:
        commands = skipped_by(condition, inputs)
    except selvedge.SelvedgeError:
        return []
    return [text for command in commands for text in operands(command, 2 if value else 0)]


def skipped_by(condition: str, inputs: Mapping[str, object]) -> list[dict[str, Any]]:
    """Returns why a step is skipped that a false condition leads to."""
    steps = [
        {"step": {"id": "decide", "type": "noop", "transition": {"successors": {"follow": condition}}}},
        {"step": {"id": "follow", "type": "noop"}},
    ]
    workflow = selvedge.Workflow.from_json(json.dumps({"workflow": {"id": "branch", "steps": steps}}))
    schema = selvedge.Schema.from_values(dict(inputs))
    blueprint = selvedge.Blueprint(workflow, engine=engine(), surroundings=schema)
    unfolding, _ = selvedge.Unfolding.open(blueprint, inputs)
    commands = unfolding.ended("decide")
    return [reason for command in commands if "skipped" in command for reason in command["skipped"]["because"]]


def operands(reason: Mapping[str, Any], before: int) -> list[str]:
    """Returns what decided as texts, with columns less what was put before the expression."""
    return [operand(part, before) for part in reason.get("decided", ())]


def operand(part: Mapping[str, Any], before: int) -> str:
    """Returns a part that decided as a text."""
    line, column = part["at"]["line"], part["at"]["column"]
    place = f"column {column - before}" if line == 1 else f"line {line}, column {column}"
    values = ", ".join(f"{name} = {shown(text)}" for name, text in part["values"] if name != part["text"])
    where = f" where {values}" if values else ""
    return f"`{shown(part['text'])}` at {place} is {'true' if part['is'] else 'false'}{where}"

