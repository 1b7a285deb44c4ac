//! The command line.

use crate::race::Event;

const USAGE: &str = "usage: selvedge-peers [--rows W1,W3] [--peers lua,rhai] [--rounds 15]";

pub struct Options {
    pub rows: Vec<Event>,
    pub rounds: usize,
    peers: Option<Vec<String>>,
}

impl Options {
    pub fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            rows: Event::all(),
            rounds: 15,
            peers: None,
        };
        while let Some(option) = arguments.next() {
            let value = arguments
                .next()
                .ok_or_else(|| format!("`{option}` needs a value\n{USAGE}"))?;
            match option.as_str() {
                "--rows" => options.rows = rows(&value)?,
                "--peers" => options.peers = Some(value.split(',').map(|name| name.trim().to_owned()).collect()),
                "--rounds" => {
                    let rounds = value.parse().ok().filter(|rounds| *rounds > 0);
                    options.rounds = rounds.ok_or_else(|| format!("`{value}` is not a number of rounds\n{USAGE}"))?;
                }
                _ => return Err(format!("there is no option `{option}`\n{USAGE}")),
            }
        }
        Ok(options)
    }

    /// A peer is in by the first word or all of its name; selvedge always is, for the ratios.
    pub fn includes(&self, name: &str) -> bool {
        let first = name.split([' ', ',']).next().unwrap_or(name);
        let named = |wanted: &String| wanted == name || wanted == first;
        match &self.peers {
            _ if first == "selvedge" => true,
            Some(peers) => peers.iter().any(named),
            // Its helper takes long to build.
            None => first != "luau",
        }
    }
}

/// Rows by name; `everyday` stands for all everyday programs, `race` for the others.
fn rows(names: &str) -> Result<Vec<Event>, String> {
    let mut rows = Vec::new();
    for name in names.split(',').map(str::trim) {
        match name {
            "everyday" => rows.extend(
                Event::all()
                    .into_iter()
                    .filter(|event| matches!(event, Event::Everyday(_))),
            ),
            "race" => rows.extend(Event::all().into_iter().filter(|event| matches!(event, Event::Row(_)))),
            name => rows.push(Event::parse(name).ok_or_else(|| format!("there is no row `{name}`\n{USAGE}"))?),
        }
    }
    Ok(rows)
}
