"""Reads the repository's corpora: conformance and attacks, line by line."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[3] / "tests"
CLOCK = 1_700_000_000_000
SEED = 1


def lines(path: Path) -> list[dict[str, Any]]:
    # Texts of the cases hold what Python takes for the end of a line too.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def cases(folder: str) -> list[dict[str, Any]]:
    """The cases of a folder, but for those on shapes, which say their schema."""
    found = [case for path in sorted((TESTS / folder).glob("*.jsonl")) for case in lines(path)]
    return [case for case in found if "schema" not in case]


def shaped_cases() -> list[dict[str, Any]]:
    return [case for case in lines(TESTS / "conformance/extensions/shapes.jsonl") if "schema" in case]


def beyond_sel() -> set[str]:
    return set((TESTS / "beyond_sel.txt").read_text(encoding="utf-8").splitlines())


def differences() -> set[str]:
    """The cases that give something else here, as `docs/MIGRATING.md` says."""
    return {line["id"] for line in lines(TESTS / "differences.jsonl") if line.get("id")}


def same(expected: Any, given: Any) -> bool:
    """Whether a value is what JSON says: NaN and the infinities are texts there."""
    if isinstance(given, float):
        if isinstance(expected, str):
            return {"NaN": math.isnan(given), "Infinity": given == math.inf, "-Infinity": given == -math.inf}[expected]
        return isinstance(expected, float) and (expected, math.copysign(1, expected)) == (given, math.copysign(1, given))
    if isinstance(given, list):
        return (
            isinstance(expected, list)
            and len(expected) == len(given)
            and all(same(wanted, found) for wanted, found in zip(expected, given))
        )
    if isinstance(given, dict):
        return (
            isinstance(expected, dict)
            and expected.keys() == given.keys()
            and all(same(expected[key], value) for key, value in given.items())
        )
    return type(expected) is type(given) and expected == given


# Attacks.


def attacks() -> list[Any]:
    return [(path.stem, attack) for path in sorted((TESTS / "attacks").glob("*.jsonl")) for attack in lines(path)]


def text(part: Any) -> str:
    """A text as it stands, or made by repetition."""
    if isinstance(part, str):
        return part
    times = part["times"]
    parts = [part.get("before", ""), part.get("repeat", "") * times, part.get("middle", "")]
    return "".join([*parts, part.get("close", "") * times, part.get("after", "")])


def mixed(of: str, times: int) -> str:
    """So many characters of a text, in an order without a period: SplitMix64."""
    mask = (1 << 64) - 1

    def sign(index: int) -> str:
        bits = (index + 1) * 0x9E37_79B9_7F4A_7C15 & mask
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9 & mask
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB & mask
        return of[((bits ^ (bits >> 31)) >> 11) % len(of)]

    return "".join(map(sign, range(times)))


def made(part: Any) -> Any:
    """A parameter's value: JSON, or what `$make` says."""
    if not (isinstance(part, dict) and "$make" in part):
        return part
    kind, times, of = part["$make"], part.get("times", 0), part.get("of", "")
    makers = {
        "string": lambda: of * times,
        "mixed": lambda: mixed(of, times),
        "double": lambda: float(of),
        "long_array": lambda: list(range(times)),
        "double_array": lambda: [0.5] * times,
        "doubles": lambda: [float(of)] * times,
        "elements": lambda: [made(element) for element in of],
        "list_of": lambda: [made(of)] * times,
        "map_of": lambda: {f"k{key}": made(of) for key in range(times)},
        "boolean_array": lambda: [True] * times,
        "string_array": lambda: [of] * times,
        "list": lambda: [None] * times,
        "maps": lambda: [{of: 1}] * times,
        "nested_list": lambda: nested(times, lambda inner: [inner]),
        "nested_map": lambda: nested(times, lambda inner: {of: inner}),
        "wide_map": lambda: {f"{of}{key}": key for key in range(times)},
    }
    return makers[kind]()


def nested(times: int, around: Any) -> Any:
    value: Any = 1
    for _ in range(times):
        value = around(value)
    return value


def parameters(attack: dict[str, Any]) -> Any:
    if "params_json" in attack:
        return json.loads(text(attack["params_json"]))
    given = attack.get("params", {})
    if "$make" in given:
        return made(given)
    return {name: made(value) for name, value in given.items()}
