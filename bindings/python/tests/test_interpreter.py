"""What the interpreter sees: threads, signals, memory, subinterpreters, stubs, and the examples of the docstrings."""

from __future__ import annotations

import doctest
import gc
import inspect
import os
import re
import resource
import signal
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import selvedge
import selvedge._types

ROOT = Path(__file__).resolve().parents[3]
LONG = "s = 0; for (i = 0; i < 20000; i += 1) { s += i; } return s;"


def test_threads_share_a_program() -> None:
    program = selvedge.Engine().compile("rows * 2 + tables.length", {"rows": "long", "tables": "list<string>"})

    def work(number: int) -> bool:
        return all(program.evaluate({"rows": number, "tables": ["a"] * (number % 7)}) == number * 2 + number % 7 for _ in range(500))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(32)))


def test_other_threads_run_while_a_program_does() -> None:
    program = selvedge.Engine(limits={"steps": 10**12}).compile("while (true) { }")
    token, stopped = selvedge.CancelToken(), []

    def work() -> None:
        try:
            program.evaluate(cancel=token)
        except selvedge.BudgetError as error:
            stopped.append(error.code)

    thread = threading.Thread(target=work)
    thread.start()
    # This thread goes on: with the interpreter's lock held there, it would not come here.
    token.cancel()
    thread.join()
    assert stopped == ["E609"]


def test_functions_of_the_host_attach_from_many_threads() -> None:
    seen = set()

    def note(number: int) -> int:
        seen.add((number, threading.get_ident()))
        return number

    program = selvedge.Engine(functions={"Own.note": note}).compile("Own.note(n) + Own.note(n)", {"n": "long"})
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda n: program.evaluate({"n": n}), range(200))) == [2 * n for n in range(200)]
    assert len({number for number, _ in seen}) == 200


def evaluated(program: selvedge.Program) -> Any:
    return program.evaluate({"n": 20})


def test_programs_go_to_other_processes() -> None:
    program = selvedge.Engine(limits={"steps": 77_000}).compile("n + 1", {"n": "long"})
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(evaluated, program).result() == 21


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise")
def test_ctrl_c_stops_a_long_evaluation() -> None:
    program = selvedge.Engine(limits={"steps": 10**12}).compile("while (true) { }")
    # A shell lets what it runs in the background ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            program.evaluate(timeout=60)
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)


def test_slices_change_nothing() -> None:
    few, many = selvedge.Engine(), selvedge.Engine(limits={"steps": 10**9})
    assert few.compile(LONG).run() == many.compile(LONG).run()


def memory() -> int:
    gc.collect()
    text = Path("/proc/self/statm").read_text(encoding="utf-8") if os.path.exists("/proc/self/statm") else ""
    pages = int(text.split()[1]) if text else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 4
    return pages * resource.getpagesize()


def test_memory_after_a_million_evaluations() -> None:
    engine = selvedge.Engine(functions={"Own.echo": lambda value: value})
    plain = engine.compile("rows > 10 ? table : 'none'", {"rows": "long", "table": "string"})
    called = engine.compile("Own.echo([n, n])", {"n": "long"})
    stops = engine.compile("1 / n", {"n": "long"})
    inputs, number = {"rows": 12, "table": "orders"}, {"n": 0}

    def work(times: int) -> None:
        for index in range(times):
            plain.evaluate(inputs)
            if index % 50 == 0:
                called.evaluate(number)
                try:
                    stops.evaluate(number)
                except selvedge.EvaluationError:
                    pass
            if index % 1000 == 0:
                engine.evaluate(f"{index} + 1")

    work(100_000)
    before = memory()
    work(1_000_000)
    assert memory() - before < 4 << 20


def test_a_second_interpreter_is_refused() -> None:
    """One interpreter of a process is supported: importing in another is an error there, and no crash."""
    code = "import selvedge, _xxsubinterpreters as s; i = s.create(); s.run_string(i, 'import selvedge')"
    if sys.version_info >= (3, 13):
        run = "f = s.run_string(i, 'import selvedge'); raise SystemExit(f.msg if f else 0)"
        code = f"import selvedge, _interpreters as s; i = s.create('legacy'); {run}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1 and "subinterpreters" in ran.stderr, (ran.returncode, ran.stderr)


def test_the_examples_of_the_docstrings() -> None:
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner()
    names = dict(vars(selvedge))
    found = []
    for module in (selvedge, selvedge._types, sys.modules["selvedge._evaluate"], sys.modules["selvedge._data"]):
        found += finder.find(module, globs={**names, **vars(module)})
    for cls in vars(selvedge).values():
        if inspect.isclass(cls) or inspect.isbuiltin(cls):
            found += finder.find(cls, module=False, globs=names)
    for test in found:
        runner.run(test)
    tried = runner.summarize(verbose=False)
    assert tried.failed == 0 and tried.attempted > 30


def test_everything_has_a_docstring() -> None:
    for name in selvedge.__all__:
        thing = getattr(selvedge, name)
        if name in ("Command", "Event"):
            # Names of plain types.
            continue
        assert thing.__doc__, name
        for member, value in vars(thing).items() if inspect.isclass(thing) else ():
            if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                assert inspect.getdoc(getattr(thing, member)), f"{name}.{member}"


def test_the_stubs_are_what_there_is() -> None:
    stub = (Path(selvedge.__file__).parent / "_selvedge.pyi").read_text(encoding="utf-8")
    native = sys.modules["selvedge._selvedge"]
    classes = {name: cls for name, cls in vars(native).items() if inspect.isclass(cls)}
    assert set(re.findall(r"^class (?!_)(\w+)", stub, re.MULTILINE)) == set(classes)
    for name, cls in classes.items():
        body = re.split(r"^(?:@final|def |class )", stub.split(f"class {name}:", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
        told = set(re.findall(r"^    def (?!__)(\w+)", body, re.MULTILINE))
        assert told == {member for member in vars(cls) if not member.startswith("__")}, name
        for member in told:
            text = getattr(vars(cls)[member], "__text_signature__", None) or ""
            names = set(re.findall(r"(\w+)(?:=|,|\))", text)) - {"self", "None", "True", "False", "cls"}
            given = re.search(rf"    def {member}\((.*?)\) ->", body, re.DOTALL)
            assert given, (name, member)
            missing = {word for word in names if not word.isdigit() and not re.search(rf"\b{word}\b", given[1])}
            assert not missing, (name, member, missing)


def test_types_are_checked(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    program = tmp_path / "use.py"
    program.write_text(
        "import selvedge\n"
        "program = selvedge.Engine(limits={'steps': 10}).compile('1', {'a': 'long'})\n"
        "steps: int = program.run().usage.steps\n"
        "reveal_type(selvedge.Unfolding.open)\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")]
    for what in (["--package", "selvedge"], [str(program)]):
        ran = subprocess.run([*command, *what], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert ran.returncode == 0, ran.stdout
    assert "tuple[selvedge._selvedge.Unfolding, list[dict[str, Any]]]" in ran.stdout


def test_the_page_of_the_documentation(tmp_path: Path) -> None:
    """Every block of Python on the page runs, in order, in one module."""
    page = (ROOT / "docs/PYTHON.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(blocks) > 5
    names: dict[str, Any] = {"__name__": "page"}
    sys.modules["page"] = type(sys)("page")
    for block in blocks:
        exec(compile(block, "docs/PYTHON.md", "exec"), names)  # noqa: S102




FORKING = """
import itertools, os, signal, threading
import selvedge

engine, running = selvedge.Engine(), True


def compile_all(thread):
    for number in itertools.count():
        if not running:
            return
        engine.evaluate(f"{thread} + {number}")


threads = [threading.Thread(target=compile_all, args=(thread,)) for thread in range(4)]
for thread in threads:
    thread.start()
codes = []
for _ in range(40):
    if (child := os.fork()) == 0:
        signal.alarm(20)
        os._exit(0 if engine.evaluate("1 + 1") == 2 else 1)
    codes.append(os.waitpid(child, 0)[1])
running = False
for thread in threads:
    thread.join()
print(codes)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_child_goes_on_whatever_the_threads_of_its_parent_did() -> None:
    ended = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, text=True, timeout=600)
    assert ended.stdout.strip() == str([0] * 40), ended.stderr
