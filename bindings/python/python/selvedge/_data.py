"""The data classes that the package returns, and the conversion of Python objects to values."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias, Union

Event: TypeAlias = Union[dict[str, Any], str]
"""`{"begun": …}`, `{"ended": {"step": …, "status": …, "outputs": …, "error": …}}`, `{"attempt_failed": {"step": …, "cause": …}}`,
`{KIND: {"step": …}}` of `started`, `restarted`, `skipped` and `step_cancelled`, or `"cancelled"`."""

Command: TypeAlias = dict[str, Any]
"""`{"run": …}`, `{"reset": …}`, `{"opened": …}`, `{"stop": …}`, `{"ended": …}`, `{"skipped": …}` or `{"finished": …}`."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The usage of an evaluation: steps, and bytes charged cumulatively."""

    steps: int
    memory: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an evaluation: the value, its type in the language, and the usage."""

    value: Any
    type: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A replacement for `source[start:end]`. A safe one changes only the wrong result."""

    start: int
    end: int
    replacement: str
    safe: bool


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """An error in a source, or code that is likely not intended, at `source[start:end]`."""

    code: str
    kind: str
    severity: str
    message: str
    line: int
    column: int
    start: int
    end: int
    label: str
    help: str | None
    suggestion: Suggestion | None

    def report(self, source: str, origin: str = "expression") -> str:
        """Returns the diagnostic with its source line and a caret."""
        from ._selvedge import render

        return render(
            self.code, self.severity, self.message, self.label, self.help, self.start, self.end, source, origin
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a document of definitions.

    `path` is the position in the document, `line` and `column` that in its text. Within an expression, `expression_line` and
    `expression_column` count from the start of the expression.
    """

    code: str
    kind: str
    severity: str
    message: str
    help: str | None
    path: str
    line: int | None
    column: int | None
    expression: str | None
    expression_line: int | None
    expression_column: int | None
    workflow: str | None
    text: str
    template: str

    def report(self, file: str = "definition") -> str:
        """Returns the problem with its position, and with the source line if it is within an expression."""
        from ._selvedge import escape

        return self.template.replace(" --> <file>", f" --> {escape(file)}", 1)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class TraceEvent:
    """An assignment, with its target and the value as text, or a condition (`target` is None) with its outcome."""

    start: int
    end: int
    line: int
    text: str
    target: str | None
    value: str | bool


@dataclass(frozen=True, slots=True)
class Trace:
    """The events of an evaluation, the number of events left out, and the result: an outcome or an error."""

    events: list[TraceEvent]
    left_out: int
    outcome: Outcome | None
    error: Exception | None


@dataclass(frozen=True, slots=True)
class CostBound:
    """The most that an evaluation uses; `steps` and `memory` are None if no bound is known, and `reason` says why."""

    steps: int | None
    memory: int | None
    reason: str | None
    place: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluated parameter: its type and value, the names it read, and its usage."""

    type: str
    value: Any
    reads: list[str]
    usage: Usage


@dataclass(frozen=True, slots=True)
class Report:
    """The result of evaluating a plan."""

    parameters: dict[str, Evaluated]
    error: Problem | None
    not_evaluated: list[str]
    warnings: list[Problem]
    usage: Usage
    text: str

    @property
    def values(self) -> dict[str, Any]:
        """The values of all evaluated parameters."""
        return {name: evaluated.value for name, evaluated in self.parameters.items()}


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic of a check, and the path in the document where it was found."""

    diagnostic: Diagnostic
    path: str

    @property
    def code(self) -> str:
        """The diagnostic's code."""
        return self.diagnostic.code

    @property
    def message(self) -> str:
        """The diagnostic's message."""
        return self.diagnostic.message


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A checked file. `fixed` is its text after all safe suggestions, if there are any."""

    name: str
    text: str
    expressions: int
    findings: list[Finding]
    fixed: str | None

    @property
    def has_errors(self) -> bool:
        """Whether the file has errors, not only warnings."""
        return any(finding.diagnostic.severity == "error" for finding in self.findings)

    def report(self) -> str:
        """Returns all findings with their lines."""
        return "\n".join(finding.diagnostic.report(self.text, self.name) for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of a value that differs from the wanted one; None where it is missing."""

    path: str
    wanted: str | None
    found: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed expectation of a test, with its position in the fixture."""

    path: str
    line: int | None
    column: int | None
    message: str
    help: str | None
    detail: str | None
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a test."""

    name: str
    kind: str
    failures: list[Failure]
    usage: Usage

    @property
    def passed(self) -> bool:
        """Whether the test passed."""
        return not self.failures


# What the native part calls.


def diagnostic(
    code: str,
    kind: str,
    severity: str,
    said: tuple[str, str, str | None],
    place: tuple[int, int, int, int],
    suggestion: Suggestion | None,
) -> Diagnostic:
    message, label, help = said
    line, column, start, end = place
    return Diagnostic(code, kind, severity, message, line, column, start, end, label, help, suggestion)


def problem(
    what: tuple[str, str, str, str, str | None],
    path: str,
    place: tuple[int, int] | None,
    within: tuple[str | None, tuple[int, int] | None, str | None],
    shown: tuple[str, str],
) -> Problem:
    expression, place_within, workflow = within
    line, column = place or (None, None)
    line_within, column_within = place_within or (None, None)
    return Problem(*what, path, line, column, expression, line_within, column_within, workflow, *shown)


def trace_event(place: tuple[int, int, int, str], target: str | None, value: str | bool) -> TraceEvent:
    return TraceEvent(*place, target, value)


def evaluated(type: str, value: Any, reads: list[str], usage: tuple[int, int]) -> Evaluated:
    return Evaluated(type, value, reads, Usage(*usage))


def verdict(name: str, kind: str, failures: list[dict[str, Any]], usage: Usage) -> Verdict:
    return Verdict(name, kind, [_failure(**failure) for failure in failures], usage)


def _failure(
    path: str,
    position: dict[str, int] | None,
    message: str,
    help: str | None = None,
    detail: str | None = None,
    differences: Sequence[dict[str, Any]] = (),
) -> Failure:
    position = position or {}
    told = [Difference(**difference) for difference in differences]
    return Failure(path, position.get("line"), position.get("column"), message, help, detail, told)


def plain(found: object) -> tuple[bool, object]:
    """Returns a value in place of an object that is not a number, string, list or dict, or why it has none and what to do.

    The replacement is closer to a value, so repeated calls terminate.
    """
    if isinstance(found, datetime.datetime):
        return _instant(found)
    if isinstance(found, datetime.date):
        return True, found.isoformat()
    if isinstance(found, enum.Enum):
        return True, found.value
    if isinstance(found, tuple):
        # Of a named tuple the fields have names.
        fields = getattr(type(found), "_fields", None)
        return True, list(found) if fields is None else dict(zip(fields, found))
    if isinstance(found, type):
        return False, f"the class {found.__name__} is not a value; give an instance of it"
    if dataclasses.is_dataclass(found):
        return True, {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    if callable(dump := getattr(found, "model_dump", None)):
        # Programs read fields by their names, whatever the model writes by default.
        by_alias = getattr(found, "model_config", {}).get("serialize_by_alias")
        return True, dump(mode="json", by_alias=False) if by_alias else dump(mode="json")
    fields = getattr(type(found), "__attrs_attrs__", None)
    if fields is not None:
        return True, {field.name: getattr(found, field.name) for field in fields}
    if isinstance(found, Mapping):
        return True, dict(found)
    if isinstance(found, (bytes, bytearray, memoryview)):
        return False, "the language has no bytes; give them as text"
    if hasattr(found, "dtype") and callable(to_list := getattr(found, "tolist", None)):
        return True, to_list()
    if isinstance(found, Sequence):
        return True, list(found)
    return _number_or_refused(found)


def _instant(found: datetime.datetime) -> tuple[bool, str]:
    if found.utcoffset() is None:
        return False, "a datetime without a time zone; say which, as in `replace(tzinfo=datetime.timezone.utc)`"
    return True, found.isoformat(timespec="milliseconds")


def _number_or_refused(found: object) -> tuple[bool, object]:
    if hasattr(type(found), "__index__"):
        return True, found.__index__()  # type: ignore[attr-defined]
    name = type(found).__name__
    if isinstance(found, Set):
        return False, f"a {name} has no order; give a list, as `sorted(…)` makes it"
    if isinstance(found, Decimal):
        return False, "a Decimal is neither an integer nor a float; give `float(…)` or `str(…)` of it"
    if isinstance(found, uuid.UUID):
        return False, "a UUID is given as its text; give `str(…)` of it"
    if isinstance(found, datetime.timedelta):
        return False, "a timedelta is given as a number; give `total_seconds()` of it"
    wanted = "None, bool, int, float, str, list, dict, date, datetime, a data class or a model"
    return False, f"expected {wanted}, found {name}"
