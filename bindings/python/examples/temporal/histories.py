"""The histories of a workflow and of the runs that continue it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from selvedge_temporal import DefinitionWorkflow
from temporalio.api.enums.v1 import EventType, PendingActivityState
from temporalio.client import Client, WorkflowHandle, WorkflowHistory
from temporalio.worker import Replayer


async def chain(client: Client, workflow_id: str, run_id: str) -> list[WorkflowHistory]:
    """Returns the histories of a run and of all that continue it."""
    found = []
    next_run = run_id
    while next_run:
        history = await client.get_workflow_handle(workflow_id, run_id=next_run).fetch_history()
        found.append(history)
        next_run = history.events[-1].workflow_execution_continued_as_new_event_attributes.new_execution_run_id
    return found


def scheduled(history: WorkflowHistory) -> dict[int, str]:
    """Returns the paths of scheduled activities by the event's id."""
    kind = EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    return {
        event.event_id: event.activity_task_scheduled_event_attributes.activity_id
        for event in history.events
        if event.event_type == kind
    }


def completed(history: WorkflowHistory) -> list[tuple[str, int, datetime]]:
    """Returns the path of each completed activity, the attempt that completed it, and when."""
    paths = scheduled(history)
    attempts = {
        event.event_id: event.activity_task_started_event_attributes.attempt
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED
    }
    found = []
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
            told = event.activity_task_completed_event_attributes
            at = event.event_time.ToDatetime()
            found.append((paths[told.scheduled_event_id], attempts[told.started_event_id], at))
    return found


def deciders(history: WorkflowHistory) -> list[str]:
    """Returns the workers that ran the workflow's own code, in order."""
    kind = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    return [
        event.workflow_task_completed_event_attributes.identity for event in history.events if event.event_type == kind
    ]


async def in_flight(handle: WorkflowHandle[Any, Any], worker: str) -> set[str]:
    """Returns the paths of the activities that run in a worker, as the server says."""
    description = await handle.describe()
    return {
        pending.activity_id
        for pending in description.raw_description.pending_activities
        if pending.state == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
        and pending.last_worker_identity == worker
    }


def kept(history: WorkflowHistory) -> str:
    """Returns a history as JSON, without what tells of the machine."""
    return json.dumps(without_machine(history.to_json_dict()), indent=1)


def without_machine(value: Any) -> Any:
    """Returns a value with neither traces of stacks nor names of workers."""
    if isinstance(value, list):
        return [without_machine(element) for element in value]
    if isinstance(value, dict):
        return {key: without_machine(inside) for key, inside in value.items() if key not in ("stackTrace", "identity")}
    return value


async def replay(histories: list[WorkflowHistory]) -> int:
    """Replays histories with the workflow's code as it is now, and returns the number of their events.

    Raises:
        Exception: The code decides otherwise than the history says.
    """
    replayer = Replayer(workflows=[DefinitionWorkflow])
    for history in histories:
        await replayer.replay_workflow(history)
    return sum(len(history.events) for history in histories)
