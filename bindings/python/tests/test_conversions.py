"""Python values in and out: what fits comes back, what does not is an exception with its place."""

from __future__ import annotations

import collections
import datetime
import enum
import math
import types
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from hypothesis import given, settings, strategies as st

import selvedge

ENGINE = selvedge.Engine(limits={"array_length": 100_000, "result_size": 1 << 30, "memory": 1 << 30, "timeout": None})
ECHO = ENGINE.compile("x", {"*": "any"})


def echo(value: object) -> Any:
    return ECHO.evaluate({"x": value})


LONGS = st.integers(-(2**63), 2**63 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | LONGS | st.floats() | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=40)


def same(left: Any, right: Any) -> bool:
    """Equal, of one type, and as to floats bit by bit."""
    if isinstance(left, float):
        if not isinstance(right, float):
            return False
        if math.isnan(left) or math.isnan(right):
            return math.isnan(left) and math.isnan(right)
        return (left, math.copysign(1, left)) == (right, math.copysign(1, right))
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        # The order of entries is kept.
        return isinstance(right, dict) and list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    return type(left) is type(right) and bool(left == right)


@given(VALUES)
@settings(max_examples=500, deadline=None)
def test_values_come_back_as_they_are(value: Any) -> None:
    assert same(value, echo(value))


@given(st.integers())
@settings(max_examples=200, deadline=None)
def test_integers_fit_or_are_refused(value: int) -> None:
    if -(2**63) <= value < 2**63:
        assert echo(value) == value
    else:
        with pytest.raises(selvedge.ConversionError, match="does not fit in 64 bits"):
            echo(value)


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_texts_with_half_a_pair_are_refused(value: str) -> None:
    if any(0xD800 <= ord(character) < 0xE000 for character in value):
        with pytest.raises(selvedge.ConversionError, match="half of a surrogate pair"):
            echo(value)
    else:
        assert echo(value) == value


@given(st.datetimes(datetime.datetime(1, 1, 2), datetime.datetime(9999, 12, 30), timezones=st.timezones()))
@settings(max_examples=200, deadline=None)
def test_datetimes_are_the_same_instant(value: datetime.datetime) -> None:
    # Of the tzdata's local mean times, offsets with seconds are not an ISO text of the language.
    offset = value.utcoffset()
    if offset is None or offset.seconds % 60:
        return
    program = ENGINE.compile("t.getMillis()", {"t": "datetime"})
    expected = (value - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) // datetime.timedelta(milliseconds=1)
    assert abs(program.evaluate({"t": value}) - expected) <= 1


class Color(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    HIGH = 3


class Point(NamedTuple):
    x: int
    y: float


@dataclass
class Row:
    id: int
    tags: list[str] = field(default_factory=list)


class Model:
    """What pydantic's models look like from outside."""

    def model_dump(self, mode: str) -> dict[str, Any]:
        return {"mode": mode}


class Index:
    def __index__(self) -> int:
        return 7


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Color.RED, "red"),
        (Level.HIGH, 3),
        (Point(1, 2.5), {"x": 1, "y": 2.5}),
        (Row(1, ["a"]), {"id": 1, "tags": ["a"]}),
        ([Row(1), Row(2)], [{"id": 1, "tags": []}, {"id": 2, "tags": []}]),
        (Model(), {"mode": "json"}),
        (Index(), 7),
        ((1, 2), [1, 2]),
        (range(3), [0, 1, 2]),
        (collections.deque(["a"]), ["a"]),
        (collections.OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (types.MappingProxyType({"a": None}), {"a": None}),
        (datetime.date(2026, 1, 31), "2026-01-31"),
        (datetime.datetime(2026, 1, 31, 5, tzinfo=datetime.timezone.utc), "2026-01-31T05:00:00.000+00:00"),
        ([1, 2.5], [1, 2.5]),
        ([1, None], [1, None]),
        ([None, "a"], [None, "a"]),
        ([], []),
    ],
)
def test_what_stands_for_a_value(value: object, expected: Any) -> None:
    assert same(expected, echo(value))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2**63, "$.x: integer `9223372036854775808` does not fit in 64 bits"),
        ([1, {"a": 10**5000}], "$.x[1].a: integer of 16610 bits does not fit in 64 bits"),
        ({1: 2}, "$.x: the keys of a map must be texts, found int"),
        (b"a", "$.x: the language has no bytes; give them as text"),
        ({1, 2}, "$.x: a set has no order; give a list, as `sorted(…)` makes it"),
        (Decimal("1.5"), "$.x: a Decimal is neither an integer nor a float; give `float(…)` or `str(…)` of it"),
        (uuid4(), "$.x: a UUID is given as its text; give `str(…)` of it"),
        (datetime.datetime(2026, 1, 1), "$.x: a datetime without a time zone; say which, as in `replace(tzinfo=datetime.timezone.utc)`"),
        (datetime.timedelta(1), "$.x: a timedelta is given as a number; give `total_seconds()` of it"),
        (Row, "$.x: the class Row is not a value; give an instance of it"),
        (1j, "$.x: expected None, bool, int, float, str, list, dict, date, datetime, a data class or a model, found complex"),
        ({"an odd key": object()}, "$.x.`an odd key`: expected None, bool, int, float, str, list, dict, date, datetime, a data class or a model, found object"),
    ],
)
def test_what_does_not(value: object, message: str) -> None:
    with pytest.raises(selvedge.ConversionError) as raised:
        echo(value)
    assert str(raised.value) == message
    assert isinstance(raised.value, ValueError)


def test_objects_that_contain_themselves_are_an_exception() -> None:
    endless_list: list[Any] = []
    endless_list.append(endless_list)
    endless_dict: dict[str, Any] = {}
    endless_dict["a"] = {"b": [endless_dict]}
    wide: Any = []
    for _ in range(100):
        wide = [wide, wide]

    class Endless:
        def model_dump(self, mode: str) -> Any:
            return self

    @dataclass
    class Node:
        next: Any = None

    node = Node()
    node.next = node
    for endless in (endless_list, endless_dict, wide, Endless(), node):
        with pytest.raises(selvedge.ConversionError, match="nested deeper than 64 levels, or containing itself"):
            echo(endless)


def test_a_value_that_is_shared_too_often_is_an_exception() -> None:
    shared: Any = [0] * 10
    for _ in range(40):
        shared = [shared, shared]
    with pytest.raises(selvedge.ConversionError, match="more than 20000000 values"):
        echo(shared)


def test_containers_that_change_while_they_are_read() -> None:
    changing: dict[str, Any] = {}

    class Changes:
        def model_dump(self, mode: str) -> int:
            changing.clear()
            changing["other"] = 1
            return 1

    changing.update(a=Changes(), b=2)
    assert echo(changing) == {"a": 1, "b": 2}
    items: list[Any] = []

    class Pops:
        def model_dump(self, mode: str) -> int:
            items.clear()
            return 1

    items.extend([Pops(), 2, 3])
    assert echo(items) == [1]


def test_what_a_conversion_raises_is_raised() -> None:
    class Broken:
        def model_dump(self, mode: str) -> Any:
            raise KeyError("inside")

    with pytest.raises(KeyError, match="inside"):
        echo([Broken()])


def test_depth_is_what_the_crate_allows() -> None:
    value: Any = 1
    for _ in range(63):
        value = [value]
    assert same(value, echo(value))
    with pytest.raises(selvedge.ConversionError):
        echo([value])


@pytest.mark.parametrize("inputs", [5, "text", [1], object()])
def test_inputs_are_a_map(inputs: object) -> None:
    with pytest.raises(selvedge.ConversionError):
        ECHO.evaluate(inputs)


def test_inputs_from_a_data_class_and_a_model() -> None:
    program = ENGINE.compile("id + tags.length", Row)
    assert program.evaluate(Row(1, ["a", "b"])) == 3
    assert ENGINE.evaluate("mode", Model()) == "json"


def test_numpy_where_it_is_there() -> None:
    numpy = pytest.importorskip("numpy")
    assert echo([numpy.int64(3), numpy.float64(0.5), numpy.bool_(True)]) == [3, 0.5, True]
    assert echo(numpy.array([1, 2])) == [1, 2]
