"""Selvedge: a safe, typed, budgeted expression language for orchestrators.

>>> import selvedge
>>> selvedge.evaluate("price * quantity > 100", {"price": 12.5, "quantity": 9})
True

Keep an `Engine` for each set of settings, compile against a `Schema`, and evaluate as often as needed, from any thread:

>>> program = selvedge.Engine().compile("rows > 10 ? table : 'none'", {"rows": "long", "table": "string"})
>>> [program.evaluate({"rows": rows, "table": "orders"}) for rows in (5, 50)]
['none', 'orders']

Errors are found before anything runs, and reported with their positions:

>>> try:
...     selvedge.Engine().compile("region_nam == 'us'", {"region_name": "string"})
... except selvedge.CompileError as error:
...     print(error.report("daily.yaml"))
error[E201]: unknown name `region_nam`
 --> daily.yaml:1:1
  |
1 | region_nam == 'us'
  | ^^^^^^^^^^ neither a variable, a parameter nor a class
  = help: did you mean `region_name`?
<BLANKLINE>
"""

from ._data import (
    CheckedFile,
    Command,
    CostBound,
    Diagnostic,
    Difference,
    Evaluated,
    Event,
    Failure,
    Finding,
    Outcome,
    Problem,
    Report,
    Suggestion,
    Trace,
    TraceEvent,
    Usage,
    Verdict,
)
from ._errors import (
    BudgetError,
    CompileError,
    ConversionError,
    DefinitionError,
    EvaluationError,
    EventError,
    HostError,
    LoadError,
    SchemaError,
    SelvedgeError,
    UsageError,
)
from ._evaluate import evaluate
from ._selvedge import (
    Blueprint,
    CancelToken,
    Engine,
    ParameterSet,
    Plan,
    Program,
    Schema,
    Unfolding,
    Workflow,
    check_files,
    format,
    run_tests,
)
from ._types import Function, Stub

__all__ = [
    "Blueprint",
    "BudgetError",
    "CancelToken",
    "CheckedFile",
    "Command",
    "CompileError",
    "ConversionError",
    "CostBound",
    "DefinitionError",
    "Diagnostic",
    "Difference",
    "Engine",
    "Evaluated",
    "EvaluationError",
    "Event",
    "EventError",
    "Failure",
    "Finding",
    "Function",
    "HostError",
    "LoadError",
    "Outcome",
    "ParameterSet",
    "Plan",
    "Problem",
    "Program",
    "Report",
    "Schema",
    "SchemaError",
    "SelvedgeError",
    "Stub",
    "Suggestion",
    "Trace",
    "TraceEvent",
    "Unfolding",
    "Usage",
    "UsageError",
    "Verdict",
    "Workflow",
    "check_files",
    "evaluate",
    "format",
    "run_tests",
]
