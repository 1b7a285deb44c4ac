"""A thousand steps on two workers, the one of which that runs the workflow is killed in the middle.

Prints what was seen of each claim, and fails where one does not hold.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from claims import Seen, claims
from histories import chain, completed, deciders, in_flight, replay, scheduled
from ledger import Ledger
from selvedge_temporal import DefinitionWorkflow, Options, Request, Result
from server import server
from temporalio.client import Client, WorkflowHandle, WorkflowHistory

HERE = Path(__file__).parent
TASK_QUEUE = "thousand"
ITEMS = 500
#: Ends in the ledger after which a worker is killed.
KILL_AFTER = 400
#: Steps of the worker to be killed that have applied their effect, and not ended.
IN_WORK = 3
#: Ended steps after which the workflow continues as new.
STEPS_PER_RUN = 700
#: Seconds that everything may take.
DEADLINE = 500


def start_worker(address: str, file: Path, number: int) -> subprocess.Popen[bytes]:
    """Starts a worker process."""
    return subprocess.Popen([sys.executable, str(HERE / "worker.py"), address, TASK_QUEUE, str(file), str(number)])


async def reached(ledger: Ledger, ends: int) -> None:
    """Waits until so many steps have ended."""
    while ledger.count("ends") < ends:
        await asyncio.sleep(0.05)


async def kill_decider(
    client: Client, handle: WorkflowHandle[DefinitionWorkflow, Result], ledger: Ledger, workers: list[subprocess.Popen[bytes]]
) -> tuple[str, set[str]]:
    """Kills the worker that runs the workflow, as it has applied effects of steps that have not ended.

    Returns its name and what it had in flight.
    """
    histories = await chain(client, handle.id, str(handle.first_execution_run_id))
    name = [decider for history in histories for decider in deciders(history)][-1]
    victim = next(worker for worker in workers if name.endswith(f"-{worker.pid}"))
    while ledger.in_work(name) < IN_WORK:
        await asyncio.sleep(0.01)
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait(timeout=10)
    # What the process had sent before it died is taken in by the server.
    await asyncio.sleep(0.5)
    return name, await in_flight(client.get_workflow_handle(handle.id), name)


async def run(client: Client, address: str, folder: Path, workers: list[subprocess.Popen[bytes]]) -> bool:
    """Runs it all, and returns whether each claim holds."""
    file = folder / "ledger.sqlite"
    ledger = Ledger(file)
    workers.extend(start_worker(address, file, number) for number in (1, 2))
    began = time.monotonic()
    handle = await client.start_workflow(
        DefinitionWorkflow.run,
        Request((HERE / "definitions/thousand.yaml").read_text(), options=Options(steps_per_run=STEPS_PER_RUN)),
        id="thousand",
        task_queue=TASK_QUEUE,
    )
    await reached(ledger, KILL_AFTER)
    killed, flying = await kill_decider(client, handle, ledger, workers)
    print(f"killed {killed} with SIGKILL after {ledger.count('ends')} steps had ended")
    histories = await chain(client, handle.id, str(handle.first_execution_run_id))
    before = {path for history in histories for path, _, _ in completed(history)}
    result = await handle.result()
    print(f"{result.status} after {time.monotonic() - began:.1f} s: {result.counts}")
    histories = await chain(client, handle.id, str(handle.first_execution_run_id))
    print(f"{len(histories)} runs, one continued as the next; workflow code ran in {', '.join(sorted(ran_in(histories)))}")
    holds = report(seen_of(ledger, histories, before, flying, result.parameters["summary"]["total"]))
    return await replays(histories) and holds


def ran_in(histories: list[WorkflowHistory]) -> set[str]:
    """Returns the workers that ran the workflow's code."""
    return {decider for history in histories for decider in deciders(history)}


def seen_of(ledger: Ledger, histories: list[WorkflowHistory], before: set[str], flying: set[str], total: object) -> Seen:
    """Gathers what was seen."""
    effects = [(str(path), int(str(amount))) for path, amount in ledger.rows("SELECT path, amount FROM effects")]
    must = sum(2 * number for number in range(ITEMS))
    return Seen(
        expected={f"items[{item}]/{step}" for item in range(ITEMS) for step in ("load", "publish")},
        scheduled=[path for history in histories for path in scheduled(history).values()],
        completed=[(path, attempt) for history in histories for path, attempt, _ in completed(history)],
        completed_before=before,
        in_flight=flying,
        starts=[str(path) for (path,) in ledger.rows("SELECT path FROM starts")],
        tries=[str(path) for (path,) in ledger.rows("SELECT path FROM tries")],
        effects=effects,
        amounts=(sum(amount for _, amount in effects), 2 * must),
        total=(total, must),
    )


def report(seen: Seen) -> bool:
    """Prints each claim, and returns whether all hold."""
    found = claims(seen)
    for text, holds in found:
        print(f"{'holds ' if holds else 'FAILS '} {text}")
    return all(holds for _, holds in found)


async def replays(histories: list[WorkflowHistory]) -> bool:
    """Replays the histories, and returns whether that can be done."""
    try:
        events = await replay(histories)
    except Exception as error:  # The replayer raises what it finds, of whatever kind.
        print(f"FAILS  a history does not replay: {error}")
        return False
    print(f"holds  {events} events of {len(histories)} histories replay")
    return True


async def main() -> int:
    """Starts a server, and runs against it."""
    workers: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            async with await server() as env:
                address = env.client.service_client.config.target_host
                holds = await asyncio.wait_for(run(env.client, address, Path(folder), workers), DEADLINE)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
