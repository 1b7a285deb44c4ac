"""Trains a model for each combination of settings, and promotes the best: the combinations and the choice are expressions."""

from __future__ import annotations

from airflow.sdk import DAG, task
from selvedge_airflow import ExpressionBranchOperator, ExpressionOperator, mapped_kwargs, templates

SETTINGS = {"rates": [0.3, 0.1], "depths": [4, 6], "minimum_auc": 0.8}
TRIAL = "{auc: double, model: string}"

with DAG("selvedge_sweep", schedule=None, params=SETTINGS, **templates()):

    @task
    def train(rate: float, depth: int) -> dict[str, object]:
        """Finds how good a model is: best at a rate of 0.1 and a depth of 6."""
        auc = 0.75 + (0.05 if rate == 0.1 else 0.01) + (0.04 if depth == 6 else 0.02)
        return {"auc": round(auc, 3), "model": f"models/churn/lr={rate}/depth={depth}"}

    @task
    def promote(text: str) -> None:
        """Promotes a model."""
        print(f"RESULT {text}")

    @task
    def ask_for_help(because: str) -> None:
        """Tells that no model is good enough."""
        print(f"RESULT ask for help: {because}")

    trials = train.expand_kwargs(
        mapped_kwargs(
            "rates.flatMap(r -> depths.map(d -> {'rate': r, 'depth': d}))",
            task_id="settings",
            rates="{{ params.rates }}",
            depths="{{ params.depths }}",
            schema={"rates": "list<double>", "depths": "list<long>"},
        )
    )
    best = ExpressionOperator(
        task_id="best",
        expression="trials.maxBy(t -> t.auc)",
        inputs={"trials": trials},
        schema={"trials": f"list<{TRIAL}>"},
    ).output
    branch = ExpressionBranchOperator(
        task_id="is_good",
        expression="best.auc >= minimum_auc",
        inputs={"best": best, "minimum_auc": "{{ params.minimum_auc }}"},
        schema={"best": TRIAL, "minimum_auc": "double"},
        if_true="promote",
        if_false="ask_for_help",
    )
    text = "promote {{ ti.xcom_pull('best') | selvedge('value.model') }}, AUC {{ ti.xcom_pull('best') | selvedge('value.auc') }}"
    branch >> [promote(text), ask_for_help(branch.output["because"])]
