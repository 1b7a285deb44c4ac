"""Parameter sets, blueprints and unfoldings; checking files and running fixtures."""

from __future__ import annotations

import json
import pickle
import threading
from pathlib import Path
from typing import Any

import pytest

import selvedge

NIGHTLY = """
workflow:
  id: nightly
  day(mutable_on_start): 20260105
  jobs:
    - job: {id: load, type: sql, rows: 0, timeout: 45 minutes, transition: [IF rows > 0 THEN publish, OTHERWISE alert]}
    - job: {id: publish, type: copy, note: $load__rows rows of $day}
    - job: {id: alert, type: mail}
"""


def nightly() -> selvedge.Blueprint:
    return selvedge.Blueprint(selvedge.Workflow.from_yaml(NIGHTLY))


def test_driven_by_events() -> None:
    blueprint = nightly()
    unfolding, commands = selvedge.Unfolding.open(blueprint, {"day": 20260106})
    assert commands == [{"run": {"path": "load", "id": "load", "type": "sql", "parameters": {"rows": 0}}}]
    assert unfolding.apply({"started": {"step": "load"}}) == []
    assert unfolding.ready()[0]["started"] is True
    snapshot = unfolding.snapshot()
    assert json.loads(snapshot)["blueprint"] == blueprint.hash
    unfolding = selvedge.Unfolding.restore(nightly(), snapshot)
    commands = unfolding.apply({"ended": {"step": "load", "status": "succeeded", "outputs": {"rows": 12}}})
    assert commands[0] == {"ended": {"step": "load", "status": "succeeded"}}
    assert commands[1] == {
        "run": {"path": "publish", "id": "publish", "type": "copy", "parameters": {"note": "12 rows of 20260106"}}
    }
    assert commands[2]["skipped"]["step"] == "alert" and commands[2]["skipped"]["because"][0]["why"] == "not_otherwise"
    assert unfolding.progress == "running"
    assert unfolding.ended("publish") == [
        {"ended": {"step": "publish", "status": "succeeded"}},
        {"finished": {"status": "succeeded"}},
    ]
    assert unfolding.progress == "succeeded" and unfolding.is_settled and unfolding.kept_bytes > 0
    assert "publish (copy) succeeded" in str(unfolding)
    tree = unfolding.tree()
    assert [step["state"] for step in tree["steps"]] == ["succeeded", "succeeded", "skipped"]
    step = unfolding.step("publish")
    assert step and step["parameters"] == {"note": "12 rows of 20260106"} and unfolding.step("none") is None
    # Commands and events are JSON as they are.
    assert json.loads(json.dumps(commands)) == commands


def test_events_fold_to_the_same_state() -> None:
    blueprint = nightly()
    events: list[selvedge.Event] = [
        blueprint.begun({"day": 20260107}),
        {"started": {"step": "load"}},
        {"ended": {"step": "load", "status": "failed", "error": {"code": "OOM", "message": "killed"}}},
    ]
    folded = selvedge.Unfolding.fold(blueprint, json.loads(json.dumps(events)))
    opened, _ = selvedge.Unfolding.open(blueprint, events[0])
    opened.started("load")
    commands = opened.ended("load", error={"code": "OOM", "message": "killed"})
    assert commands[0]["ended"]["error"] == {"code": "OOM", "message": "killed"}
    assert folded.snapshot() == opened.snapshot() and folded.progress == "failed"
    with pytest.raises(selvedge.EventError, match="the first event is not that it has begun"):
        selvedge.Unfolding.fold(blueprint, events[1:])
    with pytest.raises(selvedge.EventError, match="event 1: "):
        selvedge.Unfolding.fold(blueprint, [events[0], {"started": {"step": "publish"}}])


def test_exceptions_are_errors_of_steps() -> None:
    unfolding, _ = selvedge.Unfolding.open(nightly())
    commands = unfolding.ended("load", error=ValueError("no such table"))
    assert commands[0]["ended"] == {
        "step": "load",
        "status": "failed",
        "error": {"code": "ValueError", "message": "no such table"},
    }
    unfolding, _ = selvedge.Unfolding.open(nightly())
    commands = unfolding.ended("load", {"rows": 1}, status="completed_with_error", error="late")
    assert commands[0]["ended"]["status"] == "completed_with_error"


def test_attempts_restarts_and_steps_passed_over() -> None:
    unfolding, _ = selvedge.Unfolding.open(nightly())
    again = unfolding.apply({"attempt_failed": {"step": "load", "error": "no such table"}})
    assert (again[0]["run"]["attempt"], again[0]["run"]["delay_seconds"]) == (1, 60)
    assert unfolding.ended("load", status="failed")[-1] == {"finished": {"status": "failed"}}
    again = unfolding.apply({"restarted": {"step": "load"}})
    assert {"reset": {"step": "load"}} in again and "attempt" not in again[-1]["run"]
    assert {"ended": {"step": "load", "status": "skipped"}} in unfolding.apply({"skipped": {"step": "load"}})
    stopped = unfolding.apply({"step_cancelled": {"step": "alert"}})
    assert {"ended": {"step": "alert", "status": "stopped"}} in stopped and unfolding.progress == "failed"


def test_what_cannot_happen_changes_nothing() -> None:
    unfolding, _ = selvedge.Unfolding.open(nightly())
    before = unfolding.snapshot()
    for event, message in [
        ({"started": {"step": "publish"}}, "it is waiting for its predecessors"),
        ({"ended": {"step": "lode", "status": "succeeded"}}, "`lode` is not a step of the unfolding"),
        ({"ended": {"step": "load", "status": "succeeded", "outputs": {"rows": "many"}}}, "the outputs of the step do not fit"),
    ]:
        with pytest.raises(selvedge.EventError, match=message) as refused:
            unfolding.apply(event)
        assert not refused.value.unsettled
        assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems
    endless: dict[str, Any] = {}
    endless["ended"] = endless
    for event in ({"began": {}}, {"ended": {"step": "load", "status": "done"}}, 5, endless, {"ended": {"step": 5}}):
        with pytest.raises((selvedge.UsageError, selvedge.ConversionError)):
            unfolding.apply(event)  # type: ignore[arg-type]
    assert unfolding.snapshot() == before


def test_snapshots_belong_to_their_blueprint() -> None:
    unfolding, _ = selvedge.Unfolding.open(nightly())
    other = selvedge.Blueprint(selvedge.Workflow.from_yaml(NIGHTLY.replace("nightly", "daily")))
    with pytest.raises(selvedge.DefinitionError, match="the snapshot belongs to other definitions or limits"):
        selvedge.Unfolding.restore(other, unfolding.snapshot())
    for wrong in ("", "{}", "[" * 100_000, unfolding.snapshot().replace('"frames"', '"fames"')):
        with pytest.raises(selvedge.SelvedgeError):
            selvedge.Unfolding.restore(nightly(), wrong)


def test_limits_and_settling() -> None:
    text = json.dumps(
        {
            "workflow": {
                "id": "w",
                "steps": [
                    {"step": {"id": "a", "type": "t", "transition": {"successors": {"l": "true"}}}},
                    {
                        "while": {
                            "id": "l",
                            "condition": "loop_index < 100",
                            "steps": [
                                {"while": {"id": "none", "condition": "false", "steps": [{"step": {"id": "x", "type": "t"}}]}}
                            ],
                        }
                    },
                ],
            }
        }
    )
    blueprint = selvedge.Blueprint(selvedge.Workflow.from_json(text), limits={"steps": 20_000})
    unfolding, _ = selvedge.Unfolding.open(blueprint)
    with pytest.raises(selvedge.EventError) as stopped:
        unfolding.ended("a")
    assert stopped.value.unsettled and stopped.value.problems[0].code == "E722"
    commands: list[Any] = []
    for _ in range(100):
        try:
            commands += unfolding.settle()
            break
        except selvedge.EventError:
            continue
    assert commands[-1] == {"finished": {"status": "succeeded"}}
    with pytest.raises(selvedge.UsageError, match="limits: "):
        selvedge.Blueprint(selvedge.Workflow.from_json(text), limits={"patience": 1})


def test_answers_signals_and_surroundings() -> None:
    text = """
workflow:
  id: w
  minutes: 3
  jobs:
    - job: {id: a, type: t, '!run': "params.getFromInstance('workflow_id')", '!when<long>': "RUN_TS + 1", timeout: $minutes minutes}
"""
    asked = []

    def answers(function: str, *arguments: str) -> object:
        asked.append((function, *arguments))
        return "run-7"

    blueprint = selvedge.Blueprint(selvedge.Workflow.from_yaml(text), answers=answers, surroundings={"RUN_TS": "long"})
    unfolding, commands = selvedge.Unfolding.open(blueprint, {"RUN_TS": 41})
    assert commands[0]["run"]["parameters"] == {"run": "run-7", "when": 42}
    assert asked == [("getFromInstance", "workflow_id")]
    assert unfolding.attributes("a") == {"timeout": "3 minutes"}

    def interrupted(function: str, *arguments: str) -> object:
        raise KeyboardInterrupt

    blueprint = selvedge.Blueprint(selvedge.Workflow.from_yaml(text), answers=interrupted, surroundings={"RUN_TS": "long"})
    with pytest.raises(KeyboardInterrupt):
        selvedge.Unfolding.open(blueprint, {"RUN_TS": 41})


def test_an_unfolding_used_from_within_itself() -> None:
    text = "workflow: {id: w, jobs: [{job: {id: a, type: t, transition: [b]}}, {job: {id: b, type: t, '!n': Own.ready()}}]}"
    found: list[Any] = []

    def ready() -> int:
        try:
            found.append(unfolding.ready())
        except selvedge.UsageError as error:
            found.append(str(error))
        return 1

    engine = selvedge.Engine(functions={"Own.ready": ready})
    unfolding, _ = selvedge.Unfolding.open(selvedge.Blueprint(selvedge.Workflow.from_yaml(text), engine=engine))
    unfolding.ended("a")
    assert found == ["the unfolding is in the middle of a call; use it after that"]


def test_ctrl_c_in_a_function_loses_no_command() -> None:
    text = "workflow: {id: w, jobs: [{job: {id: a, type: t, transition: [b, c]}}, {job: {id: b, type: t, '!n': Own.stop()}}, {job: {id: c, type: t}}]}"

    def stop() -> int:
        raise KeyboardInterrupt

    engine = selvedge.Engine(functions={"Own.stop": stop})
    unfolding, _ = selvedge.Unfolding.open(selvedge.Blueprint(selvedge.Workflow.from_yaml(text), engine=engine))
    with pytest.raises(KeyboardInterrupt):
        unfolding.ended("a")
    commands = unfolding.ended("c")
    assert [name for command in commands for name in command] == ["ended", "ended", "run", "ended", "finished"]


def test_threads_take_turns() -> None:
    text = "workflow: {id: w, jobs: [{foreach: {id: l, ranges: {i: {to: 40}}, jobs: [{job: {id: a, type: t}}]}}]}"
    unfolding, _ = selvedge.Unfolding.open(selvedge.Blueprint(selvedge.Workflow.from_yaml(text)))
    failures: list[BaseException] = []

    def work(paths: list[str]) -> None:
        try:
            for path in paths:
                unfolding.started(path)
                unfolding.ended(path)
                unfolding.snapshot()
        except BaseException as error:
            failures.append(error)

    paths = [f"l[{index}]/a" for index in range(40)]
    threads = [threading.Thread(target=work, args=(paths[first::4],)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and unfolding.progress == "succeeded"


def test_walks_and_subworkflows() -> None:
    parent = "workflow: {id: parent, region: eu, jobs: [{subworkflow: {id: monday, workflow_id: child, day: 20260105}}]}"
    child = "workflow: {id: child, day: 1, jobs: [{job: {id: load, type: sql, query: day $day}}]}"
    workflows = [selvedge.Workflow.from_yaml(text) for text in (parent, child)]
    unfolding, _ = selvedge.Unfolding.open(selvedge.Blueprint(workflows[0], subworkflows=workflows[1:]))
    unfolding.walk({"load": {"status": "failed", "error": "killed"}})
    assert unfolding.progress == "failed" and "killed" in str(unfolding)
    with pytest.raises(selvedge.UsageError):
        unfolding.walk({"load": {"status": "done", "outputs": {}}})
    again = pickle.loads(pickle.dumps(workflows[0]))
    assert again.text == parent and again.id == "parent" and again.parameters == ["region"]


def test_definitions_that_are_refused() -> None:
    with pytest.raises(selvedge.DefinitionError) as refused:
        selvedge.Blueprint(selvedge.Workflow.from_yaml(NIGHTLY.replace("rows > 0", "rwos > 0")))
    error = refused.value
    problem = error.problems[0]
    assert error.code == "E201" and problem.line == 6 and problem.expression == "rwos > 0"
    assert error.report("nightly.yaml").startswith("error[E201]: unknown name `rwos`\n --> nightly.yaml:6:")
    assert pickle.loads(pickle.dumps(error)).report() == error.report()
    for text in ("", "workflow: []", "{", "a: &a [*a]", "[" * 10_000):
        with pytest.raises(selvedge.DefinitionError):
            selvedge.Workflow.from_yaml(text)


def test_parameter_sets() -> None:
    parameters = selvedge.ParameterSet.from_yaml("day(mutable_on_start): 20260105\ntable: orders_$day\n'!next<long>': day + 1\n")
    assert parameters.names == ["day", "table", "next"] and len(parameters) == 3
    assert parameters.evaluate() == {"day": 20260105, "table": "orders_20260105", "next": 20260106}
    assert parameters.evaluate({"day": 20260106})["table"] == "orders_20260106"
    with pytest.raises(selvedge.DefinitionError) as refused:
        parameters.set_values({"day": 1}, occasion="restart")
    assert refused.value.code == "E720"
    with pytest.raises(selvedge.DefinitionError, match="unknown parameter `dya`"):
        parameters.evaluate({"dya": 1})
    again = pickle.loads(pickle.dumps(parameters))
    assert again.evaluate() == parameters.evaluate()
    other = selvedge.ParameterSet.from_json('{"table": {"value": "clicks"}}')
    assert parameters.redefine(other).evaluate()["table"] == "clicks"
    with pytest.raises(ValueError, match="unknown occasion"):
        parameters.redefine(other, occasion="never")  # type: ignore[arg-type]


def test_what_a_function_raised_is_the_cause() -> None:
    def fails() -> int:
        raise ValueError("inside")

    engine = selvedge.Engine(functions={"Own.fails": fails})
    with pytest.raises(selvedge.DefinitionError, match="it raised ValueError") as stopped:
        selvedge.ParameterSet.from_yaml("'!n<long>': Own.fails()").evaluate(engine=engine)
    assert stopped.value.code == "E516" and str(stopped.value.__cause__) == "inside"


def test_plans_and_reports() -> None:
    parameters = selvedge.ParameterSet.from_yaml("'!share<long>': 100 / parts\n'!of<long>': load__rows\n'!late<long>': share + of\n")
    plan = parameters.plan(around=selvedge.Schema({"parts": "long"}), steps={"load": selvedge.Schema({"rows": "long"})})
    assert plan.order == ["share", "of", "late"] and plan.reads("late") == ["share", "of"]
    assert plan.schema["late"] == "LONG"
    report = plan.evaluate({"parts": 4}, steps={"load": {"rows": 7}})
    assert report.values == {"share": 25, "of": 7, "late": 32} and report.error is None
    assert report.parameters["late"].reads == ["share", "of"] and report.usage.steps > 0 and "late" in report.text
    report = plan.evaluate({"parts": 0}, steps={"load": {"rows": 7}})
    assert report.error and report.error.code == "E503" and "share" in report.not_evaluated
    report = plan.evaluate({"parts": 4}, steps={"load": None})
    assert report.error and report.error.code == "E716"
    report = plan.evaluate({"parts": 4}, steps={"load": {"rows": 7}}, limits={"steps": 1})
    assert report.error and report.error.code == "E722"
    assert pickle.loads(pickle.dumps(report)) == report
    with pytest.raises(selvedge.DefinitionError, match="unknown name"):
        parameters.plan()


def test_checking_files(tmp_path: Path) -> None:
    project = 'constants.Env.REGION = "eu"\n[parameters]\nrun = "{id: string, attempt: long}"\n'
    files = {"daily.yaml": "params:\n  '!path': Env.REGION + '/' + run.attemt\n", "good.sel": "run.attempt + 010"}
    bad, good = selvedge.check_files(files, project=project)
    assert bad.has_errors and bad.findings[0].diagnostic.help == "did you mean `attempt`?"
    place = bad.findings[0].diagnostic
    assert bad.text[place.start : place.end] == "attemt" and bad.report().startswith("error[")
    assert not good.has_errors and good.fixed == "run.attempt + 10"
    path = tmp_path / "a.sel"
    path.write_text("1 + ", encoding="utf-8")
    assert selvedge.check_files([path])[0].has_errors
    with pytest.raises(FileNotFoundError):
        selvedge.check_files([tmp_path / "none.sel"])
    with pytest.raises(selvedge.UsageError):
        selvedge.check_files("a.sel")
    with pytest.raises(selvedge.DefinitionError):
        selvedge.check_files({}, project="constans = 5")


def test_fixtures(tmp_path: Path) -> None:
    (tmp_path / "nightly.yaml").write_text(NIGHTLY, encoding="utf-8")
    fixture = """
tests:
  - name: publishes
    workflow: nightly.yaml
    outcomes: {load: {rows: 3}}
    expect: {status: succeeded, path: [load, publish]}
  - name: doubles
    expression: n * 2
    params: {n: 4}
    expect: {value: 9}
"""
    first, second = selvedge.run_tests(fixture, files=tmp_path)
    assert first.passed, first.failures
    assert not second.passed and second.failures[0].line == 10 and second.kind == "expression"
    assert selvedge.run_tests(fixture, files={"nightly.yaml": NIGHTLY})[0].passed
    assert not selvedge.run_tests(fixture)[0].passed
    with pytest.raises(selvedge.DefinitionError):
        selvedge.run_tests("tests: 5")
