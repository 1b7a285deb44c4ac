"""How a step ended, from what its activity came to; and what a workflow tells of its steps."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import selvedge
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError, TimeoutError

from .data import Event

#: The longest message of an error that an unfolding keeps, in characters.
MAX_MESSAGE = 2_000
#: The characters of all parameters of a result, as JSON: Temporal takes two MiB.
MAX_PARAMETERS = 1_000_000


def end_of(path: str, handle: asyncio.Future[Any]) -> Event:
    """Returns the event of a step whose activity has ended."""
    if handle.cancelled():
        return ended(path, "stopped", {})
    error = handle.exception()
    if error is not None:
        return failure_of(path, error)
    outputs = handle.result()
    if outputs is None:
        return ended(path, "succeeded", {})
    if not isinstance(outputs, Mapping):
        message = f"expected a map of outputs, found {type(outputs).__name__}"
        return ended_as(path, "failed", "OUTPUTS", message)
    return ended(path, "succeeded", outputs)


def failure_of(path: str, error: BaseException) -> Event:
    """Returns the event of a step whose activity failed, in the words of its last attempt."""
    cause = error.cause if isinstance(error, ActivityError) else error
    if isinstance(cause, CancelledError):
        return ended(path, "stopped", {})
    if isinstance(cause, TimeoutError):
        return ended_as(path, "timed_out", "TIMEOUT", cause.message)
    code = cause.type if isinstance(cause, ApplicationError) and cause.type else type(cause).__name__
    message = cause.message if isinstance(cause, ApplicationError) else str(cause)
    return ended_as(path, "failed", code, message)


def ended(path: str, status: str, outputs: Mapping[str, Any]) -> Event:
    """Returns the event of a step that ended."""
    return {"ended": {"step": path, "status": status, "outputs": dict(outputs)}}


def ended_as(path: str, status: str, code: str, message: str) -> Event:
    """Returns the event of a step that something went wrong with."""
    return {"ended": {"step": path, "status": status, "error": {"code": code, "message": message[:MAX_MESSAGE]}}}


def parameters_of(unfolding: selvedge.Unfolding) -> dict[str, dict[str, Any]]:
    """Returns the parameters of the steps outside of loops, by id, as many as a result has room for."""
    found, room = {}, MAX_PARAMETERS
    for step in unfolding.tree()["steps"]:
        parameters = step.get("parameters", {})
        room -= len(json.dumps(parameters))
        if "inside" not in step and room >= 0:
            found[step["id"]] = parameters
    return found
