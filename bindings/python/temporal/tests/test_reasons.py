"""Why steps are skipped, as the crate says it."""

from __future__ import annotations

from typing import Any

import pytest
import selvedge
from selvedge_temporal.reasons import reason_of

TEXT = """
workflow:
  id: w
  jobs:
    - job: {id: load, type: sql, rows: 0, transition: [IF rows > 0 && rows < 9 THEN publish, ON FAILURE repair, OTHERWISE alert]}
    - job: {id: publish, type: copy, transition: [after]}
    - job: {id: repair, type: copy}
    - job: {id: alert, type: mail}
    - job: {id: after, type: copy}
"""


@pytest.mark.parametrize(
    ("event", "step", "reason"),
    [
        (
            {"status": "succeeded"},
            "publish",
            "the condition `rows > 0 && rows < 9` of `load` is false: `rows > 0` at column 1 is false where rows = 0",
        ),
        ({"status": "succeeded"}, "repair", "`load` did not fail"),
        ({"status": "succeeded"}, "after", "`publish` was skipped"),
        (
            {"status": "succeeded", "outputs": {"rows": 7}},
            "alert",
            "it is the OTHERWISE of `load`, and `rows > 0 && rows < 9` is true",
        ),
        ({"status": "failed"}, "publish", "`load` failed"),
        ({"status": "stopped"}, "publish", "`load` was stopped"),
    ],
)
def test_reason(event: dict[str, Any], step: str, reason: str) -> None:
    blueprint = selvedge.Blueprint(selvedge.Workflow.from_yaml(TEXT))
    unfolding, _ = selvedge.Unfolding.open(blueprint)
    commands = unfolding.apply({"ended": {"step": "load", **event}})
    skipped = {command["skipped"]["step"]: command["skipped"]["because"] for command in commands if "skipped" in command}
    assert reason_of(skipped[step]) == reason
