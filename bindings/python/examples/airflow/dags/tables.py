"""Extracts, merges and cleans up as many tables as a run names, each with its own key."""

from __future__ import annotations

from airflow.sdk import DAG, XComArg, task, task_group
from selvedge_airflow import ExpressionBranchOperator, ExpressionOperator, mapped_kwargs, templates

KEYS = {"users": "user_id", "orders": "order_id", "refunds": "refund_id"}

with DAG("selvedge_tables", schedule=None, params={"day": 20260202, "tables": ["users", "orders", "refunds"]}, **templates()):

    @task
    def extract(table: str) -> dict[str, object]:
        """Finds the rows of a table. There were no refunds."""
        return {"table": table, "rows": {"users": 520, "orders": 1_204}.get(table, 0)}

    @task
    def merge(statement: str) -> None:
        """Merges what was extracted."""
        print(f"RESULT {statement}")

    @task(trigger_rule="none_failed")
    def vacuum(empty: list[str], snapshot: str) -> None:
        """Cleans up."""
        print(f"RESULT vacuum without {empty} to the snapshot {snapshot!r}")

    @task_group
    def each_table(table: str, key: str) -> XComArg:
        """Extracts and merges one table."""
        found = extract(table)
        branch = ExpressionBranchOperator(
            task_id="has_rows", expression="found.rows > 0", inputs={"found": found}, schema={"found": "{rows: long}"}
        )
        statement = ExpressionOperator(
            task_id="statement",
            expression="f'merge into warehouse.{table} using staging.{table}_{day} on ({key})'",
            inputs={"table": table, "key": key, "day": "{{ params.day }}"},
            schema={"table": "string", "key": "string", "day": "long"},
        )
        branch >> statement
        merge(statement.output)
        return found

    found = each_table.expand_kwargs(
        mapped_kwargs(
            "tables.map(t -> {'table': t, 'key': keys.get(t)})",
            task_id="with_keys",
            tables="{{ params.tables }}",
            keys=KEYS,
            schema={"tables": "list<string>", "keys": "map<string>"},
        )
    )
    empty = ExpressionOperator(
        task_id="empty",
        expression="found.filter(f -> f.rows == 0).map(f -> f.table)",
        inputs={"found": found},
        schema={"found": "list<{table: string, rows: long}>"},
        trigger_rule="none_failed",
    )
    # The text of digits stays a text, where Jinja's native rendering alone makes it a number.
    vacuum(empty.output, "{{ params.day | selvedge(\"'' + value\") }}")
