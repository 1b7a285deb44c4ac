"""selvedge in Temporal: a workflow that runs definitions, each step of them as an activity."""

from __future__ import annotations

from .data import Options, Request, Result, Step
from .workflow import DefinitionWorkflow

__all__ = ["DefinitionWorkflow", "Options", "Request", "Result", "Step"]
