//! Compiles the pieces of a pattern into the states of a nondeterministic automaton.
//!
//! It takes two passes, both without recursion. [`emit`] writes code whose jumps are relative, so that a repetition
//! copies what it repeats. [`expand`] gives each place of the code a state.
//!
//! A loop whose body may take nothing ends after an iteration that took nothing, as Java's does, even before its least
//! count. So within such a loop a place has one state for each number of open loops, outermost first, whose iteration
//! has taken something. With that no path of states that take no character comes back to where it was.

use super::look::Look;

/// What a pattern consists of, in order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    /// A character of the set with this number.
    Set(u32),
    Look(Look),
    /// A group, with its number where it captures.
    Open(Option<u8>),
    Alternate,
    Close,
    /// Repeats the piece or group before it.
    Repeat {
        least: u32,
        most: Option<u32>,
        lazy: bool,
        /// Whether what is repeated may take nothing.
        may_be_empty: bool,
    },
}

/// The most operations of a pattern's code.
pub(super) const MAX_OPERATIONS: u64 = 8_192;
/// The most operations, times the loops around each that may take nothing.
const MAX_PLACES: usize = 65_536;

/// An operation of the code; the distances of jumps are from the operation itself.
#[derive(Clone, Copy, Debug)]
enum Operation {
    Set(u32),
    Look(Look),
    Save(u8),
    Split {
        to: i32,
        /// Whether the jump is tried before what follows.
        jump_first: bool,
    },
    Jump(i32),
    /// An iteration begins.
    Enter,
    /// An iteration ends: goes on if it has taken something, else jumps behind the loop.
    Leave(i32),
    Match,
}

/// A state of the automaton.
#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    /// Takes a character of a set.
    Set { set: u32, next: u32 },
    /// Goes on where an assertion holds.
    Look { look: Look, next: u32 },
    /// Notes the position.
    Save { slot: u8, next: u32 },
    /// Goes on in two ways; the first has priority.
    Split { first: u32, second: u32 },
    /// The pattern has matched.
    Match,
}

/// The pattern's program is larger than its limit.
#[derive(Debug)]
pub(super) struct TooLarge;

/// How many operations repeating an item of `size` operations takes.
pub(super) fn repeated_size(size: u64, least: u32, most: Option<u32>, may_be_empty: bool) -> u64 {
    let size = size + if is_watched(most, may_be_empty) { 2 } else { 0 };
    match most {
        None => size
            .saturating_mul(u64::from(least.max(1)))
            .saturating_add(1 + u64::from(least == 0)),
        Some(most) => {
            let optional = u64::from(most.saturating_sub(least));
            let each = size.saturating_mul(u64::from(most));
            each.saturating_add(optional)
        }
    }
}

/// Whether the iterations of a loop are watched for taking nothing.
pub(super) const fn is_watched(most: Option<u32>, may_be_empty: bool) -> bool {
    may_be_empty && !matches!(most, Some(0 | 1))
}

/// An open group.
struct Frame {
    start: usize,
    /// Where its last alternative starts.
    alternative: usize,
    /// The jumps from its alternatives to its end.
    jumps: Vec<usize>,
    capture: Option<u8>,
}

/// Code that is being written.
struct Emitter {
    code: Vec<Operation>,
    open: Vec<Frame>,
    /// Where the last item starts.
    item: usize,
}

/// The states of a pattern, the first of which is 0; `size` is the exact size of its code. A `whole` one matches nothing but all of
/// a text.
pub(super) fn states(pieces: &[Piece], size: u64, whole: bool) -> Result<Vec<State>, TooLarge> {
    if size > MAX_OPERATIONS {
        return Err(TooLarge);
    }
    let mut emitter = Emitter {
        code: Vec::with_capacity(size as usize + 1),
        open: Vec::with_capacity(8),
        item: 0,
    };
    if whole {
        emitter.item(Operation::Look(Look::TextStart));
    }
    emitter.open(None);
    for piece in pieces {
        emitter.emit(*piece);
    }
    emitter.close();
    if whole {
        emitter.item(Operation::Look(Look::TextEnd));
    }
    emitter.code.push(Operation::Match);
    expand(&emitter.code)
}

impl Emitter {
    fn emit(&mut self, piece: Piece) {
        match piece {
            Piece::Set(set) => self.item(Operation::Set(set)),
            Piece::Look(look) => self.item(Operation::Look(look)),
            Piece::Open(capture) => self.open(capture),
            Piece::Alternate => self.alternate(),
            Piece::Close => self.close(),
            Piece::Repeat {
                least,
                most,
                lazy,
                may_be_empty,
            } => self.repeat(least, most, lazy, is_watched(most, may_be_empty)),
        }
    }

    fn item(&mut self, operation: Operation) {
        self.item = self.code.len();
        self.code.push(operation);
    }

    fn open(&mut self, capture: Option<u8>) {
        let start = self.code.len();
        if let Some(group) = capture {
            self.code.push(Operation::Save(group * 2));
        }
        self.open.push(Frame {
            start,
            alternative: self.code.len(),
            jumps: Vec::new(),
            capture,
        });
    }

    fn alternate(&mut self) {
        let Some(frame) = self.open.last_mut() else { return };
        // What is shifted has no jumps to or from outside of it but those to the group's end, which come later.
        let to = (self.code.len() - frame.alternative + 2) as i32;
        self.code
            .insert(frame.alternative, Operation::Split { to, jump_first: false });
        frame.jumps.push(self.code.len());
        self.code.push(Operation::Jump(0));
        frame.alternative = self.code.len();
    }

    fn close(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        let end = self.code.len();
        for jump in frame.jumps {
            if let Some(operation) = self.code.get_mut(jump) {
                *operation = Operation::Jump((end - jump) as i32);
            }
        }
        if let Some(group) = frame.capture {
            self.code.push(Operation::Save(group * 2 + 1));
        }
        self.item = frame.start;
    }

    fn repeat(&mut self, least: u32, most: Option<u32>, lazy: bool, watched: bool) {
        let body = self.code.split_off(self.item);
        let size = repeated_size(body.len() as u64, least, most, watched) as usize;
        let exit = self.item + size;
        match most {
            None => {
                if least == 0 {
                    self.split(exit, lazy);
                }
                let mut start = self.code.len();
                for _ in 0..least.max(1) {
                    start = self.code.len();
                    self.copy(&body, watched, exit);
                }
                self.split(start, !lazy);
            }
            Some(most) => {
                for count in 0..most {
                    if count >= least {
                        self.split(exit, lazy);
                    }
                    self.copy(&body, watched, exit);
                }
            }
        }
    }

    fn split(&mut self, to: usize, jump_first: bool) {
        let to = to as i32 - self.code.len() as i32;
        self.code.push(Operation::Split { to, jump_first });
    }

    fn copy(&mut self, body: &[Operation], watched: bool, exit: usize) {
        if watched {
            self.code.push(Operation::Enter);
        }
        self.code.extend_from_slice(body);
        if watched {
            let distance = exit - self.code.len();
            self.code.push(Operation::Leave(distance as i32));
        }
    }
}

/// A place of the code, and how many of the watched loops around it have taken something in this iteration.
type Place = (usize, usize);

/// Finds the places that can be reached, each of which becomes a state.
struct Expander<'c> {
    code: &'c [Operation],
    /// The watched loops around each operation.
    depths: Vec<u8>,
    /// One more than the most of them.
    width: usize,
    /// The state of each place, or [`NO_STATE`].
    known: Vec<u32>,
    places: Vec<Place>,
}

const NO_STATE: u32 = u32::MAX;

fn expand(code: &[Operation]) -> Result<Vec<State>, TooLarge> {
    let mut depths = Vec::with_capacity(code.len());
    let (mut depth, mut deepest) = (0_u8, 0);
    for operation in code {
        depths.push(depth);
        match operation {
            Operation::Enter => depth = depth.saturating_add(1),
            Operation::Leave(_) => depth = depth.saturating_sub(1),
            Operation::Set(_)
            | Operation::Look(_)
            | Operation::Save(_)
            | Operation::Split { .. }
            | Operation::Jump(_)
            | Operation::Match => {}
        }
        deepest = deepest.max(depth);
    }
    let width = deepest as usize + 1;
    if code.len().saturating_mul(width) > MAX_PLACES {
        return Err(TooLarge);
    }
    let mut expander = Expander {
        code,
        depths,
        width,
        known: vec![NO_STATE; code.len() * width],
        places: Vec::new(),
    };
    expander.state((0, 0));
    let mut states = Vec::new();
    while let Some(&place) = expander.places.get(states.len()) {
        states.push(expander.expand(place));
    }
    states.shrink_to_fit();
    Ok(states)
}

impl Expander<'_> {
    /// The number of the state at a place, or at the place it leads to.
    fn state(&mut self, place: Place) -> u32 {
        let place = self.follow(place);
        let index = place.0 * self.width + place.1;
        match self.known.get_mut(index) {
            Some(known) if *known == NO_STATE => {
                *known = self.places.len() as u32;
                self.places.push(place);
                *known
            }
            Some(known) => *known,
            // INVARIANT: places lie within the code.
            None => 0,
        }
    }

    fn depth(&self, at: usize) -> usize {
        self.depths.get(at).copied().unwrap_or_default() as usize
    }

    /// Follows what needs no state.
    fn follow(&self, (mut at, mut taken): Place) -> Place {
        loop {
            match self.code.get(at) {
                Some(Operation::Jump(distance)) => at = at.saturating_add_signed(*distance as isize),
                Some(Operation::Enter) => at += 1,
                Some(Operation::Leave(distance)) => {
                    let depth = self.depth(at);
                    let has_taken = taken == depth;
                    taken = taken.min(depth - 1);
                    at = at.saturating_add_signed(if has_taken { 1 } else { *distance as isize });
                }
                Some(
                    Operation::Set(_)
                    | Operation::Look(_)
                    | Operation::Save(_)
                    | Operation::Split { .. }
                    | Operation::Match,
                )
                | None => return (at, taken),
            }
        }
    }

    fn expand(&mut self, (at, taken): Place) -> State {
        match self.code.get(at) {
            Some(&Operation::Set(set)) => State::Set {
                set,
                next: self.state((at + 1, self.depth(at))),
            },
            Some(&Operation::Look(look)) => State::Look {
                look,
                next: self.state((at + 1, taken)),
            },
            Some(&Operation::Save(slot)) => State::Save {
                slot,
                next: self.state((at + 1, taken)),
            },
            Some(&Operation::Split { to, jump_first }) => {
                let jump = self.state((at.saturating_add_signed(to as isize), taken));
                let next = self.state((at + 1, taken));
                match jump_first {
                    true => State::Split {
                        first: jump,
                        second: next,
                    },
                    false => State::Split {
                        first: next,
                        second: jump,
                    },
                }
            }
            // INVARIANT: jumps and the marks of iterations were followed.
            Some(Operation::Jump(_) | Operation::Enter | Operation::Leave(_) | Operation::Match) | None => State::Match,
        }
    }
}
