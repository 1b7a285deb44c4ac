"""Loads every day of a range again: an expression gives the days, and a branch says which partitions were empty, and why."""

from __future__ import annotations

from airflow.sdk import DAG, XComArg, task, task_group
from selvedge_airflow import ExpressionBranchOperator, ExpressionOperator, mapped, templates

with DAG("selvedge_backfill", schedule=None, params={"start": 20260131, "end": 20260203}, **templates()):

    @task(max_active_tis_per_dagrun=3)
    def load(path: str) -> int:
        """Finds the rows of a partition. Sundays have no clicks."""
        return 0 if "clicks" in path and path.endswith("day=20260201") else 1_000

    @task
    def publish(path: str, rows: int) -> None:
        """Shows a partition to its readers."""
        print(f"RESULT publish {path}: {rows} rows")

    @task
    def report_empty(path: str, because: str) -> None:
        """Tells of a partition without rows."""
        print(f"RESULT empty {path}: {because}")

    @task
    def summary(total: int) -> None:
        """Tells of all."""
        print(f"RESULT {total} rows")

    @task_group
    def partition(day: int, table: str) -> XComArg:
        """Loads and publishes one day of one table."""
        path = ExpressionOperator(
            task_id="path",
            expression="f's3://lake/{table}/month={Util.formatDateInt(day, 'yyyy-MM')}/day={day}'",
            inputs={"day": day, "table": table},
            schema={"day": "long", "table": "string"},
        ).output
        rows = load(path)
        branch = ExpressionBranchOperator(
            task_id="has_rows",
            expression="rows > 0",
            inputs={"rows": rows},
            schema={"rows": "long"},
            if_true="publish",
            if_false="report_empty",
        )
        branch >> [publish(path, rows), report_empty(path, branch.output["because"])]
        return rows

    days = mapped(
        "Util.dateIntsBetween(start, end, 1)",
        task_id="days",
        start="{{ params.start }}",
        end="{{ params.end }}",
        schema={"start": "long", "end": "long"},
    )
    rows = partition.expand(day=days, table=["clicks", "views"])
    summary(ExpressionOperator(task_id="total", expression="rows.sum()", inputs={"rows": rows}).output)
