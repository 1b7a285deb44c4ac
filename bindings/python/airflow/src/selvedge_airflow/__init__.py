"""selvedge in Airflow: expressions in templates, in mapped tasks and in branches, checked as a DAG file is parsed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engine import use_engine
    from .mapping import mapped, mapped_kwargs, mapped_now
    from .operators import ExpressionBranchOperator, ExpressionListOperator, ExpressionOperator
    from .jinja import templates
    from .values import evaluate

__all__ = [
    "ExpressionBranchOperator",
    "ExpressionListOperator",
    "ExpressionOperator",
    "evaluate",
    "get_provider_info",
    "mapped",
    "mapped_kwargs",
    "mapped_now",
    "templates",
    "use_engine",
]

_MODULES = {
    "ExpressionBranchOperator": "operators",
    "ExpressionListOperator": "operators",
    "ExpressionOperator": "operators",
    "evaluate": "values",
    "mapped": "mapping",
    "mapped_kwargs": "mapping",
    "mapped_now": "mapping",
    "templates": "jinja",
    "use_engine": "engine",
}


def __getattr__(name: str) -> Any:
    # Airflow reads `get_provider_info` in each of its commands: what that does not need is loaded when it is asked for.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def get_provider_info() -> dict[str, Any]:
    """Returns what Airflow shows of this provider."""
    return {
        "package-name": "airflow-provider-selvedge",
        "name": "selvedge",
        "description": "Typed, budgeted expressions in templates, mapped tasks and branches.",
        "versions": ["0.1.0"],
        "operators": [{"integration-name": "selvedge", "python-modules": ["selvedge_airflow.operators"]}],
        "integrations": [{"integration-name": "selvedge", "tags": ["software"]}],
    }
