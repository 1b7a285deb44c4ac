"""Write, audit, publish: a table that fails its audit is set right, if it can be, and each branch says why it was taken."""

from __future__ import annotations

from airflow.sdk import DAG, task
from selvedge_airflow import ExpressionBranchOperator, templates

PARAMS = {"rows": 980, "null_keys": 0, "most": 100}

with DAG("selvedge_remediation", schedule=None, params=PARAMS, **templates()):

    @task(multiple_outputs=False)
    def audit(rows: int, null_keys: int) -> dict[str, int]:
        """Counts what was written, and what has no key."""
        return {"rows": rows, "null_keys": null_keys}

    @task
    def quarantine(statement: str) -> None:
        """Moves rows without a key away."""
        print(f"RESULT {statement}")

    @task
    def give_up(because: str) -> None:
        """Tells that it cannot be set right."""
        print(f"RESULT cannot be set right: {because}")

    @task(trigger_rule="none_failed_min_one_success")
    def publish(removed: str) -> None:
        """Makes what was written visible."""
        print(f"RESULT fast forward main{removed}")

    found = audit("{{ params.rows }}", "{{ params.null_keys }}")
    verdict = ExpressionBranchOperator(
        task_id="verdict",
        expression="found.null_keys == 0 ? 'publish' : (found.null_keys <= most ? 'quarantine' : 'give_up')",
        inputs={"found": found, "most": "{{ params.most }}"},
        schema={"found": "{rows: long, null_keys: long}", "most": "long"},
    )
    removed = "{{ selvedge(\"n > 0 ? f', after removing {n} rows' : ''\", n=params.null_keys) }}"
    published = publish(removed)
    cleaned = quarantine("move {{ params.null_keys }} rows without a key to quarantine")
    verdict >> [published, cleaned, give_up(verdict.output["because"])]
    cleaned >> published
