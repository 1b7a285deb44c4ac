from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias, final

from ._data import CheckedFile, Command, CostBound, Diagnostic, Event, Outcome, Problem, Report, Trace, Usage, Verdict
from ._types import Function, Stub

Value: TypeAlias = None | bool | int | float | str | list[Any] | dict[str, Any]
"""The results of programs: null, BOOLEAN, LONG, DOUBLE, STRING, arrays and LIST, MAP. A DATETIME is its ISO text."""

Inputs: TypeAlias = object
"""Parameters: a dict from names to values, a data class, a named tuple or a pydantic model."""

SchemaLike: TypeAlias = Schema | Mapping[str, str] | type
"""A schema, a dict from names to shapes such as `{"rows": "long", "tables": "list<{name: string}>"}`, or a type with fields."""

class _HasAnswer(Protocol):
    def __call__(self, function: str, /, *arguments: str) -> object: ...

@final
class CancelToken:
    """Stops evaluations and other calls from another thread."""

    def __new__(cls) -> CancelToken: ...
    def cancel(self) -> None: ...
    @property
    def is_cancelled(self) -> bool: ...

@final
class Schema:
    """The parameters that a program may read, with their types or shapes."""

    def __new__(cls, parameters: Mapping[str, str] | None = None, *, open: bool = False) -> Schema: ...
    @staticmethod
    def of(source: Any) -> Schema: ...
    @staticmethod
    def from_json_schema(schema: Mapping[str, Any] | str) -> Schema: ...
    @staticmethod
    def from_samples(samples: Iterable[object]) -> Schema: ...
    @staticmethod
    def from_values(values: object) -> Schema: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def names(self) -> list[str]: ...
    def to_dict(self) -> dict[str, str]: ...
    def __getitem__(self, name: str, /) -> str: ...
    def __contains__(self, name: str, /) -> bool: ...
    def __len__(self) -> int: ...

@final
class Engine:
    """Compiles programs with shared settings: limits, host functions, constants, the clock."""

    def __new__(
        cls,
        *,
        limits: Mapping[str, int | None] | None = None,
        functions: Mapping[str, Callable[..., Any]] | Mapping[str, Function] | Iterable[Function] | None = None,
        constants: Mapping[str, object] | None = None,
        clock: int | datetime | Literal["system", "denied"] | None = None,
        seed: int | Literal["system", "denied"] | None = None,
        dialect: Literal["selvedge", "sel"] = "selvedge",
        strict: bool = False,
        unknown_names: Literal["error", "null"] = "error",
        without: list[str] = ...,
        quote_values: bool = True,
        levels: Mapping[str, Literal["allow", "warn", "deny"]] | None = None,
    ) -> Engine: ...
    @staticmethod
    def from_description(text: str, *, stubs: dict[str, Any] | None = None) -> Engine: ...
    def compile(
        self,
        source: str,
        schema: SchemaLike | None = None,
        *,
        timeout: float | None = None,
        cancel: CancelToken | None = None,
    ) -> Program: ...
    def evaluate(
        self,
        source: str,
        inputs: Inputs = None,
        *,
        schema: SchemaLike | None = None,
        limits: Mapping[str, int | None] | None = None,
        timeout: float | None = None,
        cancel: CancelToken | None = None,
    ) -> Any: ...
    def lint(self, source: str, schema: SchemaLike | None = None, *, timeout: float | None = None) -> list[Diagnostic]: ...
    def load(self, data: bytes) -> Program: ...
    def describe(self) -> str: ...
    @property
    def limits(self) -> dict[str, int | None]: ...

@final
class Program:
    """A compiled program. It is immutable, and several threads may evaluate it at once."""

    def evaluate(
        self,
        inputs: Inputs = None,
        *,
        limits: Mapping[str, int | None] | None = None,
        timeout: float | None = None,
        cancel: CancelToken | None = None,
    ) -> Any: ...
    def run(
        self,
        inputs: Inputs = None,
        *,
        limits: Mapping[str, int | None] | None = None,
        timeout: float | None = None,
        cancel: CancelToken | None = None,
    ) -> Outcome: ...
    def trace(
        self,
        inputs: Inputs = None,
        *,
        events: int = 1_000,
        value_bytes: int = 120,
        limits: Mapping[str, int | None] | None = None,
        timeout: float | None = None,
        cancel: CancelToken | None = None,
    ) -> Trace: ...
    def cost_bound(self, sizes: dict[str, int | range] | None = None) -> CostBound: ...
    def to_bytes(self) -> bytes: ...
    def listing(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def result_type(self) -> str: ...
    @property
    def parameters(self) -> dict[str, str]: ...
    @property
    def functions(self) -> list[str]: ...
    @property
    def effects(self) -> list[str]: ...
    @property
    def is_deterministic(self) -> bool: ...
    @property
    def warnings(self) -> list[Diagnostic]: ...
    @property
    def engine(self) -> Engine: ...

@final
class ParameterSet:
    """Definitions of parameters: literals, strings with interpolated names, expressions."""

    @staticmethod
    def from_json(text: str, *, timeout: float | None = None) -> ParameterSet: ...
    @staticmethod
    def from_yaml(text: str, *, timeout: float | None = None) -> ParameterSet: ...
    @property
    def names(self) -> list[str]: ...
    def to_json(self) -> str: ...
    def set_values(
        self,
        values: object,
        *,
        occasion: Literal["start", "restart", "definition", "output", "system"] = "start",
        engine: Engine | None = None,
    ) -> ParameterSet: ...
    def redefine(
        self,
        changes: ParameterSet,
        *,
        occasion: Literal["start", "restart", "definition", "output", "system"] = "definition",
    ) -> ParameterSet: ...
    def plan(
        self,
        *,
        engine: Engine | None = None,
        around: object = None,
        steps: dict[str, Any] | None = None,
        signals: dict[str, Any] | None = None,
        timeout: float | None = None,
    ) -> Plan: ...
    def evaluate(
        self,
        values: object = None,
        *,
        engine: Engine | None = None,
        around: object = None,
        steps: dict[str, Any] | None = None,
        signals: dict[str, Any] | None = None,
        timeout: float | None = None,
    ) -> dict[str, Any]: ...
    def __len__(self) -> int: ...

@final
class Plan:
    """A checked set of parameters, in evaluation order."""

    @property
    def order(self) -> list[str]: ...
    @property
    def schema(self) -> Schema: ...
    @property
    def warnings(self) -> list[Problem]: ...
    def reads(self, name: str) -> list[str]: ...
    def evaluate(
        self,
        around: object = None,
        *,
        steps: dict[str, Any] | None = None,
        signals: dict[str, Any] | None = None,
        limits: Mapping[str, int | None] | None = None,
        timeout: float | None = None,
        cancel: CancelToken | None = None,
    ) -> Report: ...

@final
class Workflow:
    """A definition of a workflow: its parameters and steps."""

    @staticmethod
    def from_json(text: str, *, timeout: float | None = None) -> Workflow: ...
    @staticmethod
    def from_yaml(text: str, *, timeout: float | None = None) -> Workflow: ...
    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def parameters(self) -> list[str]: ...
    @property
    def steps(self) -> list[dict[str, Any]]: ...

@final
class Blueprint:
    """A workflow and its subworkflows, checked before anything runs; unfoldings are created from it."""

    def __new__(
        cls,
        workflow: Workflow,
        *,
        engine: Engine | None = None,
        subworkflows: Iterable[Workflow] | None = None,
        surroundings: SchemaLike | None = None,
        signals: dict[str, SchemaLike | None] | None = None,
        defaults: str | None = None,
        limits: Mapping[str, int | None] | None = None,
        answers: _HasAnswer | None = None,
        timeout: float | None = None,
    ) -> Blueprint: ...
    @property
    def hash(self) -> str: ...
    @property
    def warnings(self) -> list[Problem]: ...
    def begun(self, params: object = None, *, again: bool = False) -> dict[str, Any]: ...
    def triggers(self) -> list[dict[str, Any]]: ...

@final
class Unfolding:
    """A run of a workflow, driven by events."""

    @staticmethod
    def open(
        blueprint: Blueprint, params: object = None, *, timeout: float | None = None
    ) -> tuple[Unfolding, list[Command]]: ...
    @staticmethod
    def fold(blueprint: Blueprint, events: Iterable[Event], *, timeout: float | None = None) -> Unfolding: ...
    @staticmethod
    def restore(blueprint: Blueprint, snapshot: str, *, timeout: float | None = None) -> Unfolding: ...
    def apply(self, event: Event, *, timeout: float | None = None) -> list[Command]: ...
    def started(self, path: str) -> list[Command]: ...
    def ended(
        self,
        path: str,
        outputs: object = None,
        *,
        status: str | None = None,
        error: str | Mapping[str, str] | BaseException | None = None,
    ) -> list[Command]: ...
    def cancel(self) -> list[Command]: ...
    def settle(self, *, timeout: float | None = None) -> list[Command]: ...
    def walk(self, answers: object = None, *, until: str | None = None, timeout: float | None = None) -> None: ...
    def ready(self) -> list[dict[str, Any]]: ...
    def snapshot(self) -> str: ...
    def step(self, path: str) -> dict[str, Any] | None: ...
    def tree(self) -> dict[str, Any]: ...
    def attributes(self, path: str) -> dict[str, Any]: ...
    @property
    def progress(self) -> str: ...
    @property
    def is_settled(self) -> bool: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def kept_bytes(self) -> int: ...

def check_files(
    files: Mapping[str, str] | Iterable[str | PathLike[str]],
    *,
    project: str | None = None,
    schema: SchemaLike | None = None,
    deterministic: bool = False,
    timeout: float | None = None,
) -> list[CheckedFile]: ...
def run_tests(
    text: str,
    *,
    files: Mapping[str, str] | str | PathLike[str] | None = None,
    engine: Engine | None = None,
    timeout: float | None = None,
) -> list[Verdict]: ...
def format(source: str, *, width: int | None = None) -> str: ...
def render(
    code: str,
    severity: str,
    message: str,
    label: str,
    help: str | None,
    start: int,
    end: int,
    source: str,
    origin: str,
) -> str: ...
def escape(text: str) -> str: ...
