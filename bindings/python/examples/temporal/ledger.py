"""What steps did, in a database that outlives their processes: each start, each effect by its idempotency key, and each end."""

from __future__ import annotations

import sqlite3
from pathlib import Path

TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS starts (path TEXT, attempt INTEGER, worker TEXT);
CREATE TABLE IF NOT EXISTS tries (path TEXT, worker TEXT);
CREATE TABLE IF NOT EXISTS effects (key TEXT PRIMARY KEY, path TEXT, amount INTEGER);
CREATE TABLE IF NOT EXISTS ends (path TEXT, attempt INTEGER, worker TEXT);
"""


class Ledger:
    """The database, as one process has it."""

    def __init__(self, file: Path | str) -> None:
        """Opens it."""
        self.file = file
        with self.open() as database:
            database.executescript(TABLES)

    def open(self) -> sqlite3.Connection:
        """Opens a connection; another process that writes is waited for."""
        database = sqlite3.connect(self.file, timeout=30, isolation_level=None)
        # What a killed process wrote is with the operating system, which lives on.
        database.execute("PRAGMA synchronous = OFF")
        return database

    def write(self, statement: str, *values: object) -> None:
        """Runs a statement."""
        database = self.open()
        try:
            database.execute(statement, values)
        finally:
            database.close()

    def start(self, path: str, attempt: int, worker: str) -> None:
        """Notes that an attempt began."""
        self.write("INSERT INTO starts VALUES (?, ?, ?)", path, attempt, worker)

    def apply(self, key: str, path: str, amount: int, worker: str) -> None:
        """Applies an effect once, however often it is tried."""
        self.write("INSERT INTO tries VALUES (?, ?)", path, worker)
        self.write("INSERT OR IGNORE INTO effects VALUES (?, ?, ?)", key, path, amount)

    def end(self, path: str, attempt: int, worker: str) -> None:
        """Notes that an attempt did all that it does."""
        self.write("INSERT INTO ends VALUES (?, ?, ?)", path, attempt, worker)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Returns the rows of a query."""
        database = self.open()
        try:
            return list(database.execute(query))
        finally:
            database.close()

    def in_work(self, worker: str) -> int:
        """Returns how many steps of a worker have applied their effect, and not ended."""
        tried, ended = (
            int(str(self.rows(f"SELECT count(*) FROM {table} WHERE worker = '{worker}'")[0][0])) for table in ("tries", "ends")
        )
        return tried - ended

    def count(self, table: str) -> int:
        """Returns the number of rows of a table."""
        return int(str(self.rows(f"SELECT count(*) FROM {table}")[0][0]))
