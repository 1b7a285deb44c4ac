//! The tree of a program: forms with typed holes, each of which may be written several times.

use selvedge::Type;
use serde::{Deserialize, Serialize};

/// Stands in a form's text for its next hole.
pub(crate) const HOLE: char = '\u{1}';
/// Stands in a form's text for all holes that are left.
pub(crate) const REST: char = '\u{2}';
/// Stands in a form's text for all holes that are left, escaped as JSON wants a text.
pub(crate) const QUOTED: char = '\u{3}';
/// Stands in a form's text for a number that grows each time it is written.
pub(crate) const COUNTER: char = '\u{4}';

/// What a node is, so that one of the same sort can take its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Sort {
    /// A statement.
    Statement,
    /// What gives a local variable its value before the loop; the local's index.
    Setup(usize),
    /// An expression.
    Value(Type),
    /// An expression that gives a text of a kind.
    Text(TextKind),
    /// A piece of the literal of such a text.
    Token(TextKind),
    /// ` + x`, a link of a chain of joins.
    Join,
    /// ` + x`, ` % x`, a link of a chain of numbers.
    Arithmetic,
    /// ` && x`
    Logic,
    /// `, x`, a further argument.
    Argument,
    /// `.trim()`, a link of a chain of calls.
    Link,
    /// `,"p1":{…}`, a parameter of a set.
    Definition,
    /// The source of a parameter's expression.
    Expression,
    /// `,x`, a further element of a literal.
    Element,
    /// `,{"step":{…}}`, a step of a workflow.
    Step,
    /// `,"i":{…}`, a loop parameter.
    LoopParameter,
}

/// What the text of a literal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum TextKind {
    Plain,
    Pattern,
    Replacement,
    Format,
    DatePattern,
    Zone,
    Date,
    DateInt,
    Number,
    Duration,
    /// A text with names of parameters in it.
    Template,
}

/// A form with what fills its holes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Node {
    pub(crate) sort: Sort,
    /// The text, with [`HOLE`] and [`REST`].
    pub(crate) form: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) holes: Vec<Node>,
    /// How many times it is written: more than once only for statements, tokens and links.
    pub(crate) times: u32,
}

impl Sort {
    /// Whether a node of this sort can be written several times in a row.
    pub(crate) fn repeats(self) -> bool {
        match self {
            Self::Statement
            | Self::Token(_)
            | Self::Join
            | Self::Arithmetic
            | Self::Logic
            | Self::Argument
            | Self::Link
            | Self::Definition
            | Self::Element
            | Self::Step => true,
            Self::Setup(_) | Self::Value(_) | Self::Text(_) | Self::LoopParameter | Self::Expression => false,
        }
    }
}

impl Node {
    /// Writes the source; stops soon after `most` bytes.
    pub(crate) fn print(&self, out: &mut String, most: usize) {
        self.write(out, most, &mut 0);
    }

    /// As [`Node::print`], with the number that the next counter writes.
    pub(crate) fn write(&self, out: &mut String, most: usize, counter: &mut usize) {
        for _ in 0..self.times {
            if out.len() > most {
                return;
            }
            let mut holes = self.holes.iter();
            for sign in self.form.chars() {
                match sign {
                    HOLE => {
                        if let Some(hole) = holes.next() {
                            hole.write(out, most, counter);
                        }
                    }
                    REST => holes.by_ref().for_each(|hole| hole.write(out, most, counter)),
                    QUOTED => {
                        let mut inner = String::new();
                        holes.by_ref().for_each(|hole| hole.write(&mut inner, most, counter));
                        let quoted = serde_json::to_string(&inner).unwrap_or_default();
                        out.push_str(quoted.trim_start_matches('"').strip_suffix('"').unwrap_or(""));
                    }
                    COUNTER => {
                        out.push_str(&counter.to_string());
                        *counter += 1;
                    }
                    sign => out.push(sign),
                }
            }
        }
    }

    /// Returns the number of nodes.
    pub(crate) fn count(&self) -> usize {
        1 + self.holes.iter().map(Self::count).sum::<usize>()
    }

    /// Returns a node by its place in the order of writing.
    pub(crate) fn get(&self, place: usize) -> Option<&Self> {
        let mut left = place;
        if left == 0 {
            return Some(self);
        }
        left -= 1;
        for hole in &self.holes {
            let count = hole.count();
            if left < count {
                return hole.get(left);
            }
            left -= count;
        }
        None
    }

    /// As [`Node::get`], to be changed.
    pub(crate) fn get_mut(&mut self, place: usize) -> Option<&mut Self> {
        let mut left = place;
        if left == 0 {
            return Some(self);
        }
        left -= 1;
        for hole in &mut self.holes {
            let count = hole.count();
            if left < count {
                return hole.get_mut(left);
            }
            left -= count;
        }
        None
    }

    /// Calls a function for each node.
    pub(crate) fn each(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        self.holes.iter().for_each(|hole| hole.each(visit));
    }

    /// Whether holes may be added and taken away at the end, and how many stay.
    pub(crate) fn fixed_holes(&self) -> Option<usize> {
        self.form
            .contains([REST, QUOTED])
            .then(|| self.form.chars().filter(|sign| *sign == HOLE).count())
    }
}
