//! The texts of a YAML file, of all its documents.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::super::scalar::{Scalar, Style};
use super::leaf::{Held, Leaf, OVER, Step};
use crate::params::QuotedIndent;
use crate::source::{LineIndex, Position};

/// The most texts that aliases may add, and their bytes.
const MAX_ALIASED: usize = 100_000;
const MAX_ALIASED_BYTES: usize = 16 << 20;
/// The most levels a document nests.
const MAX_DEPTH: usize = 100;
/// The key of a map whose entries count as those of the map it stands in.
const MERGE: &str = "<<";

/// The texts, in order; aliases stand for the texts they repeat.
pub(super) fn leaves(file: &str, is_over: &dyn Fn() -> bool) -> Result<Vec<Leaf>, (usize, String)> {
    let lines = LineIndex::new(file);
    let mut shown = QuotedIndent::new(file);
    loop {
        match leaves_of(&shown, &lines, is_over) {
            Err((Some(start), _)) if shown.widen(start) => {}
            found => return found.map_err(|(_, refused)| refused),
        }
    }
}

/// Why a text was not read: the place of a quoted text that it was because of, and the place and message to tell.
type Refused = (Option<Position>, (usize, String));

fn leaves_of(
    shown: &QuotedIndent<'_>,
    lines: &LineIndex<'_>,
    is_over: &dyn Fn() -> bool,
) -> Result<Vec<Leaf>, Refused> {
    let mut walk = Walk::default();
    for event in Parser::new_from_str(shown.text()) {
        let (event, span) = event.map_err(|error| {
            let start = position(error.marker());
            let at = lines.offset(shown.place(start)) as usize;
            let is_not_indented = error.info() == QuotedIndent::NOT_INDENTED;
            let message = format!("invalid YAML: {}", error.info());
            (is_not_indented.then_some(start), (at, message))
        })?;
        let byte = |marker| lines.offset(shown.place(position(marker))) as usize;
        let place = || byte(&span.start)..byte(&span.end);
        if is_over() {
            return Err((None, (place().start, OVER.to_owned())));
        }
        let walked = walk.event(event, place);
        walked.map_err(|message| (None, (place().start, message)))?;
    }
    Ok(walk.leaves)
}

fn position(marker: &Marker) -> Position {
    Position {
        line: marker.line() as u32,
        column: marker.col() as u32 + 1,
    }
}

/// A container that is not closed yet.
enum Open {
    List,
    Map { key: bool },
}

struct Container {
    open: Open,
    /// How many texts stood before it.
    start: usize,
    anchor: usize,
    /// Whether it is the key of an entry.
    is_key: bool,
}

/// What an anchor names: the texts it begins and ends at, and how long the path to it is.
#[derive(Clone)]
struct Anchored {
    leaves: Range<usize>,
    depth: usize,
    key: Option<Box<str>>,
}

#[derive(Default)]
struct Walk {
    open: Vec<Container>,
    path: Vec<Step>,
    leaves: Vec<Leaf>,
    anchors: HashMap<usize, Anchored>,
    aliased: usize,
    aliased_bytes: usize,
    held: Held,
}

impl Walk {
    fn event(&mut self, event: Event<'_>, place: impl Fn() -> Range<usize>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                // `!name: value`, which YAML takes for a tag and a value.
                if let Some(tag) = tag.filter(|tag| tag.suffix.ends_with(':')) {
                    return Err(format!(
                        "unknown tag `!{}`; quote a key that begins with `!`",
                        tag.suffix
                    ));
                }
                let start = self.leaves.len();
                let key = (anchor > 0).then(|| text.as_ref().into());
                if self.take_key(&text) {
                    self.anchor(anchor, start, key);
                    return Ok(());
                }
                let (text, place) = (text.into_owned(), place());
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::SingleQuoted,
                    ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let scalar = Scalar { text, place, style };
                self.held.count(&self.path)?;
                let path = self.path.clone();
                self.leaves.push(Leaf { path, scalar });
                self.anchor(anchor, start, key);
                self.next();
            }
            Event::SequenceStart(anchor, _) => self.begin(Open::List, anchor)?,
            Event::MappingStart(anchor, _) => self.begin(Open::Map { key: true }, anchor)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(container) = self.open.pop() {
                    self.path.pop();
                    if !container.is_key && container.start == self.leaves.len() {
                        self.empty(place())?;
                    }
                    self.anchor(container.anchor, container.start, None);
                    if !container.is_key {
                        self.next();
                    }
                }
            }
            Event::Alias(anchor) => self.alias(anchor)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
        Ok(())
    }

    /// An empty list or map, which is met as an empty text is, so that its key is.
    fn empty(&mut self, place: Range<usize>) -> Result<(), String> {
        self.held.count(&self.path)?;
        let (path, style) = (self.path.clone(), Style::Plain);
        let (text, place) = (String::new(), place.start..place.start);
        self.leaves.push(Leaf {
            path,
            scalar: Scalar { text, place, style },
        });
        Ok(())
    }

    fn begin(&mut self, open: Open, anchor: usize) -> Result<(), String> {
        if self.open.len() > MAX_DEPTH {
            return Err(format!("the document nests deeper than {MAX_DEPTH} levels"));
        }
        // A map or list as a key has no name; what it holds is still walked.
        let is_key = self.take_key("");
        let start = self.leaves.len();
        self.open.push(Container {
            open,
            start,
            anchor,
            is_key,
        });
        self.path.push(Step::Index(0));
        Ok(())
    }

    fn anchor(&mut self, anchor: usize, start: usize, key: Option<Box<str>>) {
        if anchor > 0 {
            let anchored = Anchored {
                leaves: start..self.leaves.len(),
                depth: self.path.len(),
                key,
            };
            self.anchors.insert(anchor, anchored);
        }
    }

    /// Takes a text as the key of an entry, where one is due.
    fn take_key(&mut self, text: &str) -> bool {
        let (
            Some(Container {
                open: Open::Map { key },
                ..
            }),
            Some(step),
        ) = (self.open.last_mut(), self.path.last_mut())
        else {
            return false;
        };
        if *key {
            *key = false;
            *step = Step::Key(text.into());
            return true;
        }
        false
    }

    /// Goes on to the next entry or element.
    fn next(&mut self) {
        match (
            self.open.last_mut().map(|container| &mut container.open),
            self.path.last_mut(),
        ) {
            (Some(Open::Map { key }), _) => *key = true,
            (Some(Open::List), Some(Step::Index(index))) => *index += 1,
            _ => {}
        }
    }

    fn alias(&mut self, anchor: usize) -> Result<(), String> {
        let Some(anchored) = self.anchors.get(&anchor).cloned() else {
            return Err("an alias refers to itself".to_owned());
        };
        if self.take_key(anchored.key.as_deref().unwrap_or_default()) {
            return Ok(());
        }
        self.aliased += anchored.leaves.len();
        let leaves = self.leaves.get(anchored.leaves).unwrap_or_default();
        self.aliased_bytes += leaves.iter().map(|leaf| leaf.scalar.text.len()).sum::<usize>();
        if self.aliased > MAX_ALIASED || self.aliased_bytes > MAX_ALIASED_BYTES {
            return Err("aliases expand to more values than a document may have".to_owned());
        }
        let is_merge = matches!(self.path.last(), Some(Step::Key(key)) if &**key == MERGE);
        let kept = self.path.len() - usize::from(is_merge);
        let base = self.path.get(..kept).unwrap_or_default().to_vec();
        let mut copies = Vec::with_capacity(leaves.len());
        for leaf in leaves {
            let own = leaf.path.get(anchored.depth..).unwrap_or_default();
            let path: Vec<Step> = base.iter().chain(own).cloned().collect();
            self.held.count(&path)?;
            copies.push(Leaf {
                path,
                scalar: leaf.scalar.clone(),
            });
        }
        self.leaves.extend(copies);
        self.next();
        Ok(())
    }
}
