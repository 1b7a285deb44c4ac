"""Signals: which fit what a step waits for."""

from __future__ import annotations

from typing import Any

import pytest
from selvedge_temporal import signals
from selvedge_temporal.signals import Signals, fits

ORDERS = {"name": "landed", "match_params": {"table": {"param": "orders", "operator": "="}}}
LATER = {"name": "landed", "match_params": {"day": {"param": 20260105, "operator": ">="}}}


@pytest.mark.parametrize(
    ("dependency", "name", "given", "expected"),
    [
        ({"name": "landed"}, "landed", {}, True),
        ({"name": "landed"}, "left", {}, False),
        (ORDERS, "landed", {"table": "orders"}, True),
        (ORDERS, "landed", {"table": "clicks"}, False),
        (ORDERS, "landed", {}, False),
        (LATER, "landed", {"day": 20260104}, False),
        (LATER, "landed", {"day": 20260105}, True),
        (LATER, "landed", {"day": "20260106"}, False),
        (LATER, "landed", {"day": None}, False),
        ({"name": "landed", "match_params": {"day": {"param": 1, "operator": "~"}}}, "landed", {"day": 1}, False),
    ],
)
def test_fits(dependency: dict[str, Any], name: str, given: dict[str, Any], expected: bool) -> None:
    assert fits(dependency, name, given) == expected


def test_each_dependency_needs_a_signal() -> None:
    came = Signals([("landed", {"table": "orders"})])
    assert came.fulfil([ORDERS])
    assert not came.fulfil([ORDERS, LATER])
    assert came.add("landed", {"day": 20260106})
    assert came.fulfil([ORDERS, LATER])


def test_signals_are_bounded_and_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "MAX_CHARACTERS", 14)
    came = Signals()
    assert came.add("a", {})
    assert came.add("a", {})
    assert not came.add("b", {})
    assert came.came == [("a", {})]
