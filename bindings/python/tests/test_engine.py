"""Engines and programs: settings, errors, budgets, functions of the host, pickling."""

from __future__ import annotations

import contextvars
import datetime
import json
import pickle
import typing
from typing import Any

import pytest

import selvedge

ENDLESS = "while (true) { }"


def test_two_lines() -> None:
    assert selvedge.evaluate("price * quantity > 100", {"price": 12.5, "quantity": 9}) is True
    assert selvedge.evaluate("1 + 2") == 3


def test_a_program_that_is_refused() -> None:
    with pytest.raises(selvedge.CompileError) as refused:
        selvedge.Engine().compile("a = 'ä€😀'; return a + region_nam;", {"region_name": "string"})
    error = refused.value
    assert (error.code, error.kind, error.phase) == ("E201", "unknown_name", "check")
    assert error.source[error.start : error.end] == "region_nam"
    assert (error.line, error.column) == (1, 23)
    assert error.help == "did you mean `region_name`?"
    suggestion = error.diagnostic.suggestion
    assert suggestion and error.source[suggestion.start : suggestion.end] == "region_nam"
    assert error.report("daily.yaml").startswith("error[E201]: unknown name `region_nam`\n --> daily.yaml:1:23\n")
    assert "did you mean" in error.report()
    again = pickle.loads(pickle.dumps(error))
    assert (again.report(), str(again), again.diagnostics) == (error.report(), str(error), error.diagnostics)


def test_all_errors_are_told() -> None:
    with pytest.raises(selvedge.CompileError, match="and one more") as refused:
        selvedge.Engine().compile("return a;\nreturn b;")
    assert [diagnostic.line for diagnostic in refused.value.diagnostics] == [1, 2]
    with pytest.raises(selvedge.CompileError) as refused:
        selvedge.Engine().compile("1 +")
    assert refused.value.phase == "syntax"


def test_an_evaluation_that_stops() -> None:
    program = selvedge.Engine().compile("x = 1;\nreturn 100 / n;", {"n": "long"})
    with pytest.raises(selvedge.EvaluationError) as stopped:
        program.evaluate({"n": 0})
    error = stopped.value
    assert (error.code, error.kind, error.line) == ("E503", "division_by_zero", 2)
    assert error.usage.steps > 0 and not isinstance(error, selvedge.BudgetError)
    assert "100 / n" in error.report()
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and again.report() == error.report() and again.usage == error.usage
    with pytest.raises(selvedge.EvaluationError) as stopped:
        selvedge.evaluate("throw 'no rows\\nfor today';")
    assert stopped.value.thrown == "no rows\nfor today" and "\n" not in str(stopped.value)


def test_missing_and_misfitting_parameters() -> None:
    program = selvedge.Engine().compile("rows + 1", {"rows": "long"})
    with pytest.raises(selvedge.EvaluationError) as stopped:
        program.evaluate()
    assert stopped.value.code == "E515"
    with pytest.raises(selvedge.EvaluationError) as stopped:
        program.evaluate({"rows": "many"})
    assert stopped.value.code == "E701"
    assert selvedge.Engine().compile("share * 2", {"share": "double"}).evaluate({"share": 2}) == 4.0


def test_budgets() -> None:
    engine = selvedge.Engine(limits={"steps": 10_000})
    program = engine.compile(ENDLESS)
    with pytest.raises(selvedge.BudgetError) as stopped:
        program.evaluate()
    assert stopped.value.code == "E601" and stopped.value.usage.steps <= 10_000
    with pytest.raises(selvedge.BudgetError) as stopped:
        program.evaluate(limits={"steps": 500})
    assert stopped.value.usage.steps <= 500
    with pytest.raises(selvedge.BudgetError) as stopped:
        engine.evaluate("s = 'a'; while (true) { s = s + s; } return s;", limits={"memory": 10_000})
    assert stopped.value.code == "E602"
    assert engine.limits["steps"] == 10_000 and engine.limits["timeout"] is None
    for wrong in ({"patience": 1}, {"steps": -1}, {"steps": "many"}):
        with pytest.raises(selvedge.UsageError, match="limits: "):
            selvedge.Engine(limits=wrong)  # type: ignore[arg-type]


def test_timeouts_and_tokens() -> None:
    program = selvedge.Engine(limits={"steps": 10**12}).compile(ENDLESS)
    with pytest.raises(selvedge.BudgetError) as stopped:
        program.evaluate(timeout=0.02)
    assert stopped.value.code == "E608"
    token = selvedge.CancelToken()
    token.cancel()
    with pytest.raises(selvedge.BudgetError) as stopped:
        program.evaluate(cancel=token)
    assert stopped.value.code == "E609"
    # Compiling is part of it.
    with pytest.raises(selvedge.CompileError) as refused:
        selvedge.Engine().evaluate("1 + 2", cancel=token)
    assert refused.value.code == "E609"
    for wrong in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="a timeout is a number of seconds"):
            program.evaluate(timeout=wrong)
    with pytest.raises(selvedge.CompileError) as refused:
        selvedge.Engine().compile("1 + 2", timeout=0)
    assert refused.value.code == "E608"


def test_outcome_trace_and_cost() -> None:
    engine = selvedge.Engine()
    program = engine.compile("s = ''; for (i = 0; i < n; i += 1) { s = s + '.'; } return s;", {"n": "long"})
    assert program.run({"n": 2}) == selvedge.Outcome("..", "STRING", program.run({"n": 2}).usage)
    bound = program.cost_bound({"n": range(0, 51)})
    assert bound.steps is not None and 100 < bound.steps < 10_000
    unbounded = program.cost_bound()
    assert unbounded.steps is None and unbounded.reason and unbounded.place
    trace = program.trace({"n": 1}, events=3)
    assert trace.outcome and trace.outcome.value == "." and trace.left_out > 0
    assert [event.text for event in trace.events] == ["s = ''", "i = 0", "i < n"]
    failed = engine.compile("x = 1; return x / n;", {"n": "long"}).trace({"n": 0})
    assert isinstance(failed.error, selvedge.EvaluationError) and failed.outcome is None
    assert program.parameters == {"n": "LONG"} and program.result_type == "STRING"
    assert "entry charges" in program.listing()


def test_warnings_lints_and_levels() -> None:
    assert selvedge.Engine().compile("010 + 1").warnings[0].code == "W001"
    assert [lint.code for lint in selvedge.Engine().lint("total = 7; return 2;")] == ["W002"]
    strict = selvedge.Engine(levels={"unused-variable": "deny"})
    with pytest.raises(selvedge.CompileError):
        strict.compile("total = 7; return 2;")
    with pytest.raises(ValueError, match="unknown warning"):
        selvedge.Engine(levels={"unused-varable": "deny"})
    with pytest.raises(ValueError, match='unknown level "loud": expected one of allow, warn, deny'):
        selvedge.Engine(levels={"unused-variable": "loud"})  # type: ignore[dict-item]


def test_clock_and_seed() -> None:
    then = datetime.datetime(2026, 1, 31, tzinfo=datetime.timezone.utc)
    fixed = selvedge.Engine(clock=then, seed=7)
    assert fixed.evaluate("System.currentTimeMillis()") == 1_769_817_600_000
    assert fixed.evaluate("Math.random()") == fixed.evaluate("Math.random()")
    denied = selvedge.Engine(clock="denied", seed="denied")
    for source in ("System.currentTimeMillis()", "Math.random()"):
        with pytest.raises(selvedge.EvaluationError) as stopped:
            denied.evaluate(source)
        assert stopped.value.code == "E517"
    with pytest.raises(selvedge.UsageError, match="without a time zone"):
        selvedge.Engine(clock=datetime.datetime(2026, 1, 31))
    without = selvedge.Engine(without=["clock"])
    with pytest.raises(selvedge.CompileError):
        without.compile("System.currentTimeMillis()")
    with pytest.raises(ValueError, match="unknown capability"):
        selvedge.Engine(without=["sockets"])


# Functions of the host.


class Partition(typing.TypedDict):
    day: int
    rows: "int | None"


def partitions(table: str, least: int = 0) -> list[Partition]:
    """The partitions of a table, oldest first."""
    return [{"day": 20260131, "rows": len(table)}, {"day": 20260201, "rows": None}][least:]


def fails(how: str) -> int:
    if how == "told":
        raise selvedge.HostError("no such table `x`")
    if how == "interrupt":
        raise KeyboardInterrupt
    raise ValueError("password=hunter2")


ENGINE = selvedge.Engine(functions={"Catalog.partitions": partitions, "Catalog.fails": fails}, constants={"Env.REGION": "eu"})


def test_functions_have_types_from_annotations() -> None:
    program = ENGINE.compile("Env.REGION + Catalog.partitions(t)[0].day", {"t": "string"})
    assert program.evaluate({"t": "orders"}) == "eu20260131"
    assert program.functions == ["Catalog.partitions", "Env.REGION"] or program.functions == ["Catalog.partitions"]
    assert ENGINE.evaluate("Catalog.partitions('orders', 1).length") == 1
    with pytest.raises(selvedge.CompileError) as refused:
        ENGINE.compile("Catalog.partitions('orders')[0].dya")
    assert refused.value.help == "did you mean `day`?"
    with pytest.raises(selvedge.CompileError):
        ENGINE.compile("Catalog.partitions(5)")
    with pytest.raises(selvedge.CompileError) as refused:
        ENGINE.compile("Catalog.partitions('orders')[1].rows + 1")
    assert "may be null" in refused.value.message


def test_exceptions_of_functions_are_clean_errors() -> None:
    program = ENGINE.compile("1 + Catalog.fails(how)", {"how": "string"})
    with pytest.raises(selvedge.EvaluationError, match="no such table `x`") as stopped:
        program.evaluate({"how": "told"})
    assert stopped.value.code == "E516" and isinstance(stopped.value.__cause__, selvedge.HostError)
    with pytest.raises(selvedge.EvaluationError, match="it raised ValueError") as stopped:
        program.evaluate({"how": "leak"})
    assert "hunter2" not in str(stopped.value) and str(stopped.value.__cause__) == "password=hunter2"
    with pytest.raises(KeyboardInterrupt):
        program.evaluate({"how": "interrupt"})
    # What was raised before is not a cause of what comes later.
    with pytest.raises(selvedge.EvaluationError) as stopped:
        ENGINE.evaluate("1 / n", {"n": 0})
    assert stopped.value.__cause__ is None


def test_results_of_functions_are_looked_at() -> None:
    def wrong() -> int:
        return typing.cast(int, "text")

    def unfit() -> Any:
        return object()

    engine = selvedge.Engine(functions={"Wrong.type": wrong, "Wrong.value": unfit})
    for source in ("Wrong.type() + 1", "Wrong.value()"):
        with pytest.raises(selvedge.EvaluationError):
            engine.evaluate(source)


def test_functions_that_say_more() -> None:
    calls = []

    def count(*arguments: object) -> int:
        calls.append(arguments)
        return len(arguments)

    function = selvedge.Function(
        "Tools.count", count, parameters={"first": "any", "second": "list<long>"}, cost=5, memory=100, effects=[], doc="Counts."
    )
    engine = selvedge.Engine(functions=[function])
    program = engine.compile("Tools.count(true, xs)", {"xs": "list<long>"})
    assert program.is_deterministic and program.effects == []
    outcome = program.run({"xs": [1, 2]})
    assert outcome.value == 2 and calls == [(True, [1, 2])] and outcome.usage.memory >= 100
    assert not ENGINE.compile("Catalog.partitions('a').length").is_deterministic


async def asynchronous() -> int:
    return 1


@pytest.mark.parametrize(
    ("functions", "message"),
    [
        ({"latest": len}, "is not a name of the form"),
        ({"Math.abs2": partitions}, "is in a class of the language"),
        ({"Tools.count": lambda *arguments: 1}, r"say what `\*arguments` takes"),
        ({"Tools.count": 5}, "cannot be called"),
        ({"Tools.count": asynchronous}, "an asynchronous function gives no value"),
        ([5], "expected a selvedge.Function"),
        ([selvedge.Function("A.b", partitions)] * 2, "duplicate name `A.b`"),
    ],
)
def test_functions_that_are_none(functions: Any, message: str) -> None:
    with pytest.raises(selvedge.UsageError, match=message):
        selvedge.Engine(functions=functions)


def test_functions_see_the_context_of_the_call() -> None:
    tenant = contextvars.ContextVar[str]("tenant")
    engine = selvedge.Engine(functions={"Run.tenant": lambda: tenant.get()})
    tenant.set("acme")
    assert engine.evaluate("Run.tenant() + '!'") == "acme!"


def test_functions_may_evaluate() -> None:
    inner = selvedge.Engine().compile("n * 2", {"n": "long"})
    engine = selvedge.Engine(functions={"Nested.twice": lambda n: inner.evaluate({"n": n})})
    assert engine.evaluate("Nested.twice(Nested.twice(3))") == 12


# Descriptions and pickling.


def test_descriptions() -> None:
    described = json.loads(ENGINE.describe())
    assert described["functions"]["Catalog"]["partitions"]["doc"] == "The partitions of a table, oldest first."
    stubs = {"Catalog.partitions": [{"day": 1, "rows": 2}], "Catalog.fails": selvedge.Stub("how.length()")}
    stubbed = selvedge.Engine.from_description(ENGINE.describe(), stubs=stubs)
    assert stubbed.evaluate("Env.REGION + (Catalog.partitions('a')[0].rows ?? 0) + Catalog.fails('abc')") == "eu23"
    again = pickle.loads(pickle.dumps(stubbed))
    assert again.evaluate("Catalog.fails('abcd')") == 4
    with pytest.raises(selvedge.DefinitionError) as refused:
        selvedge.Engine.from_description('{"functions": {"Catalog": {"rows": {"result": "int"}}}}')
    assert refused.value.code == "E740" and "description.json:1:" in refused.value.report("description.json")


def test_programs_and_engines_are_pickled() -> None:
    program = ENGINE.compile("Env.REGION + Catalog.partitions(t).length", {"t": "string"})
    again = pickle.loads(pickle.dumps(program))
    assert again.evaluate({"t": "a"}) == "eu2" and again.source == program.source
    first, second = pickle.loads(pickle.dumps([program, program.engine.compile("1")]))
    assert first.engine is second.engine
    loaded = selvedge.Engine().load(selvedge.Engine().compile("1 + 2").to_bytes())
    assert loaded.evaluate() == 3
    with pytest.raises(selvedge.LoadError, match="the bytes are not a program"):
        selvedge.Engine().load(b"1 + 2")
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(selvedge.Engine(functions={"A.b": lambda: 1}))


def test_classes_cannot_be_made_by_hand() -> None:
    for cls in (selvedge.Program, selvedge.Plan, selvedge.Unfolding, selvedge.Workflow):
        with pytest.raises(TypeError):
            cls()  # type: ignore[call-arg]


def test_format() -> None:
    assert selvedge.format("a=1;return a+2;") == "a = 1;\nreturn a + 2;"
    with pytest.raises(selvedge.CompileError):
        selvedge.format("1 +")
