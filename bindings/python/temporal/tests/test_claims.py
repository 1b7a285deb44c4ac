"""The claims of the kill test: each fails where what was seen is wrong."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "temporal"
sys.path.insert(0, str(EXAMPLES))

from claims import Seen, claims  # noqa: E402


def good() -> Seen:
    """Returns a run of three steps, the second of which was in flight at the kill."""
    return Seen(
        expected={"a", "b", "c"},
        scheduled=["a", "b", "c"],
        completed=[("a", 1), ("b", 2), ("c", 1)],
        completed_before={"a"},
        in_flight={"b"},
        starts=["a", "b", "b", "c"],
        tries=["a", "b", "b", "c"],
        effects=[("a", 1), ("b", 2), ("c", 3)],
        amounts=(6, 6),
        total=(6, 6),
    )


def test_a_good_run_holds() -> None:
    assert all(holds for _, holds in claims(good()))


WRONG: dict[str, Callable[[Seen], object]] = {
    "a completed step starts again": lambda seen: seen.starts.append("a"),
    "nothing had completed": lambda seen: seen.completed_before.clear(),
    "nothing was in flight": lambda seen: seen.in_flight.clear(),
    "another has a second attempt": lambda seen: (seen.completed.__setitem__(2, ("c", 2)), seen.starts.append("c")),
    "another starts twice": lambda seen: seen.starts.append("c"),
    "one in flight was not tried again": lambda seen: seen.in_flight.add("c"),
    "a third attempt": lambda seen: seen.completed.__setitem__(1, ("b", 3)),
    "a step is scheduled twice": lambda seen: seen.scheduled.append("c"),
    "a step is lost": lambda seen: seen.completed.pop(),
    "an effect is applied twice": lambda seen: seen.effects.append(("b", 2)),
    "an effect is lost": lambda seen: seen.effects.pop(),
    "no effect was tried twice": lambda seen: seen.tries.remove("b"),
    "effects come to something else": lambda seen: setattr(seen, "amounts", (8, 6)),
    "the total is wrong": lambda seen: setattr(seen, "total", (None, 6)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_fails(name: str) -> None:
    seen = good()
    WRONG[name](seen)
    assert not all(holds for _, holds in claims(seen))


def test_the_page_shows_these_claims() -> None:
    shown = [line.removeprefix("holds  ") for line in (EXAMPLES / "kill.txt").read_text().splitlines() if "holds" in line]
    said = [text for text, _ in claims(good())]
    assert [re.sub(r"\d+", "N", text) for text in shown[: len(said)]] == [re.sub(r"\d+", "N", text) for text in said]
