"""What Python orchestrators evaluate expressions with, in one run: medians of repeated loops, as a table.

    python benchmarks/compare.py [--write docs/PYTHON.md]

A way that cannot say a case, or is not installed, has a dash there. The machine need not be idle: what counts is the ratio.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[[], Any]

PREDICATE = {"rows": 120, "region": "eu", "retries": 2}
VALUES = list(range(10_000))
SAYS = {
    "selvedge": "rows > 100 && region == 'eu' && retries < 3",
    "python": "rows > 100 and region == 'eu' and retries < 3",
    "cel": "rows > 100 && region == 'eu' && retries < 3",
    "jsonata": "rows > 100 and region = 'eu' and retries < 3",
}
PROGRAM = """\
total = 0
count = 0
label = 'none'
for i in range(50):
    if i % 3 == 0:
        total = total + i * 2
    elif i % 5 == 0:
        total = total + i
    else:
        count = count + 1
if rows > 100:
    label = 'many'
elif rows > 10:
    label = 'some'
share = total / (count + 1)
name = region + '/' + label
first = 0
second = 1
for i in range(20):
    third = first + second
    first = second
    second = third
best = 0
for i in range(10):
    value = (i * 7) % 11
    if value > best:
        best = value
over = share > retries
if over:
    name = name + '!'
result = name + '-' + str(total + second + best)
"""
PROGRAM_SELVEDGE = """\
total = 0;
count = 0;
label = 'none';
for (i = 0; i < 50; i += 1) {
    if (i % 3 == 0) {
        total = total + i * 2;
    } else if (i % 5 == 0) {
        total = total + i;
    } else {
        count = count + 1;
    }
}
if (rows > 100) { label = 'many'; }
else if (rows > 10) { label = 'some'; }
share = total * 1.0 / (count + 1);
name = region + '/' + label;
first = 0;
second = 1;
for (i = 0; i < 20; i += 1) {
    third = first + second;
    first = second;
    second = third;
}
best = 0;
for (i = 0; i < 10; i += 1) {
    value = (i * 7) % 11;
    if (value > best) { best = value; }
}
over = share > retries;
if (over) { name = name + '!'; }
return name + '-' + (total + second + best);
"""
PROGRAM_RESULTS = {"eu/many!-11907"}


def selvedge() -> dict[str, Call]:
    import selvedge

    engine = selvedge.Engine()
    shapes = {"rows": "long", "region": "string", "retries": "long"}
    program, long = engine.compile(SAYS["selvedge"], shapes), engine.compile(PROGRAM_SELVEDGE, shapes)
    listed = engine.compile("xs.filter(x -> x % 3 == 0).sum()", {"xs": "list<long>"})
    cold = iter(range(10**9))
    return {
        "warm": lambda: program.evaluate(PREDICATE),
        "cold": lambda: engine.compile(f"{SAYS['selvedge']} && rows != -{next(cold)}", shapes).evaluate(PREDICATE),
        "program": lambda: long.evaluate(PREDICATE),
        "list": lambda: listed.evaluate({"xs": VALUES}),
    }


def plain_eval() -> dict[str, Call]:
    code, long = compile(SAYS["python"], "", "eval"), compile(PROGRAM, "", "exec")
    listed = compile("sum(x for x in xs if x % 3 == 0)", "", "eval")

    def run() -> Any:
        names = dict(PREDICATE)
        exec(long, names)  # noqa: S102
        return names["result"]

    return {
        "warm": lambda: eval(code, dict(PREDICATE)),  # noqa: S307
        "cold": lambda: eval(SAYS["python"], dict(PREDICATE)),  # noqa: S307
        "program": run,
        "list": lambda: eval(listed, {"xs": VALUES}),  # noqa: S307
    }


def jinja(native: bool) -> dict[str, Call]:
    if native:
        from jinja2.nativetypes import NativeEnvironment as Environment
    else:
        from jinja2.sandbox import SandboxedEnvironment as Environment

    # Macros of an orchestrator compile again where the text is new.
    environment = Environment(cache_size=0)
    template = environment.from_string("{{ " + SAYS["python"] + " }}")
    listed = environment.from_string("{{ xs | select('divisibleby', 3) | sum }}")
    return {
        "warm": lambda: as_bool(template.render(PREDICATE)),
        "cold": lambda: as_bool(environment.from_string("{{ " + SAYS["python"] + " }}").render(PREDICATE)),
        "list": lambda: int(listed.render(xs=VALUES)),
    }


def as_bool(text: Any) -> bool:
    return text in (True, "True")


def simpleeval() -> dict[str, Call]:
    from simpleeval import EvalWithCompoundTypes, SimpleEval

    evaluator = SimpleEval(names=PREDICATE)
    parsed = evaluator.parse(SAYS["python"])
    compound = EvalWithCompoundTypes(names={"xs": VALUES}, functions={"sum": sum})
    listed = compound.parse("sum([x for x in xs if x % 3 == 0])")
    return {
        "warm": lambda: evaluator.eval(SAYS["python"], previously_parsed=parsed),
        "cold": lambda: SimpleEval(names=PREDICATE).eval(SAYS["python"]),
        "list": lambda: compound.eval("", previously_parsed=listed),
    }


def restricted_python() -> dict[str, Call]:
    from RestrictedPython import compile_restricted, safe_globals
    from RestrictedPython.Eval import default_guarded_getiter
    from RestrictedPython.Guards import guarded_iter_unpack_sequence

    base = {
        **safe_globals,
        "_getiter_": default_guarded_getiter,
        "_iter_unpack_sequence_": guarded_iter_unpack_sequence,
        "sum": sum,
        "range": range,
        "str": str,
    }
    code = compile_restricted(SAYS["python"], "<inline>", "eval")
    long = compile_restricted(PROGRAM, "<inline>", "exec")
    listed = compile_restricted("sum([x for x in xs if x % 3 == 0])", "<inline>", "eval")

    def run() -> Any:
        names = {**base, **PREDICATE}
        exec(long, names)  # noqa: S102
        return names["result"]

    return {
        "warm": lambda: eval(code, {**base, **PREDICATE}),  # noqa: S307
        "cold": lambda: eval(compile_restricted(SAYS["python"], "<inline>", "eval"), {**base, **PREDICATE}),  # noqa: S307
        "program": run,
        "list": lambda: eval(listed, {**base, "xs": VALUES}),  # noqa: S307
    }


def asteval() -> dict[str, Call]:
    from asteval import Interpreter

    interpreter = Interpreter(minimal=True, use_numpy=False)
    interpreter.symtable.update(PREDICATE)
    interpreter.symtable["xs"] = VALUES
    parsed, long = interpreter.parse(SAYS["python"]), interpreter.parse(PROGRAM)
    # `minimal` leaves comprehensions out.
    whole = Interpreter(use_numpy=False)
    whole.symtable["xs"] = VALUES
    listed = whole.parse("sum([x for x in xs if x % 3 == 0])")
    programs = Interpreter(use_numpy=False)
    programs.symtable.update(PREDICATE)

    def run() -> Any:
        programs.run(long)
        return programs.symtable["result"]

    return {
        "warm": lambda: interpreter.run(parsed),
        "cold": lambda: interpreter(SAYS["python"]),
        "program": run,
        "list": lambda: whole.run(listed),
    }


def cel_python() -> dict[str, Call]:
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(SAYS["cel"]))
    listed = environment.program(environment.compile("xs.filter(x, x % 3 == 0).size()"))
    return {
        "warm": lambda: bool(program.evaluate(celpy.json_to_cel(PREDICATE))),
        "cold": lambda: bool(environment.program(environment.compile(SAYS["cel"])).evaluate(celpy.json_to_cel(PREDICATE))),
        "list": lambda: int(listed.evaluate(celpy.json_to_cel({"xs": VALUES}))),
    }


def common_expression_language() -> dict[str, Call]:
    import cel

    program = cel.compile(SAYS["cel"])
    listed = cel.compile("xs.filter(x, x % 3 == 0).size()")
    return {
        "warm": lambda: program.execute(PREDICATE),
        "cold": lambda: cel.evaluate(SAYS["cel"], PREDICATE),
        "list": lambda: listed.execute({"xs": VALUES}),
    }


def jsonata() -> dict[str, Call]:
    import jsonata

    program = jsonata.Jsonata(SAYS["jsonata"])
    listed = jsonata.Jsonata("$sum(xs[$ % 3 = 0])")
    return {
        "warm": lambda: program.evaluate(PREDICATE),
        "cold": lambda: jsonata.Jsonata(SAYS["jsonata"]).evaluate(PREDICATE),
        "list": lambda: int(listed.evaluate({"xs": VALUES})),
    }


WAYS: dict[str, tuple[str, Callable[[], dict[str, Call]]]] = {
    "**selvedge**": ("selvedge", selvedge),
    "`eval`, `exec` (no sandbox)": ("builtins", plain_eval),
    "jinja2, sandboxed": ("jinja2", lambda: jinja(False)),
    "jinja2, native": ("jinja2", lambda: jinja(True)),
    "simpleeval": ("simpleeval", simpleeval),
    "RestrictedPython": ("RestrictedPython", restricted_python),
    "asteval": ("asteval", asteval),
    "cel-python": ("celpy", cel_python),
    "common-expression-language": ("cel", common_expression_language),
    "jsonata-python": ("jsonata", jsonata),
}
CASES = {"warm": "warm predicate", "cold": "cold predicate", "program": "program of 30 lines", "list": "list of 10,000"}
WANTED = {"warm": {True}, "cold": {True}, "program": PROGRAM_RESULTS, "list": {16_668_333, 16_668_333.0, 3_334}}


def measure(call: Call, seconds: float) -> float:
    """The median time of a call, in microseconds, of loops that take a thirtieth of the time each."""
    call()
    started = time.perf_counter()
    call()
    times = max(1, int(seconds / 30 / max(time.perf_counter() - started, 1e-7)))
    loops = []
    for _ in range(15):
        started = time.perf_counter()
        for _ in range(times):
            call()
        loops.append((time.perf_counter() - started) / times)
    return statistics.median(loops) * 1e6


def shown(micros: float | None, base: float) -> str:
    if micros is None:
        return "–"
    time_shown = f"{micros:.2f} µs" if micros < 100 else f"{micros / 1000:,.2f} ms" if micros >= 1000 else f"{micros:.0f} µs"
    ratio = micros / base
    return f"{time_shown} ({ratio:.1f}×)" if ratio < 100 else f"{time_shown} ({ratio:,.0f}×)"


def table(seconds: float) -> str:
    measured: dict[str, dict[str, float]] = {}
    versions = {}
    for name, (module, make) in WAYS.items():
        try:
            found = importlib.import_module(module)
            calls = make()
        except ImportError as error:
            print(f"{name}: {error}")
            continue
        versions[name] = getattr(found, "__version__", "")
        measured[name] = {}
        for case, call in calls.items():
            try:
                given = call()
            except Exception as error:
                print(f"{name}, {case}: {error!r}")
                continue
            if given not in WANTED[case]:
                print(f"{name}, {case}: gives {given!r}")
                continue
            measured[name][case] = measure(call, seconds)
            print(f"{name}, {case}: {measured[name][case]:.2f} µs", flush=True)
    base = measured["**selvedge**"]
    lines = ["| | " + " | ".join(CASES.values()) + " |", "| --- " * (len(CASES) + 1) + "|"]
    for name, times in measured.items():
        lines.append(f"| {name} | " + " | ".join(shown(times.get(case), base[case]) for case in CASES) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="the page whose table is written anew")
    parser.add_argument("--seconds", type=float, default=3.0, help="about how long each case takes")
    arguments = parser.parse_args()
    made = table(arguments.seconds)
    print(made)
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        before, _, rest = page.partition("<!-- speed -->\n")
        after = rest[rest.index("\n## ") :]
        arguments.write.write_text(f"{before}<!-- speed -->\n\n{made}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
