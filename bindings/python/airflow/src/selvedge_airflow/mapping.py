"""Lists to expand mapped tasks over, from expressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.sdk import XComArg

from .operators import ExpressionListOperator
from .values import compile_now, evaluate


def mapped(
    expression: str, /, *, task_id: str = "mapped", schema: Mapping[str, str] | None = None, **inputs: Any
) -> XComArg:
    """Returns a list for ``expand``, which a task of its own evaluates in each run.

    ``Load.partial(task_id="load").expand(day=mapped("Util.dateIntsBetween(start, end, 1)", start="{{ params.start }}", end=last))``

    Inputs may be templates and results of tasks.

    Raises:
        ValueError: The expression is wrong.
    """
    return ExpressionListOperator(task_id=task_id, expression=expression, inputs=inputs, schema=schema).output


def mapped_kwargs(
    expression: str, /, *, task_id: str = "mapped", schema: Mapping[str, str] | None = None, **inputs: Any
) -> XComArg:
    """Returns a list of maps for ``expand_kwargs``, which a task of its own evaluates in each run.

    Raises:
        ValueError: The expression is wrong.
    """
    operator = ExpressionListOperator(
        task_id=task_id, expression=expression, inputs=inputs, schema=schema, of_maps=True
    )
    return operator.output


def mapped_now(expression: str, /, *, schema: Mapping[str, str] | None = None, **inputs: Any) -> list[Any]:
    """Returns a list for ``expand``, evaluated as the DAG file is parsed: the number of tasks is known before a run.

    Raises:
        ValueError: The expression is wrong, or gives no list.
        selvedge.EvaluationError: It fails.
    """
    compile_now(expression, inputs, schema, "mapped_now")
    value = evaluate(expression, schema, **inputs)
    if not isinstance(value, list):
        raise ValueError(f"expected a list to expand over, found {type(value).__name__}")
    return value
