"""The command ``python -m selvedge_airflow check PATH…``."""

from __future__ import annotations

import argparse
import sys

from .checking import Checked, Problem, check
from .escape import shown

#: Exit codes, as of ``selvedge check``.
ACCEPTED, REFUSED = 0, 3


def main(arguments: list[str] | None = None) -> int:
    """Runs the command, and returns its exit code."""
    parser = argparse.ArgumentParser(prog="selvedge-airflow", description="Checks the expressions of DAG files.")
    commands = parser.add_subparsers(dest="command", required=True)
    checks = commands.add_parser("check", help="check files, and the files below directories that end in .py")
    checks.add_argument("path", nargs="+")
    checks.add_argument("--strict", action="store_true", help="refuse expressions that are not literal texts")
    given = parser.parse_args(arguments)
    checked = check(given.path)
    for problem in checked.problems:
        print(line_of(problem))
    for place in checked.unread:
        print(f"{shown(place)}: {'error' if given.strict else 'note'}: not a literal text, so only a run can check it")
    print(summary(checked))
    refused = checked.count("error") or (given.strict and checked.unread)
    return REFUSED if refused else ACCEPTED


def line_of(problem: Problem) -> str:
    """Returns a problem as a line that editors and CI read."""
    code = f"[{problem.code}]" if problem.code else ""
    place = f"{shown(problem.path, 1_000)}:{problem.line}:{problem.column}"
    line = f"{place}: {problem.severity}{code}: {shown(problem.message, 1_000)}"
    return f"{line}; {shown(problem.help, 1_000)}" if problem.help else line


def summary(checked: Checked) -> str:
    """Returns how many there are of each."""
    counts = [
        counted(checked.expressions, "expression"),
        f"in {counted(checked.files, 'file')}:",
        f"{counted(checked.count('error'), 'error')},",
        counted(checked.count("warning"), "warning"),
    ]
    return " ".join(["checked", *counts])


def counted(count: int, noun: str) -> str:
    """Returns a count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
