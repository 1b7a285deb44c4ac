"""Checks the expressions of DAG files, and tells each problem at its place in the file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import selvedge

from .finding import Expression, Found, Unread, find
from .engine import engine

#: The longest file that is read, in bytes.
MAX_BYTES = 4 * 1024 * 1024
#: The most files of a directory.
MAX_FILES = 20_000


@dataclass(frozen=True)
class Problem:
    """A problem of an expression or a file."""

    path: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    help: str = ""


@dataclass
class Checked:
    """What a check came to."""

    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    expressions: int = 0
    #: Places of expressions that are not literal.
    unread: list[str] = field(default_factory=list)

    def count(self, severity: str) -> int:
        """Returns the number of problems of a severity."""
        return sum(problem.severity == severity for problem in self.problems)


def check(paths: Iterable[str]) -> Checked:
    """Checks the expressions of files, and of the files below directories that end in ``.py``."""
    checked = Checked()
    for path in paths:
        for file in files(Path(path), checked):
            check_file(file, checked)
    return checked


def files(path: Path, checked: Checked) -> Iterator[Path]:
    """Yields a file, or the Python files below a directory, by name; hidden ones are left out."""
    if not path.is_dir():
        yield path
        return
    count = 0
    for directory, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith((".", "__pycache__")))
        for name in sorted(names):
            if not name.endswith(".py") or name.startswith("."):
                continue
            count += 1
            if count > MAX_FILES:
                checked.problems.append(of_file(path, f"more than {MAX_FILES} files"))
                return
            yield Path(directory, name)


def check_file(path: Path, checked: Checked) -> None:
    """Checks the expressions of a file."""
    checked.files += 1
    try:
        found = find(text_of(path))
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError) as error:
        line = error.lineno if isinstance(error, SyntaxError) and error.lineno else 1
        checked.problems.append(of_file(path, f"cannot read it: {reason(error)}", line))
        return
    for each in found:
        check_expression(path, each, checked)


def reason(error: BaseException) -> str:
    """Returns why a file cannot be read."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if isinstance(error, (RecursionError, MemoryError)):
        return "it is nested too deep"
    return str(error.msg if isinstance(error, SyntaxError) else error)


def text_of(path: Path) -> str:
    """Returns the text of a regular file of at most :data:`MAX_BYTES`.

    Raises:
        OSError: It cannot be read.
        ValueError: It is too long, is not UTF-8, or is a pipe, device or socket.
    """
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("it is not a regular file")
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES} bytes")
    return content.decode("utf-8-sig")


def of_file(path: Path, message: str, line: int = 1) -> Problem:
    """Returns a problem of a whole file."""
    return Problem(str(path), line, 1, "error", "", message)


def check_expression(path: Path, found: Found, checked: Checked) -> None:
    """Checks one expression."""
    if isinstance(found, Unread):
        checked.unread.append(f"{path}:{found.place[0]}:{found.place[1]}")
        return
    checked.expressions += 1
    try:
        diagnostics = engine().lint(found.text, schema_of(found))
    except selvedge.CompileError as error:
        diagnostics = error.diagnostics
    except selvedge.SelvedgeError as error:
        line, column = found.places[0]
        checked.problems.append(Problem(str(path), line, column, "error", "", str(error)))
        return
    checked.problems.extend(problem(path, found, diagnostic) for diagnostic in diagnostics)


def schema_of(found: Expression) -> Mapping[str, str]:
    """Returns the types of what an expression may read."""
    values = {name: value for name, value in found.values.items() if value is not None}
    types = dict.fromkeys(found.values, "any")
    try:
        types |= selvedge.Schema.from_values(values).to_dict()
    except selvedge.SelvedgeError:
        pass
    return types | found.types


def problem(path: Path, found: Expression, diagnostic: Any) -> Problem:
    """Returns a diagnostic at its place in the file."""
    line, column = found.places[min(diagnostic.start, len(found.places) - 1)]
    return Problem(
        str(path), line, column, diagnostic.severity, diagnostic.code, diagnostic.message, diagnostic.help or ""
    )
