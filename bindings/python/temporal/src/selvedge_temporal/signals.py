"""Signals that came, and whether they are the ones that a step waits for."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

#: The characters of all signals that a workflow keeps, as JSON: they go into the state that a run hands to the next.
MAX_CHARACTERS = 100_000

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


class Signals:
    """The signals of a workflow. They are not used up: each step may wait for the same one."""

    def __init__(self, came: Sequence[tuple[str, dict[str, Any]]] = ()) -> None:
        """Begins with those that came before."""
        self.came: list[tuple[str, dict[str, Any]]] = [(name, dict(parameters)) for name, parameters in came]

    def add(self, name: str, parameters: Mapping[str, Any]) -> bool:
        """Keeps a signal, and returns whether there was room for it. One that came already is not kept again."""
        signal = (name, dict(parameters))
        if signal in self.came:
            return True
        if len(json.dumps(self.came)) + len(json.dumps(signal)) > MAX_CHARACTERS:
            return False
        self.came.append(signal)
        return True

    def fulfil(self, dependencies: Sequence[Mapping[str, Any]]) -> bool:
        """Returns whether for each dependency a signal came that fits."""
        return all(any(fits(dependency, name, given) for name, given in self.came) for dependency in dependencies)


def fits(dependency: Mapping[str, Any], name: str, given: Mapping[str, Any]) -> bool:
    """Returns whether a signal is one that a dependency asks for."""
    if dependency.get("name") != name:
        return False
    wanted = dependency.get("match_params") or {}
    return all(key in given and holds(given[key], match) for key, match in wanted.items())


def holds(value: object, match: Mapping[str, Any]) -> bool:
    """Returns whether a value compares as it must. Numbers and texts compare with their own kind alone."""
    wanted = match.get("param")
    compare = OPERATORS.get(str(match.get("operator") or "="))
    if compare is None or isinstance(value, str) != isinstance(wanted, str):
        return False
    try:
        return compare(value, wanted)
    except TypeError:
        return False
