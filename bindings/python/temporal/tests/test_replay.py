"""The history of a workflow, written by an earlier run of the example, is decided again as it was; a changed one is not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from selvedge_temporal import DefinitionWorkflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

HISTORY = (Path(__file__).parent / "flaky.json").read_text()


def replay(text: str) -> None:
    """Replays a history.

    Raises:
        NondeterminismError: The workflow decides otherwise.
    """
    history = WorkflowHistory.from_json("flaky", text)
    asyncio.run(Replayer(workflows=[DefinitionWorkflow]).replay_workflow(history))


def test_a_history_replays() -> None:
    replay(HISTORY)


@pytest.mark.parametrize(
    ("was", "is_now"),
    [('"activityId": "fetch"', '"activityId": "other"'), ('"name": "note"', '"name": "other"')],
)
def test_a_changed_history_does_not(was: str, is_now: str) -> None:
    assert was in HISTORY
    with pytest.raises(NondeterminismError):
        replay(HISTORY.replace(was, is_now))
