"""The repository's conformance corpus gives through Python what it gives in Rust: type, value, error, and the same steps."""

from __future__ import annotations

from typing import Any

import pytest

import selvedge
from corpus import CLOCK, SEED, TESTS, beyond_sel, cases, differences, lines, same, shaped_cases


def engine(dialect: Any) -> selvedge.Engine:
    return selvedge.Engine(dialect=dialect, unknown_names="null", clock=CLOCK, seed=SEED)


def came(of: selvedge.Engine, case: dict[str, Any], schema: selvedge.Schema) -> Any:
    try:
        program = of.compile(case["expr"], schema)
    except selvedge.CompileError as error:
        return error
    try:
        return program.run(case.get("params", {}))
    except selvedge.EvaluationError as error:
        return error


def is_right(case: dict[str, Any], came: Any) -> bool:
    if "throws" in case:
        return isinstance(came, selvedge.EvaluationError) and came.code == "E501" and came.message == case["throws"]
    if case.get("error") == "syntax":
        return isinstance(came, selvedge.CompileError) and came.phase == "syntax"
    if case.get("error") == "evaluation":
        if isinstance(came, selvedge.CompileError):
            return came.phase == "check"
        return isinstance(came, selvedge.EvaluationError) and came.code != "E599"
    return isinstance(came, selvedge.Outcome) and came.type == case["type"] and same(case["value"], came.value)


def schema_of(case: dict[str, Any], known: bool) -> selvedge.Schema:
    return selvedge.Schema.from_values(case.get("params", {})) if known else selvedge.Schema(open=True)


@pytest.mark.parametrize("known", [True, False])
def test_the_corpus_of_sel(known: bool) -> None:
    of, left_out, beyond = engine("sel"), differences(), beyond_sel()
    wrong, ran = [], 0
    for case in cases("conformance"):
        if case["id"] in left_out:
            continue
        ran += 1
        given = came(of, case, schema_of(case, known))
        # What is not a syntax of SEL may be refused later.
        if case["id"] in beyond and isinstance(given, selvedge.CompileError):
            continue
        if not is_right(case, given):
            wrong.append((case, given))
    assert not wrong[:5]
    assert ran > 10_000


@pytest.mark.parametrize("known", [True, False])
def test_the_corpus_beyond_sel(known: bool) -> None:
    of = engine("selvedge")
    found = cases("conformance/extensions")
    wrong = [case for case in found if not is_right(case, came(of, case, schema_of(case, known)))]
    assert not wrong[:5]
    assert len(found) > 1_000


def test_shapes_change_no_value() -> None:
    of = engine("selvedge")
    ran = 0
    for case in shaped_cases():
        given = came(of, case, selvedge.Schema(case["schema"]))
        if "value" in case:
            ran += 1
            assert isinstance(given, selvedge.Outcome) and same(case["value"], given.value), (case, given)
    assert ran > 10


def test_every_program_uses_what_it_does_in_rust() -> None:
    """Steps and bytes of all programs, held against `tests/usage.txt`, which the crate's own test writes."""
    of = engine("selvedge")
    files = sorted([*(TESTS / "conformance").glob("*.jsonl"), *(TESTS / "conformance/extensions").glob("*.jsonl")])
    found = [case for path in files for case in lines(path)]
    kept = (TESTS / "usage.txt").read_text(encoding="utf-8").splitlines()
    assert len(found) == len(kept) > 20_000
    wrong = []
    for case, line in zip(found, kept):
        typed, untyped = (used(came(of, case, schema_of(case, known))) for known in (True, False))
        if line != f"{case['id']}: {typed}, without types {untyped}":
            wrong.append((line, typed, untyped))
    assert not wrong[:5]


def used(given: Any) -> str:
    return "refused" if isinstance(given, selvedge.CompileError) else f"{given.usage.steps} {given.usage.memory}"
