"""A development server of Temporal for as long as an example runs."""

from __future__ import annotations

import shutil
from datetime import timedelta

from temporalio.testing import WorkflowEnvironment

#: How long the server may take to begin, on a machine that is busy.
STARTUP = timedelta(seconds=120)


async def server() -> WorkflowEnvironment:
    """Starts the server on a free port; its state is in memory."""
    return await WorkflowEnvironment.start_local(
        dev_server_existing_path=shutil.which("temporal"),
        dev_server_log_level="error",
        dev_server_startup_timeout=STARTUP,
    )
