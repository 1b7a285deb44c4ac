"""Schemas from annotations, host functions from callables, and helpers for the native module."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import inspect
import json
import os
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._errors import HostError, SchemaError, UsageError

if TYPE_CHECKING:
    from ._selvedge import Engine, Program

_MAX_DEPTH = 30
"""How deep types may refer to each other; a type that refers to itself is known only as a map."""

_MAX_TYPES = 2_000
"""The number of types visited for one shape; further types are `any`."""

_PLAIN = {bool: "boolean", int: "long", float: "double", str: "string", datetime.datetime: "datetime", datetime.date: "string"}


@dataclass(frozen=True)
class Function:
    """A host function and its description; omitted parts come from the callable's annotations and docstring.

    >>> import selvedge
    >>> def latest(table: str) -> int:
    ...     return {"orders": 20260101}[table]
    >>> engine = selvedge.Engine(functions=[selvedge.Function("Tables.latest", latest, cost=500)])
    >>> engine.evaluate("'orders/' + Tables.latest('orders')")
    'orders/20260101'

    `parameters` maps names to shapes. Each call is charged `cost` steps and `memory` bytes. `result_size` promises how large
    results are. `effects` lists what the function reads besides its arguments: `clock`, `randomness`, `outside`, or nothing.
    """

    name: str
    callable: Callable[..., Any]
    parameters: Mapping[str, str] | None = None
    result: str | None = None
    doc: str | None = None
    cost: int = 100
    memory: int = 0
    result_size: int | None = None
    effects: Sequence[str] = ("outside",)


@dataclass(frozen=True)
class Stub:
    """An expression over a function's parameters that answers its calls without a host."""

    expression: str


def kept(given: Any) -> Any:
    """Returns functions as they are pickled: a mapping or a list."""
    return given if isinstance(given, Mapping) else list(given)


def functions(given: Mapping[str, Any] | Iterable[Function]) -> list[dict[str, Any]]:
    """Returns the descriptions of an engine's functions."""
    if isinstance(given, Mapping):
        named = given.items()
        given = [made if isinstance(made, Function) else Function(name, made) for name, made in named]
    return [_described(function) for function in given]


def _described(function: Function) -> dict[str, Any]:
    if not isinstance(function, Function):
        raise UsageError(f"expected a selvedge.Function, or a dict from names to callables, found {function!r}")
    if not callable(function.callable):
        raise UsageError(f"{function.name}: {function.callable!r} cannot be called")
    if inspect.iscoroutinefunction(function.callable):
        raise UsageError(f"{function.name}: an asynchronous function gives no value where it is called")
    parameters, optional, result = _signature(function)
    return {
        "name": function.name,
        "callable": function.callable,
        "parameters": parameters,
        "optional": optional,
        "result": function.result or result,
        "doc": inspect.cleandoc(function.doc or getattr(function.callable, "__doc__", None) or ""),
        "cost": function.cost,
        "memory": function.memory,
        "result_size": function.result_size,
        "effects": list(function.effects),
    }


def _signature(function: Function) -> tuple[list[tuple[str, str]], int, str]:
    try:
        signature = inspect.signature(function.callable)
    except (TypeError, ValueError):
        # A callable of C that does not say what it takes.
        if function.parameters is None:
            raise UsageError(f"{function.name}: say what it takes, as `parameters={{\"name\": \"long\"}}`") from None
        return list(function.parameters.items()), 0, "any"
    hints = _hints(function.callable)
    shapes, optional = [], 0
    for parameter in signature.parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.KEYWORD_ONLY):
            if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty:
                raise UsageError(f"{function.name}: `{parameter.name}` can only be given by keyword, which programs cannot")
            if parameter.kind is parameter.VAR_POSITIONAL and function.parameters is None:
                raise UsageError(f"{function.name}: say what `*{parameter.name}` takes, as `parameters={{…}}`")
            continue
        optional += parameter.default is not parameter.empty
        shapes.append((parameter.name, shape_of(hints.get(parameter.name, Any))))
    if function.parameters is not None:
        shapes = list(function.parameters.items())
        optional = min(optional, len(shapes))
    return shapes, optional, shape_of(hints.get("return", Any))


def told(error: BaseException) -> str:
    """Returns the message about an exception that the program's author sees."""
    if isinstance(error, HostError):
        return str(error)
    return f"it raised {type(error).__name__}"


# Schemas.


def schema_of(source: Any) -> Any:
    """Returns the names and shapes of a type's fields, or the text of its JSON Schema."""
    if callable(describe := getattr(source, "model_json_schema", None)):
        return json.dumps(describe(by_alias=False, mode="serialization"))
    fields = _Walk().fields(source)
    if fields is None:
        raise SchemaError(
            f"{_name(source)} has no fields with annotations; give a data class, TypedDict, NamedTuple or pydantic model"
        )
    return fields


def _field_names(source: type) -> list[str] | None:
    """Returns the names of a type's fields, or None if it has none."""
    if dataclasses.is_dataclass(source):
        return [field.name for field in dataclasses.fields(source)]
    if typing.is_typeddict(source) or _is_typed_dict(source):
        return list(_hints(source))
    if issubclass(source, tuple) and hasattr(source, "_fields"):
        return list(source._fields)
    if hasattr(source, "__attrs_attrs__"):
        return [field.name for field in source.__attrs_attrs__]
    return None


def _is_typed_dict(source: type) -> bool:
    # Those of typing_extensions are none for typing.
    return issubclass(source, dict) and hasattr(source, "__total__")


def _hints(source: Any) -> dict[str, Any]:
    try:
        return typing.get_type_hints(source, include_extras=True)
    except Exception:
        # A name that is known only to type checkers: nothing is known of what has it.
        hints = getattr(source, "__annotations__", None) or {}
        return {name: hint for name, hint in hints.items() if not isinstance(hint, str)}


def shape_of(hint: Any) -> str:
    """Returns the shape of an annotation; `any` if the language has no shape for it.

    >>> shape_of(list[int]), shape_of(int | None), shape_of(dict[str, list[str]])
    ('list<long>', 'long?', 'map<list<string>>')
    """
    return _Walk().shape(hint)


class _Walk:
    """A walk over a type and its references, with the enclosing types, the depth, and the number of types left to visit."""

    def __init__(self) -> None:
        self._within: list[Any] = []
        self._depth = 0
        self._left = _MAX_TYPES

    def shape(self, hint: Any) -> str:
        if self._depth > _MAX_DEPTH or self._left == 0:
            return "any"
        self._left -= 1
        self._depth += 1
        try:
            return self._shape(hint)
        finally:
            self._depth -= 1

    def fields(self, source: Any) -> dict[str, str] | None:
        """Returns the shapes of a type's fields, or None if it has none."""
        origin = typing.get_origin(source) or source
        if not isinstance(origin, type) or (names := _field_names(origin)) is None:
            return None
        if origin in self._within:
            return {}
        hints, fields = _hints(origin), {}
        absent: frozenset[str] = getattr(origin, "__optional_keys__", frozenset())
        self._within.append(origin)
        for name in names:
            shape = self.shape(hints.get(name, Any))
            fields[name] = _or_null(shape) if name in absent else shape
        self._within.pop()
        return fields

    def _shape(self, hint: Any) -> str:
        if hint is None or hint is type(None) or isinstance(hint, typing.TypeVar):
            return "any"
        if isinstance(hint, typing.NewType):
            return self.shape(hint.__supertype__)
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is not None:
            return self._generic(hint, origin, arguments)
        if isinstance(hint, type):
            return self._class(hint)
        # A `type` statement's alias.
        value = getattr(hint, "__value__", None)
        return "any" if value is None else self.shape(value)

    def _generic(self, hint: Any, origin: Any, arguments: tuple[Any, ...]) -> str:
        if origin in (typing.Union, types.UnionType):
            return self._union(arguments)
        if origin is typing.Literal:
            return _joined({self.shape(type(value)) for value in arguments if value is not None}, None in arguments)
        name = getattr(origin, "_name", None) or getattr(origin, "__name__", "")
        if origin is typing.Annotated or name in ("Annotated", "Required", "ReadOnly", "Final"):
            return self.shape(arguments[0])
        if name == "NotRequired":
            return _or_null(self.shape(arguments[0]))
        if isinstance(origin, type):
            if (fields := self.fields(hint)) is not None:
                return _record(fields)
            if issubclass(origin, Mapping) and len(arguments) == 2 and self.shape(arguments[0]) == "string":
                return f"map<{self.shape(arguments[1])}>"
            if issubclass(origin, tuple):
                elements = {self.shape(element) for element in arguments if element is not Ellipsis}
                return f"list<{_joined(elements, False)}>"
            if issubclass(origin, Sequence) and len(arguments) == 1:
                return f"list<{self.shape(arguments[0])}>"
        return "any"

    def _class(self, hint: type) -> str:
        if hint in _PLAIN:
            return _PLAIN[hint]
        if issubclass(hint, enum.Enum):
            return _joined({self.shape(type(member.value)) for member in hint}, False)
        if (fields := self.fields(hint)) is not None:
            return _record(fields)
        if callable(getattr(hint, "model_json_schema", None)):
            return self._model(hint)
        for known, shape in _PLAIN.items():
            if issubclass(hint, known):
                return shape
        if issubclass(hint, Mapping):
            return "map<any>"
        if issubclass(hint, (list, tuple)):
            return "list<any>"
        return "any"

    def _model(self, hint: Any) -> str:
        fields = getattr(hint, "model_fields", None)
        if not isinstance(fields, Mapping) or hint in self._within:
            return "map<any>"
        self._within.append(hint)
        shapes = {name: self.shape(getattr(field, "annotation", Any)) for name, field in fields.items()}
        self._within.pop()
        return _record(shapes)

    def _union(self, arguments: tuple[Any, ...]) -> str:
        with_null = any(argument is type(None) for argument in arguments)
        shapes = {self.shape(argument) for argument in arguments if argument is not type(None)}
        return _joined(shapes, with_null)


def _joined(shapes: set[str], with_null: bool) -> str:
    """Returns the shape that fits all the given shapes."""
    if shapes == {"long", "double"}:
        shapes = {"double"}
    if len(shapes) != 1:
        return "any"
    (shape,) = shapes
    return _or_null(shape) if with_null else shape


def _or_null(shape: str) -> str:
    return shape if shape == "any" or shape.endswith("?") else shape + "?"


def _record(fields: dict[str, str]) -> str:
    if not fields:
        return "map<any>"
    entries = (f"{_key(name)}: {shape}" for name, shape in fields.items())
    return "{" + ", ".join(entries) + "}"


def _key(name: str) -> str:
    if name.isascii() and name.isidentifier():
        return name
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _name(source: Any) -> str:
    return getattr(source, "__name__", None) or repr(source)


def json_text(schema: Any) -> str:
    """Returns a JSON Schema as text."""
    return schema if isinstance(schema, str) else json.dumps(schema)


# What the native part asks for.


def milliseconds(clock: Any) -> int:
    """Returns the milliseconds since 1970 of a fixed clock, given as such or as a datetime."""
    if isinstance(clock, datetime.datetime):
        if clock.utcoffset() is None:
            raise UsageError("the clock is a datetime without a time zone; say which")
        since = clock - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        return since // datetime.timedelta(milliseconds=1)
    return int(clock)


def stub_expression(stub: Any) -> str | None:
    """Returns the expression of a `Stub`, or None for other objects."""
    return stub.expression if isinstance(stub, Stub) else None


def texts(files: Any) -> list[tuple[str, str]]:
    """Returns the names and texts of files; paths are read."""
    if isinstance(files, Mapping):
        return [(os.fspath(name), text) for name, text in files.items()]
    if isinstance(files, (str, os.PathLike)):
        raise UsageError("expected a dict from names to texts, or paths; put a single path into a list")
    return [(os.fspath(path), _read(path)) for path in files]


def named_texts(files: Any, named: list[str]) -> dict[str, str]:
    """Returns the texts of the files that a fixture names."""
    if files is None:
        return {}
    if isinstance(files, Mapping):
        return dict(files)
    found = {}
    for name in named:
        try:
            found[name] = _read(os.path.join(files, name))
        except OSError:
            # The test that names it says that it is missing.
            continue
    return found


_MAX_FILE_BYTES = 16 * 1024 * 1024
"""The maximum size of a file that is read, in bytes."""


def _read(path: Any) -> str:
    if not os.path.isfile(path):
        raise FileNotFoundError(f"{os.fspath(path)} is not a file")
    with open(path, "rb") as file:
        read = file.read(_MAX_FILE_BYTES + 1)
    if len(read) > _MAX_FILE_BYTES:
        raise UsageError(f"{os.fspath(path)} has more than {_MAX_FILE_BYTES} bytes")
    return read.decode()


# Pickling.


def engine(settings: dict[str, Any]) -> Engine:
    """Returns an engine with the settings of another."""
    from ._selvedge import Engine

    return Engine(**settings)


def described_engine(settings: dict[str, Any]) -> Engine:
    """Returns an engine built from a description."""
    from ._selvedge import Engine

    return Engine.from_description(settings["text"], stubs=settings["stubs"])


def loaded(engine: Engine, data: bytes) -> Program:
    """Returns a program loaded from its bytes."""
    return engine.load(data)
