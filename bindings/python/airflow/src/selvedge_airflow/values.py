"""Evaluates expressions over what Airflow hands to tasks and templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import selvedge
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from .engine import engine

#: The most elements that are taken of a lazy sequence, such as the results of a mapped task.
MAX_ELEMENTS = 100_000


def plain(value: object) -> Any:
    """Returns a value with lazy sequences read into lists, at any depth of lists and maps.

    Raises:
        ValueError: A lazy sequence has more than :data:`MAX_ELEMENTS` elements.
    """
    if value is None or isinstance(value, (str, bytes, bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {key: plain(element) for key, element in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, Sequence):
        return [plain(element) for element in bounded(value)]
    return value


def bounded(sequence: Sequence[object]) -> list[object]:
    """Returns the elements of a lazy sequence.

    Raises:
        ValueError: There are more than :data:`MAX_ELEMENTS`.
    """
    elements = list(islice(iter(sequence), MAX_ELEMENTS + 1))
    if len(elements) > MAX_ELEMENTS:
        raise ValueError(f"more than {MAX_ELEMENTS} elements")
    return elements


def evaluate(expression: str, schema: Mapping[str, str] | None = None, /, **inputs: object) -> Any:
    """Returns the value of an expression over inputs by name.

    Without a schema the types are those of the inputs.

    Raises:
        selvedge.CompileError: The expression is wrong, whatever the inputs.
        selvedge.EvaluationError: It fails over these inputs.
        selvedge.ConversionError: An input is not a value of the language.
    """
    return engine().evaluate(expression, plain(inputs), schema=dict(schema) if schema else None)


def evaluate_in_task(expression: str, inputs: Mapping[str, object], schema: Mapping[str, str] | None, task_id: str) -> Any:
    """Returns the value of a task's expression; what goes wrong is told as Airflow tells it.

    Raises:
        AirflowFailException: The expression is wrong, or an input is not a value of the language: no retry can help.
        AirflowException: It fails over these inputs.
    """
    try:
        return evaluate(expression, schema, **dict(inputs))
    except selvedge.CompileError as error:
        raise AirflowFailException(error.report(task_id)) from error
    except selvedge.EvaluationError as error:
        raise AirflowException(error.report(task_id)) from error
    except selvedge.SelvedgeError as error:
        raise AirflowFailException(f"{task_id}: {error}") from error


def compile_now(
    expression: str, inputs: object, schema: Mapping[str, str] | None, origin: str
) -> selvedge.Program:
    """Compiles an expression as a DAG file is parsed, so that a wrong one is an import error of the file.

    Without a schema each input may have any type. Where the inputs are not a map yet, any name may be read.

    Raises:
        ValueError: The expression is wrong; the text shows where.
    """
    if schema is None:
        schema = {name: "any" for name in inputs} if isinstance(inputs, Mapping) else {"*": "any"}
    try:
        return engine().compile(expression, dict(schema))
    except selvedge.CompileError as error:
        raise ValueError(error.report(origin)) from error
