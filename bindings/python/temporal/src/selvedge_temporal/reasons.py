"""Why steps are skipped, as texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: The longest text, in characters.
MAX_TEXT = 2_000

SENTENCES = {
    "from_skipped": "`{step}` was skipped",
    "from_failed": "`{step}` failed",
    "from_succeeded": "`{step}` did not fail",
    "from_stopped": "`{step}` was stopped",
    "stopped": "`{step}` failed, which stops what is beside it",
    "condition": "the condition `{condition}` of `{step}` is false",
    "not_otherwise": "it is the OTHERWISE of `{step}`, and `{condition}` is true",
}


def reason_of(because: Sequence[Mapping[str, Any]]) -> str:
    """Returns why a step was skipped: a reason for each transition that leads to it."""
    return "; ".join(map(sentence, because))[:MAX_TEXT]


def sentence(why: Mapping[str, Any]) -> str:
    """Returns one reason, with what decided a condition."""
    kind = str(why.get("why"))
    text = SENTENCES.get(kind, kind).format_map({"step": why.get("step"), "condition": why.get("condition")})
    decided = ", ".join(map(operand, why.get("decided") or ()))
    return f"{text}: {decided}" if decided else text


def operand(part: Mapping[str, Any]) -> str:
    """Returns a part of a condition that decided it, with the values of its names."""
    values = ", ".join(f"{name} = {value}" for name, value in part["values"] if name != part["text"])
    text = f"`{part['text']}` at column {part['at']['column']} is {'true' if part['is'] else 'false'}"
    return f"{text} where {values}" if values else text
