//! Runs one row for the race in another flavour of Lua: `answer` and `time 1000` come in, an answer and nanoseconds go out.

// The helper uses what the race shares with it, and not all of that.
#[allow(dead_code)]
mod everyday;
#[allow(dead_code)]
#[path = "peers/lua.rs"]
mod lua;
#[allow(dead_code)]
mod race;

use std::io::{self, BufRead, Write};

use race::{Event, Parameters, Peer};

fn main() -> io::Result<()> {
    let row = std::env::args()
        .nth(1)
        .and_then(|name| Event::parse(&name))
        .expect("a row");
    let peer = lua::PlainLua { limits: true };
    let mut contender = peer.enter_event(row, Parameters::new()).expect("Lua has all rows");
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        match line.strip_prefix("time ") {
            Some(batch) => {
                let batch = batch.parse().expect("a batch size");
                writeln!(output, "{}", contender.time(batch).as_nanos())?;
            }
            None => writeln!(output, "{}", contender.answer().to_line())?,
        }
        output.flush()?;
    }
    Ok(())
}
