"""Schemas from types, JSON Schemas and samples."""

from __future__ import annotations

import enum
import pickle
from dataclasses import InitVar, dataclass, make_dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, NewType, Optional, TypedDict, Union

import pydantic
import pytest
from typing_extensions import NotRequired

import selvedge


class Kind(enum.Enum):
    A = "a"
    B = "b"


Day = NewType("Day", int)


@dataclass
class Line:
    sku: str
    qty: int


@dataclass
class Order:
    id: int
    price: float
    paid: bool
    kind: Kind
    day: Day
    made: datetime
    due: date
    lines: list[Line]
    load: dict[str, float]
    note: Optional[str] = None
    limit: Annotated[int | None, "most"] = None
    mode: Literal["fast", "slow"] = "fast"
    number: Union[int, float] = 0
    mixed: Union[int, str] = 0
    whatever: Any = None
    pair: tuple[int, int] = (0, 0)
    grid: list[list[int]] = ()  # type: ignore[assignment]


def test_a_data_class() -> None:
    assert selvedge.Schema.of(Order).to_dict() == {
        "id": "LONG",
        "price": "DOUBLE",
        "paid": "BOOLEAN",
        "kind": "STRING",
        "day": "LONG",
        "made": "DATETIME",
        "due": "STRING",
        "lines": "list<{sku: string, qty: long}>",
        "load": "map<double>",
        "note": "string?",
        "limit": "long?",
        "mode": "STRING",
        "number": "DOUBLE",
        "mixed": "ANY",
        "whatever": "ANY",
        "pair": "LONG_ARRAY",
        "grid": "list<list<long>>",
    }


class Run(TypedDict):
    day: int
    note: NotRequired[str]


class Options(TypedDict, total=False):
    retries: int


class Pair(NamedTuple):
    left: int
    right: "str | None"


def test_typed_dicts_and_named_tuples() -> None:
    assert selvedge.Schema.of(Run).to_dict() == {"day": "LONG", "note": "string?"}
    assert selvedge.Schema.of(Options).to_dict() == {"retries": "long?"}
    assert selvedge.Schema.of(Pair).to_dict() == {"left": "LONG", "right": "string?"}


@dataclass
class Tree:
    value: int
    children: "list[Tree]"


def test_a_type_that_refers_to_itself() -> None:
    schema = selvedge.Schema.of(Tree)
    assert schema["value"] == "LONG"
    assert selvedge.Engine().compile("children[0].value + 1", Tree).evaluate(Tree(1, [Tree(2, [])])) == 3


@dataclass
class Node:
    left: "Node | None"
    middle: "Node | None"
    right: "Node | None"
    value: int


def test_a_type_of_several_fields_that_refer_to_it() -> None:
    assert selvedge.Schema.of(Node).to_dict() == {
        "left": "map?",
        "middle": "map?",
        "right": "map?",
        "value": "LONG",
    }


def test_a_type_that_refers_to_more_than_is_looked_at() -> None:
    last: type = int
    for depth in range(20):
        last = make_dataclass(f"Level{depth}", [("one", last), ("other", last)])
    assert set(selvedge.Schema.of(last).names) == {"one", "other"}


@dataclass
class Loaded:
    rows: int
    seed: InitVar[int]
    limit: ClassVar[int] = 5


def test_what_is_no_field_is_no_parameter() -> None:
    assert selvedge.Schema.of(Loaded).to_dict() == {"rows": "LONG"}
    assert selvedge.Engine().compile("rows + 1", Loaded).evaluate(Loaded(1, 2)) == 2


class Aliased(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(serialize_by_alias=True)
    name: str = pydantic.Field(alias="tableName")


def test_fields_have_their_names_whatever_is_written_by_alias() -> None:
    assert selvedge.Engine().compile("name", Aliased).evaluate(Aliased(tableName="orders")) == "orders"


def test_an_int_is_a_float() -> None:
    def whole() -> float:
        return 1

    def many() -> list[float]:
        return [1, 2]

    engine = selvedge.Engine(functions={"A.whole": whole, "A.many": many})
    assert engine.evaluate("A.whole() / 2") == 0.5
    assert engine.evaluate("A.many()[1] / 4") == 0.5


class Table(pydantic.BaseModel):
    name: str = pydantic.Field(alias="tableName")
    days: int | None = None


class Trigger(pydantic.BaseModel):
    day: int = pydantic.Field(ge=19700101)
    tables: list[Table]
    load: dict[str, float] = {}
    kind: Kind = Kind.A
    made: datetime | None = None


def test_a_pydantic_model() -> None:
    assert selvedge.Schema.of(Trigger).to_dict() == {
        "day": "LONG",
        "tables": "list<{name: string, days: long?}>",
        "load": "map<double>",
        "kind": "STRING",
        "made": "string?",
    }
    trigger = Trigger(day=20260101, tables=[Table(tableName="orders", days=2)])
    program = selvedge.Engine().compile("tables[0].name + '/' + day + '/' + kind", Trigger)
    assert program.evaluate(trigger) == "orders/20260101/a"
    with pytest.raises(selvedge.CompileError, match="unknown name `dya`"):
        selvedge.Engine().compile("dya", Trigger)
    with pytest.raises(selvedge.CompileError) as refused:
        selvedge.Engine().compile("tables[0].nmae", Trigger)
    assert refused.value.help == "did you mean `name`?"


@dataclass
class Holder:
    trigger: Trigger


def test_a_model_inside_of_a_data_class() -> None:
    program = selvedge.Engine().compile("trigger.tables[0].days ?? 1", Holder)
    assert program.evaluate(Holder(Trigger(day=20260101, tables=[Table(tableName="a")]))) == 1


def test_json_schema_and_samples() -> None:
    schema = selvedge.Schema.from_json_schema(
        {"type": "object", "properties": {"day": {"type": "integer"}, "regions": {"type": "array", "items": {"type": "string"}}}}
    )
    assert schema == selvedge.Schema({"day": "long", "regions": "list<string>"})
    assert selvedge.Schema.from_json_schema('{"type": "object", "properties": {}}') == selvedge.Schema()
    samples = [{"day": 1, "regions": ["us"]}, {"day": 2, "regions": ["us", "eu"]}]
    assert selvedge.Schema.from_samples(samples) == schema
    assert selvedge.Schema({"*": "any"}) == selvedge.Schema(open=True)
    assert "whatever" in selvedge.Schema(open=True) and len(schema) == 2


def test_schemas_are_pickled_compared_and_shown() -> None:
    for schema in (selvedge.Schema.of(Order), selvedge.Schema(open=True), selvedge.Schema({"a": "map<long>", "*": "any"})):
        assert pickle.loads(pickle.dumps(schema)) == schema
        assert hash(pickle.loads(pickle.dumps(schema))) == hash(schema)
    assert repr(selvedge.Schema({"a": "long"})) == "Schema({'a': 'LONG'})"
    assert selvedge.Schema({"a": "long"}) != selvedge.Schema({"a": "double"})
    with pytest.raises(KeyError):
        selvedge.Schema()["a"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: selvedge.Schema({"rows": "list<int>"}), "`rows`, character 6 of `list<int>`: unknown type `int`; did you mean `long`?"),
        (lambda: selvedge.Schema.from_json_schema("{"), "not a JSON document"),
        (lambda: selvedge.Schema.from_json_schema({"type": "string"}), "this JSON Schema describes no object"),
        (lambda: selvedge.Schema.of(int), "int has no fields with annotations"),
        (lambda: selvedge.Engine().compile("1", {"a": "lnog"}), "unknown type `lnog`"),
    ],
)
def test_what_is_no_schema(make: Any, message: str) -> None:
    with pytest.raises(selvedge.SchemaError) as refused:
        make()
    assert message in str(refused.value)


def test_what_stands_for_no_schema() -> None:
    with pytest.raises(TypeError, match="expected a Schema, a dict from names to shapes, or a type, found int"):
        selvedge.Engine().compile("1", 5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="the shape of \"a\" is a text"):
        selvedge.Schema({"a": 5})  # type: ignore[dict-item]
