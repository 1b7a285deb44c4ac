"""How steps end, by what their activities came to."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from selvedge_temporal.ending import end_of
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError, RetryState, TimeoutError, TimeoutType


def failed(cause: BaseException) -> ActivityError:
    """Returns the error of an activity, as a workflow gets it."""
    error = ActivityError(
        "activity failed",
        scheduled_event_id=1,
        started_event_id=2,
        identity="worker",
        activity_type="sql",
        activity_id="load",
        retry_state=RetryState.MAXIMUM_ATTEMPTS_REACHED,
    )
    error.__cause__ = cause
    return error


async def settled(value: object) -> asyncio.Future[Any]:
    """Returns what is done, with a value or an error."""
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    if isinstance(value, asyncio.CancelledError):
        future.cancel()
    elif isinstance(value, BaseException):
        future.set_exception(value)
    else:
        future.set_result(value)
    return future


async def event(value: object) -> dict[str, Any]:
    """Returns the event of a step whose activity came to a value or an error."""
    made = end_of("load", await settled(value))
    assert isinstance(made, dict)
    return dict(made["ended"])


def run(coroutine: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """Runs a coroutine to its end."""
    return asyncio.run(coroutine)


LATE = TimeoutError("too late", type=TimeoutType.START_TO_CLOSE, last_heartbeat_details=[])


@pytest.mark.parametrize(
    ("value", "status", "outputs", "error"),
    [
        (None, "succeeded", {}, None),
        ({"rows": 7}, "succeeded", {"rows": 7}, None),
        ([7], "failed", {}, {"code": "OUTPUTS", "message": "expected a map of outputs, found list"}),
        (failed(ApplicationError("no table", type="SQL")), "failed", {}, {"code": "SQL", "message": "no table"}),
        (failed(LATE), "timed_out", {}, {"code": "TIMEOUT", "message": "too late"}),
        (failed(CancelledError("stop")), "stopped", {}, None),
        (asyncio.CancelledError(), "stopped", {}, None),
    ],
)
def test_end(value: object, status: str, outputs: dict[str, Any], error: dict[str, str] | None) -> None:
    told = run(event(value))
    assert (told["step"], told["status"], told.get("outputs", {}), told.get("error")) == ("load", status, outputs, error)


def test_a_long_message_is_cut() -> None:
    told = run(event(failed(ApplicationError("x" * 100_000, type="SQL"))))
    assert len(told["error"]["message"]) == 2_000
