"""Retries, signals, cancelling, and a long loop that continues as new: what each comes to, and that its histories replay.

``python demo.py FILE`` keeps the history of the first, for the test that replays it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from histories import chain, kept, replay
from ledger import Ledger
from selvedge_temporal import DefinitionWorkflow, Options, Request, Result
from server import server
from steps import Steps, worker_name
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import CancelledError
from temporalio.worker import Worker

HERE = Path(__file__).parent
TASK_QUEUE = "demo"
#: Seconds that everything may take.
DEADLINE = 240

Handle = WorkflowHandle[DefinitionWorkflow, Result]


async def begin(client: Client, name: str, options: Options | None = None) -> Handle:
    """Starts the workflow of a definition."""
    request = Request((HERE / f"definitions/{name}.yaml").read_text(), options=options or Options())
    return await client.start_workflow(DefinitionWorkflow.run, request, id=name, task_queue=TASK_QUEUE)


async def retries(client: Client, ledger: Ledger) -> bool:
    """A step is tried three times, another twice, and `ON FAILURE` says what went wrong."""
    result = await (await begin(client, "flaky")).result()
    starts = [path for (path,) in ledger.rows("SELECT path FROM starts")]
    tried = {path: starts.count(path) for path in ("fetch", "broken")}
    print(f"retries: {result.status}, attempts {tried}, told {result.parameters['tell']['text']!r}")
    print(f"         publish was skipped, as {result.skipped['publish']}")
    return tried == {"fetch": 3, "broken": 2} and "attempt 2 is no good" in starts and result.status == "succeeded"


async def signals(client: Client, ledger: Ledger) -> bool:
    """A step waits until a signal comes that fits."""
    handle = await begin(client, "waiting")
    await handle.signal(DefinitionWorkflow.signal, args=["landed", {"table": "orders", "day": 20260104}])
    progress = await handle.query(DefinitionWorkflow.progress)
    print(f"signals: after one of the day before, {progress['waiting']} waits")
    await handle.signal(DefinitionWorkflow.signal, args=["landed", {"table": "orders", "day": 20260106}])
    result = await handle.result()
    print(f"         after one of a later day: {result.status}")
    return progress["waiting"] == ["load"] and result.counts == {"succeeded": 1}


async def cancel(client: Client, ledger: Ledger) -> bool:
    """All is stopped but what runs in any case, also while the run only waits to be continued as new."""
    handle = await begin(client, "cluster", Options(heartbeat_seconds=5, steps_per_run=1))
    texts = "SELECT path FROM starts WHERE path LIKE 'cluster is %' OR path LIKE 'work has %' OR path = 'published'"
    while ("work has begun",) not in ledger.rows(texts) or "beside" not in (await ended(handle)):
        await asyncio.sleep(0.05)
    await handle.cancel()
    try:
        await handle.result()
        is_cancelled = False
    except WorkflowFailureError as error:
        is_cancelled = isinstance(error.cause, CancelledError)
    done = [path for (path,) in ledger.rows(texts)]
    print(f"cancel:  {'cancelled' if is_cancelled else 'not cancelled'}, after {', '.join(map(str, done))}")
    return is_cancelled and done == ["cluster is up", "work has begun", "work has stopped", "cluster is down"]


async def ended(handle: Handle) -> str:
    """Returns the text of the tree's step that runs beside the work, where it has ended."""
    step = await handle.query(DefinitionWorkflow.step, "beside")
    return "beside" if step and step["state"] == "succeeded" else ""


async def wrong(client: Client, ledger: Ledger) -> bool:
    """A wrong definition fails its workflow, and says where it is wrong; so does a step that gives what is not allowed."""
    request = Request("workflow: {id: w, jobs: [{job: {id: load, type: sql, '!rows': roes + 1, rows_: 1}}]}")
    handle = await client.start_workflow(DefinitionWorkflow.run, request, id="wrong", task_queue=TASK_QUEUE)
    try:
        await handle.result()
    except WorkflowFailureError as error:
        text = str(error.cause)
        print(f"wrong:   {text.splitlines()[0]}")
        return "unknown name `roes`" in text
    return False


async def continues(client: Client, ledger: Ledger) -> bool:
    """A loop of 250 turns goes through several runs, each with a short history."""
    handle = await begin(client, "polling", Options(steps_per_run=60))
    result = await handle.result()
    histories = await chain(client, handle.id, str(handle.first_execution_run_id))
    longest = max(len(history.events) for history in histories)
    attempts, asked = result.parameters["summary"]["attempts"], ledger.count("effects")
    print(f"loop:    {attempts} turns, {asked} effects, in {len(histories)} runs of at most {longest} events")
    return (attempts, asked) == (250, 250) and len(histories) >= 4 and longest < 1_000


DEMOS: dict[str, Callable[[Client, Ledger], Awaitable[bool]]] = {
    "flaky": retries,
    "waiting": signals,
    "cluster": cancel,
    "polling": continues,
    "wrong": wrong,
}


async def run(client: Client, ledger: Ledger) -> list[str]:
    """Runs all, and returns what did not come to what it should."""
    wrong = []
    steps = Steps(ledger, worker_name(1))
    async with Worker(client, task_queue=TASK_QUEUE, workflows=[DefinitionWorkflow], activities=steps.all(), identity="demo"):
        for name, demo in DEMOS.items():
            if not await demo(client, ledger):
                wrong.append(name)
    for name in DEMOS:
        first = await client.get_workflow_handle(name).describe()
        histories = await chain(client, name, first.raw_description.workflow_execution_info.first_run_id)
        print(f"replay:  {await replay(histories)} events of `{name}`, {len(histories)} histories")
        if name == "flaky" and len(sys.argv) > 1:
            Path(sys.argv[1]).write_text(kept(histories[0]) + "\n")
    return wrong


async def main() -> int:
    """Starts a server, and runs against it."""
    # Steps that fail are part of it.
    logging.getLogger("temporalio.activity").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        async with await server() as env:
            wrong = await asyncio.wait_for(run(env.client, ledger), DEADLINE)
    for name in wrong:
        print(f"FAILS  {name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
