"""The workflow: it tells an unfolding what happened, and starts an activity for each step that is to run."""

from __future__ import annotations

import asyncio
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ApplicationError

# The sandbox imports the modules of a workflow anew for each run. An extension module cannot be: it is loaded once in a process.
# Passing it through is safe, as an engine reads no clock, randomness, file or environment but what it is given. Its modules in Python
# go with it: of a second copy the exceptions would be others than those that it raises.
with workflow.unsafe.imports_passed_through():
    import selvedge
    import selvedge._data
    import selvedge._errors
    import selvedge._evaluate
    import selvedge._selvedge
    import selvedge._types

    from . import definition
    from .data import Command, Event, Request, Result, State, Step
    from .ending import end_of, ended_as, parameters_of
    from .policy import limits
    from .reasons import reason_of
    from .signals import Signals

Ready = dict[str, Any]

#: The most reasons for skipped steps that a result has.
MAX_SKIPPED = 100
#: The longest path that is the id of an activity.
MAX_ID = 500
#: The most calls that may decide what follows one event.
MAX_SETTLES = 100


@workflow.defn(name="selvedge", failure_exception_types=[selvedge.SelvedgeError])
class DefinitionWorkflow:
    """Runs a definition: the activity of a step is named by the step's type, and takes a :class:`Step`."""

    @workflow.init
    def __init__(self, request: Request) -> None:
        """Takes what the run before handed over."""
        self.options = request.options
        before = request.state
        self.clock = before.clock if before else int(workflow.info().workflow_start_time.timestamp() * 1_000)
        self.signals = Signals(before.signals if before else ())
        self.counts: dict[str, int] = dict(before.counts) if before else {}
        self.skipped: dict[str, str] = dict(before.skipped) if before else {}
        #: Steps to run, in the order in which they were told of, each with what it says beside its parameters.
        self.ready: dict[str, tuple[Ready, dict[str, Any]]] = {}
        self.running: dict[str, workflow.ActivityHandle[Any]] = {}
        #: Activities of stopped steps, which are waited for: what follows a stopped step begins after it.
        self.stopping: dict[str, workflow.ActivityHandle[Any]] = {}
        self.events: list[Any] = []
        self.status = "running"
        self.has_news = False
        self.is_cancelled = False
        self.is_draining = False
        self.ended = 0

    def begin(self, request: Request) -> None:
        """Opens the unfolding, or restores it.

        Raises:
            ApplicationError: The definition is wrong.
        """
        try:
            blueprint = definition.blueprint(request, self.clock)
            if request.state:
                snapshot = definition.unpacked(request.state.snapshot)
                self.unfolding = selvedge.Unfolding.restore(blueprint, snapshot)
                commands: list[Command] = [{"run": step} for step in self.unfolding.ready()]
            else:
                self.unfolding, commands = selvedge.Unfolding.open(blueprint, request.parameters)
        except selvedge.DefinitionError as error:
            raise ApplicationError(error.report("definition"), type="DefinitionError", non_retryable=True) from error
        self.follow(commands)

    @workflow.run
    async def run(self, request: Request) -> Result:
        """Runs the definition to its end.

        Raises:
            ApplicationError: A step failed that nothing handles; its detail is the :class:`Result`.
        """
        self.begin(request)
        while self.status == "running" or self.running or self.stopping:
            self.start_steps()
            if self.is_drained():
                self.continue_as_new(request)
            await self.news()
            while self.events:
                self.apply(self.events.pop(0))
        result = Result(self.status, self.counts, self.skipped, parameters_of(self.unfolding))
        if self.is_cancelled:
            raise asyncio.CancelledError
        if self.status != "succeeded":
            message = f"the definition {self.status.replace('_', ' ')}"
            raise ApplicationError(message, result, type="DefinitionFailed", non_retryable=True)
        return result

    async def news(self) -> None:
        """Waits for a step to end, a signal, or that the workflow is cancelled."""
        try:
            await workflow.wait_condition(lambda: bool(self.events) or self.has_news)
        except asyncio.CancelledError:
            # All that is open is stopped. What runs in any case, such as taking a cluster down, still does.
            self.is_cancelled = True
            self.events.append("cancelled")
        self.has_news = False

    def apply(self, event: Event) -> None:
        """Tells the unfolding what happened, and follows what comes of it."""
        try:
            commands = self.unfolding.apply(event)
        except selvedge.EventError as error:
            if not error.unsettled:
                self.refuse(event, error)
                return
            commands = self.settle()
        self.follow(commands)

    def settle(self) -> list[Command]:
        """Decides in further calls what follows an event that used a call's budget up.

        Raises:
            ApplicationError: It takes too many.
        """
        for _ in range(MAX_SETTLES):
            try:
                return self.unfolding.settle()
            except selvedge.EventError as error:
                if not error.unsettled:
                    raise
        raise ApplicationError(f"an event was not settled in {MAX_SETTLES} calls", type="Unsettled", non_retryable=True)

    def refuse(self, event: Event, error: selvedge.EventError) -> None:
        """Fails a step whose outputs the definition does not allow."""
        ended = event.get("ended") if isinstance(event, dict) else None
        if ended is None or ended["status"] != "succeeded":
            raise error
        self.apply(ended_as(ended["step"], "failed", "OUTPUTS", str(error)))

    def follow(self, commands: list[Command]) -> None:
        """Does what the unfolding says is to be done."""
        for command in commands:
            for what, told in command.items():
                match what:
                    case "run":
                        self.take(told)
                    case "stop":
                        self.stop(told["step"])
                    case "ended":
                        self.ended += 1
                        self.counts[told["status"]] = self.counts.get(told["status"], 0) + 1
                    case "skipped" if len(self.skipped) < MAX_SKIPPED:
                        self.skipped[told["step"]] = reason_of(told["because"])
                    case "finished":
                        self.status = told["status"]

    def take(self, step: Ready) -> None:
        """Takes a step that is to run. What goes wrong in evaluating its timeout and its like ends it."""
        path = step["path"]
        try:
            self.ready[path] = (step, self.unfolding.attributes(path))
        except selvedge.DefinitionError as error:
            self.events.append(ended_as(path, "internally_failed", error.code, str(error)))

    def stop(self, path: str) -> None:
        """Cancels the activity of a step that has ended for the unfolding, and forgets what it came to meanwhile."""
        self.ready.pop(path, None)
        self.events = [event for event in self.events if event == "cancelled" or event["ended"]["step"] != path]
        handle = self.running.pop(path, None)
        if handle is not None:
            self.stopping[path] = handle
            handle.cancel()

    def start_steps(self) -> None:
        """Starts the steps that are to run, as many as may run at a time."""
        self.is_draining = not self.is_cancelled and (self.is_draining or self.is_long())
        if self.is_draining or self.stopping:
            return
        for path, (step, attributes) in list(self.ready.items()):
            if len(self.running) >= self.options.max_running:
                return
            if self.signals.fulfil(attributes.get("signal_dependencies") or []):
                del self.ready[path]
                self.start(step, attributes)

    def start(self, step: Ready, attributes: dict[str, Any]) -> None:
        """Starts a step."""
        path, type_name = step["path"], step["type"]
        self.follow(self.unfolding.started(path))
        if type_name in self.options.inline_types:
            self.events.append({"ended": {"step": path, "status": "succeeded"}})
            return
        handle = workflow.start_activity(
            type_name,
            Step(path, step["id"], type_name, self.key_of(path), step["parameters"]),
            activity_id=path if len(path) <= MAX_ID else None,
            task_queue=self.options.task_queues.get(type_name),
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
            **limits(attributes, self.options),
        )
        self.running[path] = handle
        handle.add_done_callback(lambda done: self.done(path, done))

    def key_of(self, path: str) -> str:
        """Returns the idempotency key of a step, which attempts and the runs that continue this one share."""
        info = workflow.info()
        return f"{info.workflow_id}/{info.first_execution_run_id}/{path}"

    def done(self, path: str, handle: asyncio.Future[Any]) -> None:
        """Takes the end of an activity."""
        if self.stopping.get(path) is handle:
            del self.stopping[path]
            self.has_news = True
            # What it came to no longer matters. That it was looked at keeps it from being reported as lost.
            if not handle.cancelled():
                handle.exception()
        elif self.running.get(path) is handle:
            del self.running[path]
            self.events.append(end_of(path, handle))

    def is_long(self) -> bool:
        """Returns whether the history is long enough to continue as new."""
        most = self.options.steps_per_run
        if self.is_cancelled or self.status != "running":
            return False
        return workflow.info().is_continue_as_new_suggested() or (most is not None and self.ended >= most)

    def is_drained(self) -> bool:
        """Returns whether this run has only to be continued: no activity runs, and nothing is to be told."""
        is_idle = not (self.running or self.stopping or self.events)
        return self.is_draining and is_idle and self.status == "running"

    def continue_as_new(self, request: Request) -> None:
        """Goes on in another run, with an empty history."""
        try:
            snapshot = definition.packed(self.unfolding.snapshot())
        except ValueError as error:
            raise ApplicationError(str(error), type="StateTooLong", non_retryable=True) from error
        state = State(snapshot, self.clock, self.signals.came, self.counts, self.skipped)
        workflow.continue_as_new(
            Request(request.definition, {}, request.subworkflows, request.options, state)
        )

    @workflow.signal
    def signal(self, name: str, parameters: dict[str, Any] | None = None) -> None:
        """Takes a signal that steps may wait for, by their ``signal_dependencies``."""
        self.has_news = True
        if not self.signals.add(name, parameters or {}):
            workflow.logger.warning("no room for another signal: it is lost")

    @workflow.query
    def tree(self) -> Any:
        """Returns all steps with their states, parameters, and why they were skipped. Of many steps ask :meth:`step` for one."""
        return self.unfolding.tree()

    @workflow.query
    def step(self, path: str) -> Any:
        """Returns the step of a path, as :meth:`tree` has it; None where there is none."""
        return self.unfolding.step(path)

    @workflow.query
    def progress(self) -> dict[str, Any]:
        """Returns the status, which steps run, which wait for a signal or a place, and how many ended."""
        return {
            "status": self.status,
            "running": list(self.running)[:MAX_SKIPPED],
            "waiting": list(self.ready)[:MAX_SKIPPED],
            "counts": self.counts,
        }
