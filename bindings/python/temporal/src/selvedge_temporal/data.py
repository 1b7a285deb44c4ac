"""What goes between clients, workflows and activities, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

#: What happened to an unfolding, and what it says is to be done, in the crate's own form.
Event: TypeAlias = "dict[str, Any] | str"
Command: TypeAlias = "dict[str, Any]"

@dataclass
class Options:
    """How the steps of a definition are run, where the definition does not say."""

    #: The most steps that run at a time, beside what loops allow.
    max_running: int = 100
    #: Seconds that one attempt of a step may take, where the step has no ``timeout``.
    timeout_seconds: float = 3_600.0
    #: Seconds after which a step that gave no heartbeat is tried again.
    heartbeat_seconds: float | None = None
    #: Attempts of a step that has no ``retry_policy``.
    attempts: int = 3
    #: Seconds before the second attempt, where the step has no ``backoff``; each next wait is twice as long.
    backoff_seconds: float = 1.0
    #: Ended steps after which the workflow continues as new; none where the server's own advice decides.
    steps_per_run: int | None = None
    #: Types of steps that only decide: they end at once, without an activity.
    inline_types: list[str] = field(default_factory=lambda: ["noop"])
    #: Task queues by the types of steps, where they are not the workflow's.
    task_queues: dict[str, str] = field(default_factory=dict)


@dataclass
class State:
    """What a run hands to the one that continues it."""

    #: The unfolding, packed.
    snapshot: str
    #: The time that expressions see, in milliseconds.
    clock: int
    #: Signals that came, each with its name and parameters.
    signals: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    #: How many steps ended, by status.
    counts: dict[str, int] = field(default_factory=dict)
    #: Why steps were skipped, by path.
    skipped: dict[str, str] = field(default_factory=dict)


@dataclass
class Request:
    """A definition to run: the argument of the workflow."""

    #: The definition, in YAML or JSON.
    definition: str
    #: Values for its parameters.
    parameters: dict[str, Any] = field(default_factory=dict)
    #: Definitions of its subworkflows.
    subworkflows: list[str] = field(default_factory=list)
    options: Options = field(default_factory=Options)
    #: Left out by clients: where a run before this one was.
    state: State | None = None


@dataclass
class Step:
    """A step to run: the argument of each activity."""

    #: Where it is in the unfolding, such as ``backfill[3]/load``.
    path: str
    id: str
    type: str
    #: The same for all attempts of this step of this workflow, and for nothing else: effects under it are applied once.
    idempotency_key: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass
class Result:
    """What a workflow came to."""

    status: str
    #: How many steps ended, by status; those of loops in each iteration, and the loops themselves.
    counts: dict[str, int] = field(default_factory=dict)
    #: Why steps were skipped, by path: the first hundred.
    skipped: dict[str, str] = field(default_factory=dict)
    #: Parameters of the steps outside of loops, by id.
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
