"""The exceptions of the package. All can be pickled."""

from __future__ import annotations

from typing import Any

from ._data import Diagnostic, Problem, Usage


class SelvedgeError(Exception):
    """The base class of the package's exceptions."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args


class UsageError(SelvedgeError, ValueError):
    """An argument that the call does not accept, such as an invalid name for a function."""


class ConversionError(SelvedgeError, ValueError):
    """A Python object that is not a value of the language.

    `path` is its position in the object, from the root `$`.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class SchemaError(SelvedgeError, ValueError):
    """An invalid schema: the message says where, why, and what to do."""


class LoadError(SelvedgeError, ValueError):
    """Bytes that are not a program of this engine."""


class HostError(Exception):
    """An error raised by a host function, whose message is shown to the program's author.

    For other exceptions the author sees only the type, since their messages may contain details that tenants must not see. The
    exception itself is the `__cause__` of the `EvaluationError`.
    """


class _OfSource(SelvedgeError):
    """An error in a source; it has the fields of the first diagnostic."""

    diagnostic: Diagnostic
    source: str

    @property
    def code(self) -> str:
        """The code, such as `E201`; codes are stable."""
        return self.diagnostic.code

    @property
    def kind(self) -> str:
        """The code's name, such as `unknown_name`."""
        return self.diagnostic.kind

    @property
    def message(self) -> str:
        """The message, in one line."""
        return self.diagnostic.message

    @property
    def help(self) -> str | None:
        """How to fix it, if there is one fix."""
        return self.diagnostic.help

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.diagnostic.line

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self.diagnostic.column

    @property
    def start(self) -> int:
        """The start of the position `source[start:end]`."""
        return self.diagnostic.start

    @property
    def end(self) -> int:
        """The end of the position."""
        return self.diagnostic.end


class CompileError(_OfSource):
    """A refused program; `diagnostics` lists all of its errors.

    `phase` is `syntax` or `check`.
    """

    def __init__(self, text: str, phase: str, diagnostics: list[Diagnostic], source: str) -> None:
        super().__init__(text, phase, diagnostics, source)
        self.phase = phase
        self.diagnostics = diagnostics
        self.source = source
        errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
        self.diagnostic = (errors or diagnostics)[0]

    def __str__(self) -> str:
        return str(self.args[0])

    def report(self, origin: str = "expression") -> str:
        """Returns all diagnostics, each with its source line and a caret; `origin` names the source."""
        return "\n".join(diagnostic.report(self.source, origin) for diagnostic in self.diagnostics)


class EvaluationError(_OfSource):
    """An evaluation that stopped without a value, with its reason, position and usage.

    `thrown` is the whole text of a `throw`, neither bounded nor escaped: do not print it to terminals or logs.
    """

    def __init__(self, text: str, diagnostic: Diagnostic, usage: Usage, thrown: str | None, source: str) -> None:
        super().__init__(text, diagnostic, usage, thrown, source)
        self.diagnostic = diagnostic
        self.usage = usage
        self.thrown = thrown
        self.source = source

    def __str__(self) -> str:
        return str(self.args[0])

    def report(self, origin: str = "expression") -> str:
        """Returns the error with its source line and a caret; `origin` names the source."""
        return self.diagnostic.report(self.source, origin)


class BudgetError(EvaluationError):
    """An evaluation stopped by a budget, limit, deadline or token, not by the program itself."""


class DefinitionError(SelvedgeError):
    """Refused definitions; `problems` lists all of their errors."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        super().__init__(text, problems)
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])

    @property
    def code(self) -> str:
        """The code of the first problem."""
        return self.problems[0].code

    def report(self, file: str = "definition") -> str:
        """Returns all problems with their positions; `file` names the document."""
        return "\n".join(problem.report(file) for problem in self.problems)


class EventError(SelvedgeError):
    """An event that was not applied.

    Nothing changed, unless `unsettled` is true: then the event was accepted, the call was stopped by its budget or timeout, and
    `Unfolding.settle` continues it. `problems` lists the errors of outputs, or what stopped the call.
    """

    def __init__(self, text: str, unsettled: bool, problems: list[Problem]) -> None:
        super().__init__(text, unsettled, problems)
        self.unsettled = unsettled
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])
