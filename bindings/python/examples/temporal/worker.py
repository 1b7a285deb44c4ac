"""A worker process: ``python worker.py ADDRESS TASK_QUEUE LEDGER NUMBER``."""

from __future__ import annotations

import asyncio
import sys

from ledger import Ledger
from selvedge_temporal import DefinitionWorkflow
from steps import Steps, worker_name
from temporalio.client import Client
from temporalio.worker import Worker


async def main(address: str, task_queue: str, file: str, number: int) -> None:
    """Works until it is killed."""
    name = worker_name(number)
    client = await Client.connect(address, identity=name)
    worker = Worker(
        client,
        task_queue=task_queue,
        workflows=[DefinitionWorkflow],
        activities=Steps(Ledger(file), name).all(),
        identity=name,
        max_concurrent_activities=10,
    )
    await worker.run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
