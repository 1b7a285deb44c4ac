"""The operators, without a scheduler."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from airflow.sdk import DAG
from airflow.sdk.bases.skipmixin import SkipMixin
from airflow.sdk.exceptions import AirflowException, AirflowFailException, DownstreamTasksSkipped
from airflow.sdk import BaseOperator
from selvedge_airflow import (
    ExpressionBranchOperator,
    ExpressionListOperator,
    ExpressionOperator,
    mapped,
    mapped_kwargs,
    mapped_now,
    use_engine,
)
import selvedge


class Told:
    """What a branch tells of itself."""

    map_index = -1

    def __init__(self) -> None:
        """Begins with nothing."""
        self.pushed: dict[str, object] = {}

    def xcom_push(self, key: str, value: object) -> None:
        """Keeps what is pushed."""
        self.pushed[key] = value


def branch(expression: str, inputs: dict[str, object], **arguments: Any) -> tuple[list[str] | None, object]:
    """Returns what a branch before the tasks `a` and `b` chooses, and why."""
    with DAG("dag", schedule=None):
        operator = ExpressionBranchOperator(task_id="branch", expression=expression, inputs=inputs, **arguments)
        operator >> [BaseOperator(task_id="a"), BaseOperator(task_id="b")]
    told = Told()
    return operator.choose_branch({"ti": told}), told.pushed["because"]  # type: ignore[typeddict-item]


SIDES = {"if_true": "a", "if_false": ["b"]}


@pytest.mark.parametrize(
    ("expression", "inputs", "arguments", "chosen", "because"),
    [
        ("n > 2", {"n": 3}, SIDES, ["a"], "`n > 2` is true: `n > 2` at column 1 is true where n = 3"),
        ("n > 2", {"n": 1}, SIDES, ["b"], "`n > 2` is false: `n > 2` at column 1 is false where n = 1"),
        ("n > 2", {"n": 3}, {}, ["a", "b"], "`n > 2` is true: `n > 2` at column 1 is true where n = 3"),
        (
            "n > 2 && m < 4",
            {"n": 3, "m": 5},
            {},
            None,
            "`n > 2 && m < 4` is false: `m < 4` at column 10 is false where m = 5",
        ),
        ("n > 2 ? 'a' : 'b'", {"n": 1}, {}, ["b"], "`n > 2 ? 'a' : 'b'` is \"b\""),
        ("['a', 'b']", {}, {}, ["a", "b"], "`['a', 'b']` is [\"a\", \"b\"]"),
    ],
)
def test_branch(
    expression: str, inputs: dict[str, object], arguments: dict[str, Any], chosen: Sequence[str] | None, because: str
) -> None:
    assert branch(expression, inputs, **arguments) == (chosen, because)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("'c'", "unknown task `c`: what follows `branch` are `a`, `b`"),
        ("7", "expected a BOOLEAN or names of tasks, found int"),
        ("[1]", "expected a BOOLEAN or names of tasks, found list"),
    ],
)
def test_what_names_no_task_is_refused(expression: str, message: str) -> None:
    with pytest.raises(AirflowFailException, match=message):
        branch(expression, {})


def test_a_text_in_a_reason_is_escaped() -> None:
    _, because = branch("'a'.length() > n || x == 'b'", {"n": 3, "x": "\x1b[31m\n\u202e" + "x" * 10_000})
    assert str(because).isprintable()
    assert len(str(because)) < 1_000


@pytest.mark.parametrize("operator", [ExpressionOperator, ExpressionListOperator, ExpressionBranchOperator])
def test_a_wrong_expression_is_an_error_of_the_file(operator: type[ExpressionOperator]) -> None:
    with pytest.raises(ValueError, match="unknown name `m`"):
        operator(task_id="t", expression="m + 1", inputs={"n": 1})


def test_a_schema_finds_wrong_types_in_the_file() -> None:
    with pytest.raises(ValueError, match="BOOLEAN has no method `length`"):
        ExpressionOperator(task_id="t", expression="n.length()", inputs={"n": "{{ n }}"}, schema={"n": "boolean"})


def test_inputs_that_are_not_known_yet_may_have_any_name() -> None:
    operator = ExpressionOperator(task_id="t", expression="n + 1", inputs="{{ params }}")
    operator.inputs = {"n": 1}
    assert operator.execute({}) == 2  # type: ignore[typeddict-item]


def test_what_fails_may_be_tried_again() -> None:
    operator = ExpressionOperator(task_id="t", expression="1 / n", inputs={"n": 0})
    with pytest.raises(AirflowException, match="t:1") as raised:
        operator.execute({})  # type: ignore[typeddict-item]
    assert not isinstance(raised.value, AirflowFailException)


@pytest.mark.parametrize(
    ("expression", "of_maps", "message"),
    [
        ("7", False, "expected a list to expand over, found int"),
        ("[1]", True, "expected a list of maps"),
        ("Util.intsBetween(0, 2000, 1)", False, "2000 elements to expand over, at most 1024"),
    ],
)
def test_a_list_that_cannot_be_expanded_over_is_refused(expression: str, of_maps: bool, message: str) -> None:
    operator = ExpressionListOperator(task_id="t", expression=expression, of_maps=of_maps)
    with pytest.raises(AirflowFailException, match=message):
        operator.execute({})  # type: ignore[typeddict-item]


def test_mapped_lists_are_tasks_of_their_own() -> None:
    with DAG("dag", schedule=None) as dag:
        mapped("[1, 2]", task_id="days")
        mapped_kwargs("[{'a': n}]", task_id="settings", n=1)
    assert set(dag.task_ids) == {"days", "settings"}


def test_a_list_may_be_evaluated_as_the_file_is_parsed() -> None:
    assert mapped_now("Util.dateIntsBetween(start, 20260203, 1)", start=20260131) == [20260131, 20260201, 20260202]
    with pytest.raises(ValueError, match="expected a list"):
        mapped_now("7")


def test_another_engine_may_be_used() -> None:
    try:
        use_engine(selvedge.Engine(constants={"Env.REGION": "eu"}))
        assert ExpressionOperator(task_id="t", expression="Env.REGION").execute({}) == "eu"  # type: ignore[typeddict-item]
    finally:
        use_engine(selvedge.Engine())


def test_airflow_still_skips_by_the_method_that_the_branch_overrides() -> None:
    assert "_set_state_to_skipped" in vars(SkipMixin)
    with pytest.raises(DownstreamTasksSkipped):
        ExpressionBranchOperator._set_state_to_skipped([("a", 3)], 3)
