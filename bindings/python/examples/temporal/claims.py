"""What a run of a thousand steps, one of whose workers was killed, must show. Each claim is held against what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Seen:
    """What was seen of a run."""

    #: The paths of the steps that the definition has.
    expected: set[str]
    #: Paths of activities as the histories say they were scheduled, and completed; of the latter with the attempt that did.
    scheduled: list[str] = field(default_factory=list)
    completed: list[tuple[str, int]] = field(default_factory=list)
    #: Those completed before the kill.
    completed_before: set[str] = field(default_factory=set)
    #: Those that ran in the killed worker at the kill, as the server says.
    in_flight: set[str] = field(default_factory=set)
    #: Each start and each try of an effect, as the ledger has them, by path; and the amounts of effects by path.
    starts: list[str] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)
    effects: list[tuple[str, int]] = field(default_factory=list)
    #: The sum of all effects, and the total that the workflow came to, with what each must be.
    amounts: tuple[int, int] = (0, 0)
    total: tuple[object, int] = (0, 0)


def claims(seen: Seen) -> list[tuple[str, bool]]:
    """Returns each claim, with its counts, and whether it holds."""
    started, tried = Counter(seen.starts), Counter(seen.tries)
    again = {path for path, count in started.items() if count > 1}
    second = {path for path, attempt in seen.completed if attempt > 1}
    # A server that is overloaded may hand a step out and lose the answer: then the step began in no worker, and is handed out again.
    lost = second - seen.in_flight
    applied_again = {path for path, count in tried.items() if count > 1}
    names = [path for path, _ in seen.completed]
    steps = len(seen.expected)
    return [
        (f"{len(seen.completed_before)} steps had completed, and {len(again & seen.completed_before)} of them started again",
         bool(seen.completed_before) and not again & seen.completed_before),
        (f"{len(seen.in_flight)} steps were in flight in the killed worker, and all {len(second & seen.in_flight)} have a second attempt",
         bool(seen.in_flight) and seen.in_flight <= second),
        (f"{len(again - seen.in_flight)} others started twice; {len(lost)} others have a second attempt, as no worker began the first",
         again <= seen.in_flight and all(started[path] == 1 for path in lost)),
        (f"no attempt is beyond the second: the last is {max((attempt for _, attempt in seen.completed), default=0)}",
         all(attempt <= 2 for _, attempt in seen.completed)),
        (f"{len(seen.scheduled)} activities were scheduled, each step once", once(seen.scheduled, seen.expected)),
        (f"{len(names)} activities completed, each step once, of {steps}: nothing is lost", once(names, seen.expected)),
        (f"{len(applied_again)} effects were tried twice, and {len(seen.effects)} are applied, each step's once",
         bool(applied_again) and applied_again <= seen.in_flight and once([path for path, _ in seen.effects], seen.expected)),
        (f"the effects come to {seen.amounts[0]}, as they must to {seen.amounts[1]}", seen.amounts[0] == seen.amounts[1]),
        (f"the workflow's total is {seen.total[0]}, as it must be {seen.total[1]}", seen.total[0] == seen.total[1]),
    ]


def once(paths: Sequence[str], expected: set[str]) -> bool:
    """Returns whether each expected path is there exactly once, and no other."""
    return len(paths) == len(expected) and set(paths) == expected
