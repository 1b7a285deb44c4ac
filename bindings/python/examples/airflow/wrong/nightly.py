"""A DAG file whose expressions are wrong: `python -m selvedge_airflow check` says where."""

import selvedge_airflow as sa
from airflow.sdk import DAG, task
from selvedge_airflow import ExpressionBranchOperator, mapped, templates

with DAG("nightly", schedule=None, **templates()):

    @task
    def load(day: int, path: str) -> int:
        """Loads a day."""
        return day

    days = mapped("Util.dateIntsBetween(start, ned, 1)", start="{{ params.start }}", end=20260203)
    load.partial(path="lake/{{ selvedge('day + hour', day=params.day) }}").expand(day=days)
    ExpressionBranchOperator(
        task_id="branch",
        expression="""
            rows > 0 &&
            owner == 7
        """,
        inputs={"rows": "{{ params.rows }}", "owner": "{{ params.owner }}"},
        schema={"rows": "long", "owner": "string"},
    )
    sa.mapped_now("tables.map(t -> t.lenght)", tables=["a", "b"])
