"""States that are packed, and definitions that are read."""

from __future__ import annotations

import pytest
import selvedge
from selvedge_temporal import Request, definition

TEXT = "workflow: {id: w, jobs: [{job: {id: load, type: sql, rows: 0}}]}"


def test_a_state_is_what_it_was_after_it_was_packed() -> None:
    made = definition.blueprint(Request(TEXT), 0)
    unfolding, _ = selvedge.Unfolding.open(made)
    snapshot = unfolding.snapshot()
    assert definition.unpacked(definition.packed(snapshot)) == snapshot


def test_a_state_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definition, "MAX_PACKED", 10)
    with pytest.raises(ValueError, match="at most 10"):
        definition.packed("a text")


@pytest.mark.parametrize("text", ["nonsense", "", "~~~~"])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        definition.unpacked(text)


def test_a_state_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = definition.packed("x" * 10_000)
    monkeypatch.setattr(definition, "MAX_UNPACKED", 1_000)
    with pytest.raises(ValueError, match="more than 1000"):
        definition.unpacked(packed)


@pytest.mark.parametrize("text", ['{"workflow": {"id": "w", "steps": []}}', "workflow: {id: w, jobs: []}"])
def test_definitions_are_read_in_both_forms(text: str) -> None:
    assert definition.read(text).id == "w"


@pytest.mark.parametrize("expression", ["Math.random()", "UUID.randomUUID()"])
def test_random_numbers_are_refused(expression: str) -> None:
    text = f"workflow: {{id: w, '!n': '{expression}', jobs: []}}"
    with pytest.raises(selvedge.DefinitionError):
        definition.blueprint(Request(text), 0)


def test_the_clock_stands() -> None:
    text = "workflow: {id: w, jobs: [{job: {id: a, type: x, '!at<long>': System.currentTimeMillis()}}]}"
    _, commands = selvedge.Unfolding.open(definition.blueprint(Request(text), 1_767_571_200_000))
    assert commands[0]["run"]["parameters"] == {"at": 1_767_571_200_000}
