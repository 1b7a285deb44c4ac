//! A journal of events in SQLite: each is written, whole or not at all, before its outcome is done.

use std::error::Error;
use std::path::Path;

use rusqlite::{Connection, params};
use selvedge::workflow::{Entry, Event};

const TABLES: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS event (
        run    TEXT NOT NULL,
        number INTEGER NOT NULL,
        entry  TEXT NOT NULL,
        PRIMARY KEY (run, number)
    ) WITHOUT ROWID;
";

/// The journals of all runs.
pub(crate) struct Journal {
    connection: Connection,
}

impl Journal {
    pub(crate) fn open(path: &Path) -> Result<Self, Box<dyn Error>> {
        let connection = Connection::open(path)?;
        connection.execute_batch(TABLES)?;
        Ok(Self { connection })
    }

    /// The events of a run, in their order.
    pub(crate) fn events(&self, run: &str) -> Result<Vec<Event>, Box<dyn Error>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT entry FROM event WHERE run = ? ORDER BY number")?;
        let lines = select.query_map(params![run], |row| row.get::<_, String>(0))?;
        lines
            .map(|line| Ok(serde_json::from_str::<Entry<Event>>(&line?)?.entry))
            .collect()
    }

    /// Adds an event to a run: its number is the key, so that two that write the same run cannot both succeed.
    pub(crate) fn append(&self, run: &str, number: usize, event: &Event) -> Result<(), Box<dyn Error>> {
        let entry = serde_json::to_string(&Entry::new(event.clone()))?;
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO event (run, number, entry) VALUES (?, ?, ?)")?;
        insert.execute(params![run, i64::try_from(number)?, entry])?;
        Ok(())
    }
}
