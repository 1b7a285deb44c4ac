"""The engine that all expressions of a process run on."""

from __future__ import annotations

import selvedge

_engine = selvedge.Engine()


def use_engine(engine: selvedge.Engine) -> None:
    """Makes an engine, with its functions, constants and limits, the one that all expressions of this process run on.

    Call it where Airflow's processes begin, such as in ``airflow_local_settings.py``: tasks run in other processes than DAG files
    are parsed in.
    """
    global _engine
    _engine = engine


def engine() -> selvedge.Engine:
    """Returns the engine that expressions run on."""
    return _engine
