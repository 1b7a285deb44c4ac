"""Timeouts and retries: a line for each case."""

from __future__ import annotations

import pytest
from selvedge_temporal import Options
from selvedge_temporal.policy import limits, retries, seconds


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (90, 90.0),
        (1.5, 1.5),
        ("90", 90.0),
        ("20 minutes", 1_200.0),
        ("1 day 12h", 129_600.0),
        ("1h30min", 5_400.0),
        ("2 Hours", 7_200.0),
        ("250 ms", 0.25),
        ("3 milliseconds", 0.003),
        ("6s", 6.0),
        ("5 m", None),
        ("soon", None),
        (None, None),
        (True, None),
    ],
)
def test_seconds(given: object, expected: float | None) -> None:
    assert seconds(given) == expected


@pytest.mark.parametrize(
    ("policy", "attempts", "first", "factor", "longest"),
    [
        ({}, 3, 1.0, 2.0, 100.0),
        ({"error_retry_limit": 0}, 1, 1.0, 2.0, 100.0),
        ({"error_retry_limit": "3"}, 4, 1.0, 2.0, 100.0),
        ({"error_retry_limit": 1, "platform_retry_limit": 5}, 6, 1.0, 2.0, 100.0),
        ({"backoff": {"type": "FIXED_BACKOFF", "error_retry_backoff_in_secs": "30"}}, 3, 30.0, 1.0, 3_000.0),
        (
            {
                "backoff": {
                    "type": "EXPONENTIAL_BACKOFF",
                    "error_retry_backoff_in_secs": "1 min",
                    "error_retry_exponent": 3,
                    "error_retry_limit_in_secs": 600,
                }
            },
            3,
            60.0,
            3.0,
            600.0,
        ),
    ],
)
def test_retries(policy: dict[str, object], attempts: int, first: float, factor: float, longest: float) -> None:
    made = retries(policy, Options())
    assert made.maximum_attempts == attempts
    assert made.initial_interval.total_seconds() == first
    assert made.backoff_coefficient == factor
    assert made.maximum_interval is not None
    assert made.maximum_interval.total_seconds() == longest


def test_limits_of_a_step_that_says_nothing_are_the_options() -> None:
    made = limits({}, Options(timeout_seconds=7, heartbeat_seconds=2))
    assert made["start_to_close_timeout"].total_seconds() == 7
    assert made["heartbeat_timeout"].total_seconds() == 2


def test_a_timeout_of_a_step_comes_before_the_options() -> None:
    assert limits({"timeout": "20 minutes"}, Options())["start_to_close_timeout"].total_seconds() == 1_200
