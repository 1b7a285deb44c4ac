"""What goes past the sandbox."""

from __future__ import annotations

import pkgutil
from pathlib import Path

import selvedge
import selvedge_temporal


def test_all_modules_of_the_wheel_are_passed_through() -> None:
    source = (Path(selvedge_temporal.__file__).parent / "workflow.py").read_text()
    modules = {module.name for module in pkgutil.iter_modules(selvedge.__path__)}
    assert modules
    assert [name for name in sorted(modules) if f"    import selvedge.{name}\n" not in source] == []
