"""Hostile programs and parameters give a value or an exception, never a dead interpreter: each file runs in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus import CLOCK, SEED, TESTS, attacks, made, parameters, text

CATEGORIES = sorted(path.stem for path in (TESTS / "attacks").glob("*.jsonl"))
HERE = Path(__file__).resolve().parent
ADDRESS_SPACE = 8 << 30
MAX_ERROR_BYTES = 1024


@pytest.mark.parametrize("category", CATEGORIES)
def test_attacks(category: str) -> None:
    ran = subprocess.run(
        [sys.executable, __file__, category], capture_output=True, text=True, check=False, timeout=300, cwd=HERE
    )
    assert ran.returncode == 0, (ran.returncode, ran.stdout[-2000:], ran.stderr[-2000:])
    came = [json.loads(line) for line in ran.stdout.splitlines()]
    assert came and not [line for line in came if "wrong" in line]


def test_all_categories_are_there() -> None:
    assert len(attacks()) >= 250


def run(attack: dict[str, Any]) -> Any:
    import selvedge

    settings = attack.get("settings", {})
    most = (1 << 64) - 1
    limits = {name: most if limit == "max" else limit for name, limit in attack.get("limits", {}).items()}
    engine = selvedge.Engine(
        limits=limits,
        clock=CLOCK,
        seed=SEED,
        strict=settings.get("strict", False),
        unknown_names="null" if settings.get("unknown_names_are_null") else "error",
        quote_values=not settings.get("no_quotes", False),
    )
    source = text(attack["source"])
    try:
        given = parameters(attack)
    except (ValueError, RecursionError):
        return {"parameters": True}
    token = selvedge.CancelToken()
    if settings.get("cancelled"):
        token.cancel()
    try:
        schema = selvedge.Schema(open=True) if settings.get("open_schema") else selvedge.Schema.from_values(given)
        outcome = engine.compile(source, schema).run(given, cancel=token)
    except selvedge.ConversionError:
        return {"parameters": True}
    except (selvedge.CompileError, selvedge.EvaluationError) as error:
        check_text(attack, str(error))
        # Each line is bounded; a report has one for each error.
        for line in error.report("attack.sel").splitlines():
            check_text(attack, line, secret=False)
        assert error.code != "E599", error
        if isinstance(error, selvedge.EvaluationError):
            assert error.usage.steps <= engine.limits["steps"], error.usage
        return {"error": error.kind}
    assert outcome.usage.steps <= (engine.limits["steps"] or most)
    return {"value": outcome.value}


def check_text(attack: dict[str, Any], told: str, secret: bool = True) -> None:
    if secret and attack.get("secret"):
        assert attack["secret"] not in told
    assert len(told.encode()) <= 2 * MAX_ERROR_BYTES, told[:100]
    assert not any(ord(character) < 32 or character in "\u200e\u200f\u2028\u2029\u202e\u2066" for character in told), told


def is_expected(attack: dict[str, Any], came: dict[str, Any]) -> bool:
    expected = attack["expect"]
    written = json.dumps(attack.get("params", {}))
    if came == {"parameters": True} and "nested_" in written:
        # In Rust a value that nests too deeply can be built by hand, and is refused later or not read; here it is refused at the border.
        return True
    if "params_json" in attack and expected == {"parameters": True}:
        # The text is read by Python's own reader, which takes more: what comes of it is no matter.
        return True
    if '"list_of"' in written and "error" in expected:
        # A list of texts alone is a LIST only in Rust.
        return "error" in came
    if "value" not in expected or "value" not in came:
        return expected == came
    wanted, found = expected["value"], came["value"]
    if isinstance(wanted, dict) and "length" in wanted and isinstance(found, str):
        return bool(wanted["length"] == len(found.encode()))
    if isinstance(wanted, dict) and "printed_length" in wanted:
        return isinstance(found, (list, dict))
    if isinstance(found, float) and isinstance(wanted, str):
        return wanted.lower().replace("infinity", "inf") == repr(found)
    return bool(wanted == made(found))


def child(category: str) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    # Texts of numbers with thousands of digits are made here.
    sys.set_int_max_str_digits(0)
    for found, attack in attacks():
        if found != category:
            continue
        # What goes wrong here is told beside the others.
        try:
            came = run(attack)
            right = is_expected(attack, came)
        except Exception as error:
            came, right = repr(error), False
        print(json.dumps({"id": attack["id"], **({} if right else {"wrong": repr(came)[:200], "expected": attack["expect"]})}))


if __name__ == "__main__":
    child(sys.argv[1])
