"""The steps of the examples: an activity for each type. What they did is in a ledger."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any

from ledger import Ledger
from selvedge_temporal import Step
from temporalio import activity
from temporalio.exceptions import ApplicationError

#: Seconds that a step takes after its effect: a worker that is killed then has applied it and not said so.
WORK_SECONDS = 0.15


class Steps:
    """The activities of one worker."""

    def __init__(self, ledger: Ledger, worker: str) -> None:
        """Takes the ledger, and the worker's name."""
        self.ledger = ledger
        self.worker = worker

    def all(self) -> list[Callable[..., Any]]:
        """Returns the activities."""
        return [self.load, self.publish, self.flaky, self.note, self.ask, self.slow]

    async def effect(self, step: Step, amount: int) -> None:
        """Notes the attempt, and applies an effect by the step's key."""
        attempt = activity.info().attempt
        self.ledger.start(step.path, attempt, self.worker)
        self.ledger.apply(step.idempotency_key, step.path, amount, self.worker)
        await asyncio.sleep(WORK_SECONDS)
        self.ledger.end(step.path, attempt, self.worker)

    @activity.defn(name="load")
    async def load(self, step: Step) -> dict[str, Any]:
        """Loads a number, which has twice as many rows."""
        rows = 2 * int(step.parameters["of"])
        await self.effect(step, rows)
        return {"rows": rows}

    @activity.defn(name="publish")
    async def publish(self, step: Step) -> None:
        """Publishes rows."""
        await self.effect(step, int(step.parameters["rows"]))

    @activity.defn(name="flaky")
    async def flaky(self, step: Step) -> None:
        """Fails until an attempt is good."""
        attempt = activity.info().attempt
        self.ledger.start(step.path, attempt, self.worker)
        if attempt < int(step.parameters["good_at"]):
            raise ApplicationError(f"attempt {attempt} is no good", type="FLAKY")

    @activity.defn(name="note")
    async def note(self, step: Step) -> None:
        """Notes a text."""
        self.ledger.start(str(step.parameters["text"]), activity.info().attempt, self.worker)

    @activity.defn(name="ask")
    async def ask(self, step: Step) -> None:
        """Asks something."""
        self.ledger.apply(step.idempotency_key, step.path, 1, self.worker)

    @activity.defn(name="slow")
    async def slow(self, step: Step) -> None:
        """Works until it is cancelled; its heartbeats are how it learns of that."""
        self.ledger.start("work has begun", activity.info().attempt, self.worker)
        try:
            while True:
                activity.heartbeat()
                await asyncio.sleep(0.1)
        except asyncio.CancelledError:
            self.ledger.start("work has stopped", activity.info().attempt, self.worker)
            raise


def worker_name(number: int) -> str:
    """Returns the name of a worker of this process."""
    return f"worker-{number}-{os.getpid()}"
