//! The command line.

use crate::race::Row;

const USAGE: &str = "usage: selvedge-peers [--rows W1,W3] [--peers lua,rhai] [--rounds 15]";

pub struct Options {
    pub rows: Vec<Row>,
    pub rounds: usize,
    peers: Option<Vec<String>>,
}

impl Options {
    pub fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            rows: Row::ALL.to_vec(),
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
        first == "selvedge" || self.peers.as_ref().is_none_or(|peers| peers.iter().any(named))
    }
}

fn rows(names: &str) -> Result<Vec<Row>, String> {
    let row = |name: &str| Row::parse(name.trim()).ok_or_else(|| format!("there is no row `{name}`\n{USAGE}"));
    names.split(',').map(row).collect()
}
