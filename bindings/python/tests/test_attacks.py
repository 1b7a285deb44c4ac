"""Hostile programs and parameters give a value or an exception, never a dead interpreter: each file runs in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus import CLOCK, SEED, TESTS, attacks, lines, made, parameters, text

CATEGORIES = sorted(path.stem for path in (TESTS / "attacks").glob("*.jsonl"))
HERE = Path(__file__).resolve().parent
ADDRESS_SPACE = 8 << 30
MAX_ERROR_BYTES = 1024
TIMEOUT = 2.0
"""Seconds that a call on a hostile definition may take."""


@pytest.mark.parametrize("category", CATEGORIES)
def test_attacks(category: str) -> None:
    ran = subprocess.run(
        [sys.executable, __file__, category], capture_output=True, text=True, check=False, timeout=300, cwd=HERE
    )
    assert ran.returncode == 0, (ran.returncode, ran.stdout[-2000:], ran.stderr[-2000:])
    came = [json.loads(line) for line in ran.stdout.splitlines()]
    assert came and not [line for line in came if "wrong" in line]


@pytest.mark.parametrize("file", ["sets", "workflows"])
def test_hostile_definitions(file: str) -> None:
    """Each ends with a value or an exception that tells no secret; what of the two the crate's own tests hold."""
    ran = subprocess.run(
        [sys.executable, __file__, "definitions", file], capture_output=True, text=True, check=False, timeout=600, cwd=HERE
    )
    assert ran.returncode == 0, (ran.returncode, ran.stdout[-2000:], ran.stderr[-2000:])
    came = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(came) > 40 and not [line for line in came if "wrong" in line]


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


def run_definition(attack: dict[str, Any]) -> str:
    """The message of the exception that a definition ends with, or the text of what came of it."""
    import selvedge

    engine = selvedge.Engine(clock=CLOCK, seed=SEED, quote_values=not attack.get("settings", {}).get("no_quotes", False))
    source = attack["definition"]
    is_yaml = "yaml" in source
    written = repeated(source["yaml"]) if is_yaml else json.dumps(made_definition(source))
    is_workflow = "workflow" in source or written.startswith("workflow:")
    read = selvedge.Workflow if is_workflow else selvedge.ParameterSet
    try:
        read_text = read.from_yaml if is_yaml else read.from_json
        definition = read_text(written, timeout=TIMEOUT)
        if isinstance(definition, selvedge.ParameterSet):
            plan = definition.plan(engine=engine, around=attack.get("scope", {}), timeout=TIMEOUT)
            report = plan.evaluate(attack.get("scope", {}), timeout=TIMEOUT)
            return str(report.error)
        blueprint = selvedge.Blueprint(definition, engine=engine, timeout=TIMEOUT)
        unfolding, _ = selvedge.Unfolding.open(blueprint, timeout=TIMEOUT)
        unfolding.walk(timeout=TIMEOUT)
        selvedge.Unfolding.restore(blueprint, unfolding.snapshot(), timeout=TIMEOUT)
        return "" if attack.get("secret") else str(unfolding)
    except selvedge.SelvedgeError as error:
        return str(error) + getattr(error, "report", str)()


def repeated(parts: dict[str, Any]) -> str:
    """`before`, then `each` so many times with its number, then `after`."""
    times = parts["times"]
    each = (
        parts["each"].replace("{n}", str(n)).replace("{q}", str(n + 1)).replace("{m}", str((n + 1) % times)) for n in range(times)
    )
    return "".join([parts.get("before", ""), *each, parts.get("after", "")])


def made_definition(part: Any) -> Any:
    if isinstance(part, list):
        return [made_definition(item) for item in part]
    if not isinstance(part, dict):
        return part
    kind, times, of = part.get("$make"), part.get("times", 0), part.get("of", "")
    if kind is None:
        return {name: made_definition(value) for name, value in part.items()}
    makers = {
        "string": lambda: of * times,
        "longs": lambda: list(range(times)),
        "keys": lambda: {f"{of}{n}": of for n in range(times)},
    }
    return makers[kind]()


def definitions(file: str) -> None:
    for attack in lines(TESTS / f"definition_attacks/{file}.jsonl"):
        try:
            told = run_definition(attack)
            right = not (attack.get("secret") and attack["secret"] in told)
        except Exception as error:
            told, right = repr(error), False
        print(json.dumps({"id": attack["id"], **({} if right else {"wrong": told[:300]})}))


def limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def child(category: str) -> None:
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
    limit_memory()
    if sys.argv[1] == "definitions":
        definitions(sys.argv[2])
    else:
        child(sys.argv[1])
