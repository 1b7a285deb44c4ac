//! YAML as JSON: maps, lists and texts, of which there are no aliases and no other types.

use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};

/// The first document of a text.
pub(crate) fn read(text: &str) -> Value {
    let mut events = Parser::new_from_str(text).map(|event| event.unwrap().0);
    let first = events.find(|event| !matches!(event, Event::StreamStart | Event::DocumentStart(_)));
    value(first.unwrap(), &mut events)
}

fn value<'i>(event: Event<'i>, events: &mut impl Iterator<Item = Event<'i>>) -> Value {
    match event {
        Event::Scalar(text, ..) => Value::from(&*text),
        Event::SequenceStart(..) => {
            let mut list = Vec::new();
            loop {
                match events.next().unwrap() {
                    Event::SequenceEnd => return Value::Array(list),
                    event => list.push(value(event, events)),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut map = Map::new();
            loop {
                match events.next().unwrap() {
                    Event::MappingEnd => return Value::Object(map),
                    key => {
                        let key = value(key, events).as_str().unwrap().to_owned();
                        let entry = events.next().unwrap();
                        map.insert(key, value(entry, events));
                    }
                }
            }
        }
        other => panic!("{other:?}"),
    }
}
