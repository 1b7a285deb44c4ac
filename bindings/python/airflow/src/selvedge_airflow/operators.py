"""Operators whose work is an expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.bases.branch import BaseBranchOperator
from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowFailException, DownstreamTasksSkipped

from .reasons import because
from .values import compile_now, evaluate_in_task, plain

if TYPE_CHECKING:
    from airflow.sdk.definitions.context import Context

Inputs = Mapping[str, Any]
Types = Mapping[str, str]


class ExpressionOperator(BaseOperator):
    """Evaluates an expression, and returns its value, which other tasks read.

    The expression is not a template: what comes from outside is an input, and never code.

    Args:
        expression: The expression.
        inputs: Values by name; results of tasks and templates among them.
        schema: Types of the inputs, as ``{"rows": "long"}``. With them all errors of types are found as the file is parsed.
    """

    template_fields: Sequence[str] = ("inputs",)
    ui_color = "#e8f0e4"

    def __init__(self, *, expression: str, inputs: Any = None, schema: Types | None = None, **kwargs: Any) -> None:
        """Compiles the expression.

        Raises:
            ValueError: The expression is wrong.
        """
        super().__init__(**kwargs)
        self.expression = expression
        self.inputs = {} if inputs is None else inputs
        self.schema = schema
        compile_now(expression, self.inputs, schema, self.task_id)

    def execute(self, context: Context) -> Any:
        """Returns the value of the expression."""
        return evaluate_in_task(self.expression, self.inputs, self.schema, self.task_id)


class ExpressionListOperator(ExpressionOperator):
    """Evaluates an expression to a list that a mapped task expands over.

    Args:
        of_maps: Whether each element is a map of arguments, for ``expand_kwargs``.
    """

    def __init__(self, *, of_maps: bool = False, **kwargs: Any) -> None:
        """Compiles the expression.

        Raises:
            ValueError: The expression is wrong.
        """
        super().__init__(**kwargs)
        self.of_maps = of_maps

    def execute(self, context: Context) -> list[Any]:
        """Returns the list."""
        value = super().execute(context)
        if not isinstance(value, list):
            raise AirflowFailException(f"expected a list to expand over, found {type(value).__name__}")
        if self.of_maps and not all(isinstance(element, dict) for element in value):
            raise AirflowFailException("expected a list of maps to expand over")
        most = conf.getint("core", "max_map_length", fallback=1024)
        if len(value) > most:
            raise AirflowFailException(f"{len(value)} elements to expand over, at most {most} by `core.max_map_length`")
        self.log.info("%d to expand over", len(value))
        return value


class ExpressionBranchOperator(BaseBranchOperator):
    """Chooses the tasks that follow by an expression, and says why the others are skipped.

    A BOOLEAN chooses ``if_true`` or ``if_false``; with neither of them, false skips all that follows. A STRING, or a list of them,
    names the tasks. Inside of a task group names may be those within the group.

    The reason is logged, and stands in the XCom ``because``.

    Args:
        expression: The expression.
        inputs: Values by name; results of tasks and templates among them.
        if_true: The tasks that follow where it is true.
        if_false: The tasks that follow where it is false.
        schema: Types of the inputs, as ``{"rows": "long"}``.
    """

    template_fields: Sequence[str] = ("inputs",)
    ui_color = "#e8f0e4"

    def __init__(
        self,
        *,
        expression: str,
        inputs: Any = None,
        if_true: str | Sequence[str] = (),
        if_false: str | Sequence[str] = (),
        schema: Types | None = None,
        **kwargs: Any,
    ) -> None:
        """Compiles the expression.

        Raises:
            ValueError: The expression is wrong.
        """
        super().__init__(**kwargs)
        self.expression = expression
        self.inputs = {} if inputs is None else inputs
        self.if_true = names(if_true)
        self.if_false = names(if_false)
        self.schema = schema
        compile_now(expression, self.inputs, schema, self.task_id)

    def choose_branch(self, context: Context) -> list[str] | None:
        """Returns the ids of the tasks that follow, or None where all are skipped."""
        value = evaluate_in_task(self.expression, self.inputs, self.schema, self.task_id)
        chosen = self.chosen(value)
        reason = because(self.expression, value, plain(self.inputs))
        skipped = sorted(self.downstream_task_ids - set(chosen))
        self.log.info("%s; skipped: %s", reason, ", ".join(skipped) or "nothing")
        context["ti"].xcom_push(key="because", value=reason)
        return chosen or None

    @staticmethod
    def _set_state_to_skipped(tasks: Sequence[str | tuple[str, int]], map_index: int | None) -> None:
        # Airflow leaves the tasks of a mapped task group to its scheduler, which does not find what a branch inside of the group
        # decided, and runs them all (apache/airflow#67265): they are skipped by their index.
        if tasks:
            raise DownstreamTasksSkipped(tasks=tasks)  # type: ignore[no-untyped-call]

    def chosen(self, value: object) -> list[str]:
        """Returns the full ids of the tasks that a value chooses.

        Raises:
            AirflowFailException: The value is neither a BOOLEAN nor names of tasks.
        """
        if isinstance(value, bool):
            if not self.if_true and not self.if_false:
                return sorted(self.downstream_task_ids) if value else []
            return [self.full_id(name) for name in (self.if_true if value else self.if_false)]
        if isinstance(value, str):
            return [self.full_id(value)]
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return [self.full_id(name) for name in value]
        raise AirflowFailException(f"expected a BOOLEAN or names of tasks, found {type(value).__name__}")

    def full_id(self, name: str) -> str:
        """Returns the id of a task that follows, whose name may be the one within this task's group.

        Raises:
            AirflowFailException: No such task follows.
        """
        group, dot, _ = self.task_id.rpartition(".")
        for known in (name, f"{group}{dot}{name}"):
            if known in self.downstream_task_ids or self.is_group(known):
                return known
        follow = ", ".join(f"`{known}`" for known in sorted(self.downstream_task_ids))
        raise AirflowFailException(f"unknown task `{name}`: what follows `{self.task_id}` are {follow or 'no tasks'}")

    def is_group(self, name: str) -> bool:
        """Returns whether a name is that of a task group of the DAG."""
        dag = self.get_dag()
        return dag is not None and name in dag.task_group_dict


def names(given: str | Sequence[str]) -> list[str]:
    """Returns names as a list."""
    return [given] if isinstance(given, str) else list(given)
