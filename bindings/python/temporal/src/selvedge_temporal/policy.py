"""Timeouts and retries of steps, as activities have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from temporalio.common import RetryPolicy

from .data import Options

#: Milliseconds of the units of a time; the first that a text begins with is taken.
UNITS = {"d": 86_400_000, "h": 3_600_000, "min": 60_000, "s": 1_000, "ms": 1, "millisecond": 1}
TIME = re.compile(rf"([0-9]+) ?({'|'.join(UNITS)})")
#: How much longer than the first wait the longest is, where nothing says.
MAX_FACTOR = 100


def seconds(given: object) -> float | None:
    """Returns the seconds of a time: a number of them, or a text with units such as ``1h 30min``. None where it is neither."""
    if isinstance(given, bool) or given is None:
        return None
    if isinstance(given, (int, float)):
        return float(given)
    text = str(given).strip().lower()
    if text.isdecimal():
        return float(int(text))
    found = [int(count) * UNITS[unit] for count, unit in TIME.findall(text)]
    return sum(found) / 1_000 if found else None


def limits(attributes: Mapping[str, Any], options: Options) -> dict[str, Any]:
    """Returns what an activity is started with, from what its step says beside its parameters."""
    timeout = seconds(attributes.get("timeout")) or options.timeout_seconds
    heartbeat = options.heartbeat_seconds
    return {
        "start_to_close_timeout": timedelta(seconds=timeout),
        "heartbeat_timeout": timedelta(seconds=heartbeat) if heartbeat else None,
        "retry_policy": retries(attributes.get("retry_policy") or {}, options),
    }


def retries(policy: Mapping[str, Any], options: Options) -> RetryPolicy:
    """Returns a retry policy. Temporal counts attempts of all kinds together: the greatest of the limits holds for them all."""
    named = ("error_retry_limit", "platform_retry_limit", "timeout_retry_limit")
    given = [int(policy[name]) for name in named if policy.get(name) is not None]
    backoff = policy.get("backoff") or {}
    first = seconds(backoff.get("error_retry_backoff_in_secs")) or options.backoff_seconds
    longest = seconds(backoff.get("error_retry_limit_in_secs")) or first * MAX_FACTOR
    is_fixed = backoff.get("type") == "FIXED_BACKOFF"
    factor = 1.0 if is_fixed else float(backoff.get("error_retry_exponent") or 2)
    return RetryPolicy(
        initial_interval=timedelta(seconds=first),
        backoff_coefficient=max(factor, 1.0),
        maximum_interval=timedelta(seconds=max(longest, first)),
        maximum_attempts=1 + max(given) if given else max(options.attempts, 1),
    )
