"""The exceptions of the package. All can be pickled."""

from __future__ import annotations

from typing import Any

from ._data import Diagnostic, Problem, Usage


class SelvedgeError(Exception):
    """What every exception of the package is."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args


class UsageError(SelvedgeError, ValueError):
    """An argument that the call does not take, such as the name of a function that no function may have."""


class ConversionError(SelvedgeError, ValueError):
    """A Python object that is not a value of the language.

    `path` says where in the object it is, from its root `$`.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class SchemaError(SelvedgeError, ValueError):
    """A schema that is none: the message says where, why, and what to do."""


class LoadError(SelvedgeError, ValueError):
    """Bytes that are not a program of this engine."""


class HostError(Exception):
    """Raised by functions of the host: its message is told to the author of the program.

    Of other exceptions the author is told the type alone, as their messages may hold what is not for tenants; the exception
    itself is the `__cause__` of the `EvaluationError`.
    """


class _OfSource(SelvedgeError):
    """What is wrong with a source: the first diagnostic's fields are its own."""

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
        """What is wrong, in one line."""
        return self.diagnostic.message

    @property
    def help(self) -> str | None:
        """What to do about it, where there is one thing to do."""
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
        """Where it begins: `source[start:end]` is the place."""
        return self.diagnostic.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.diagnostic.end


class CompileError(_OfSource):
    """A program that was refused: everything that is wrong with it is in `diagnostics`.

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
        """All diagnostics, each with its source line and a caret; `origin` names the source."""
        return "\n".join(diagnostic.report(self.source, origin) for diagnostic in self.diagnostics)


class EvaluationError(_OfSource):
    """An evaluation that stopped without a value: why, where, and what it had used.

    `thrown` is the whole text of a `throw`, neither bounded nor escaped: not for terminals and logs.
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
        """The error with its source line and a caret; `origin` names the source."""
        return self.diagnostic.report(self.source, origin)


class BudgetError(EvaluationError):
    """A budget, limit, deadline or token stopped the evaluation, rather than the program's own doing."""


class DefinitionError(SelvedgeError):
    """Definitions that were refused: everything that is wrong with them is in `problems`."""

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
        """All problems with their places; `file` names the document."""
        return "\n".join(problem.report(file) for problem in self.problems)


class EventError(SelvedgeError):
    """An event that was not applied.

    Nothing was changed, but where `unsettled` is true: then the event was taken, the call was stopped by its budget or timeout, and
    `Unfolding.settle` goes on. `problems` says what is wrong with outputs, or what stopped the call.
    """

    def __init__(self, text: str, unsettled: bool, problems: list[Problem]) -> None:
        super().__init__(text, unsettled, problems)
        self.unsettled = unsettled
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])
