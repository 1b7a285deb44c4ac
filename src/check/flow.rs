//! Which variables are set where: followed through branches and loops.

use super::tables::{HashMap, HashState};
use crate::source::Span;
use crate::syntax::ast::{StatementKind, Symbol, Tree};
use crate::work::{Work, count};

/// Where what a loop repeats begins, which tells it from other loops.
pub(super) type LoopStart = u32;

/// Whether a variable is set at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assigned {
    /// On no path that leads here.
    No,
    /// On no path but those through a turn of the loop: its first turn finds it unset.
    Later(LoopStart),
    /// On some paths.
    Maybe,
    /// On every path.
    Yes,
}

impl Assigned {
    /// The state where a path that sets it meets this one.
    pub(super) const fn at_least_maybe(self) -> Self {
        match self {
            Self::No | Self::Later(_) | Self::Maybe => Self::Maybe,
            Self::Yes => Self::Yes,
        }
    }
}

/// The state at the place that is being checked, and what changed since the open branches began.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) states: Vec<Assigned>,
    /// Each change: the symbol and its state before.
    pub(super) log: Vec<(Symbol, Assigned)>,
    /// Whether the place can be reached.
    pub(super) reachable: bool,
    /// Whether every run reaches the place, unless it fails before: no condition of the program guards it.
    pub(super) certain: bool,
    /// The innermost loop, where its first turn reaches the place, unless it fails before.
    pub(super) turn: Option<LoopStart>,
    /// How many statements that leave what is around them were met.
    leaving: usize,
    /// How long the log was at the first `continue` of the innermost loop: what was changed later may not be so where the loop goes on.
    continued: Option<usize>,
}

/// What a branch changed.
#[derive(Debug)]
pub(super) struct Branch {
    changed: Vec<(Symbol, Assigned)>,
    falls_through: bool,
}

impl Branch {
    /// Each symbol that it changed, and its state at the branch's end.
    fn ends(&self) -> HashMap<Symbol, Assigned> {
        count(Work::Checked, self.changed.len());
        let mut ends = HashMap::with_capacity_and_hasher(self.changed.len(), HashState::default());
        for &(symbol, state) in &self.changed {
            ends.entry(symbol).or_insert(state);
        }
        ends
    }
}

/// The paths to a place on which a name is surely set.
#[derive(Debug, Default)]
struct Paths {
    sure: usize,
    /// Whether a condition set it, so that all paths past the condition are counted already.
    all_ahead: bool,
}

/// The beginning of a branch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fork {
    log: usize,
    reachable: bool,
    certain: bool,
    turn: Option<LoopStart>,
    leaving: usize,
}

/// The branches of a ladder of arms while it is checked.
#[derive(Debug, Default)]
pub(super) struct Ladder {
    /// The arms so far.
    pub(super) taken: Vec<Branch>,
    /// Where each arm but the first began, its condition included.
    pub(super) rests: Vec<Fork>,
}

impl Flow {
    /// Nothing set, in empty buffers.
    pub(super) fn new(names: usize, mut states: Vec<Assigned>, log: Vec<(Symbol, Assigned)>) -> Self {
        states.resize(names, Assigned::No);
        Self {
            states,
            log,
            reachable: true,
            certain: true,
            turn: None,
            leaving: 0,
            continued: None,
        }
    }

    /// The state of a name.
    pub(super) fn state(&self, symbol: Symbol) -> Assigned {
        self.states.get(symbol.index()).copied().unwrap_or(Assigned::No)
    }

    /// Sets the state of a name.
    pub(super) fn set(&mut self, symbol: Symbol, state: Assigned) {
        if let Some(place) = self.states.get_mut(symbol.index())
            && *place != state
        {
            self.log.push((symbol, *place));
            *place = state;
        }
    }

    /// Begins a branch, which some runs do not reach.
    pub(super) fn fork(&mut self) -> Fork {
        let certain = std::mem::replace(&mut self.certain, false);
        Fork {
            log: self.log.len(),
            reachable: self.reachable,
            certain,
            turn: self.turn.take(),
            leaving: self.leaving,
        }
    }

    /// Begins a loop: its first turn reaches its condition.
    pub(super) fn fork_turn(&mut self, id: LoopStart) -> (Option<LoopStart>, usize) {
        (self.turn.replace(id), self.leaving)
    }

    /// Ends a loop.
    pub(super) fn end_turn(&mut self, (turn, leaving): (Option<LoopStart>, usize)) {
        self.turn = turn.filter(|_| self.leaving == leaving);
    }

    /// Leaves what is around, by `return`, `throw`, `break` or `continue`.
    pub(super) fn leave(&mut self) {
        self.reachable = false;
        self.certain = false;
        self.turn = None;
        self.leaving += 1;
    }

    /// Meets a `continue`.
    pub(super) fn go_on(&mut self) {
        if self.reachable {
            self.continued.get_or_insert(self.log.len());
        }
        self.leave();
    }

    /// Begins the body of a loop; gives what the loop around it is to have back.
    pub(super) fn begin_body(&mut self) -> Option<usize> {
        self.continued.take()
    }

    /// Ends the body of a loop: what it sets after a `continue` may be unset where the loop goes on.
    pub(super) fn end_body(&mut self, around: Option<usize>) {
        let Some(continued) = std::mem::replace(&mut self.continued, around) else {
            return;
        };
        let changed = self.log.get(continued..).unwrap_or_default().to_vec();
        count(Work::Checked, changed.len());
        for (symbol, before) in changed {
            if before != Assigned::Yes && self.state(symbol) == Assigned::Yes {
                self.set(symbol, Assigned::Maybe);
            }
        }
    }

    /// Ends a branch: takes back what it changed.
    pub(super) fn end(&mut self, fork: Fork) -> Branch {
        self.continued = self.continued.map(|at| at.min(fork.log));
        count(Work::Checked, self.log.len().saturating_sub(fork.log));
        let falls_through = self.reachable;
        self.reachable = fork.reachable;
        self.certain = fork.certain && self.leaving == fork.leaving;
        self.turn = fork.turn.filter(|_| self.leaving == fork.leaving);
        let mut changed = Vec::new();
        while self.log.len() > fork.log {
            let Some((symbol, before)) = self.log.pop() else {
                break;
            };
            if let Some(place) = self.states.get_mut(symbol.index()) {
                // The state at the branch's end is seen at a symbol's last change, which comes first here.
                changed.push((symbol, *place));
                *place = before;
            }
        }
        Branch { changed, falls_through }
    }

    /// Goes on after branches of which one was taken. A name is surely set where each branch that falls through sets it.
    pub(super) fn join(&mut self, branches: &[Branch]) {
        let falling = branches.iter().filter(|branch| branch.falls_through).count();
        let mut paths: HashMap<Symbol, Paths> = HashMap::default();
        for branch in branches {
            for (symbol, state) in branch.ends() {
                paths.entry(symbol).or_default().sure += usize::from(branch.falls_through && state == Assigned::Yes);
            }
        }
        self.settle(paths, falling);
    }

    /// Goes on after branches that began inside each other, of which the first ones were taken, or none.
    pub(super) fn join_nested(&mut self, forks: &[Fork]) {
        if forks.first().is_some_and(|first| first.log < self.log.len()) {
            let mut branches: Vec<Branch> = forks.iter().rev().map(|&fork| self.end(fork)).collect();
            branches.push(Self::nothing());
            self.join(&branches);
        } else {
            // They changed nothing.
            forks.iter().rev().for_each(|&fork| drop(self.end(fork)));
        }
    }

    /// Goes on after a ladder of arms; `last` is its last alternative. Each condition but the first was checked in a branch of
    /// its own, as it is reached only where those before it did not hold; what it sets is set on all paths from there on.
    pub(super) fn join_ladder(&mut self, ladder: Ladder, last: Branch) {
        let Ladder { taken, rests } = ladder;
        let mut conditions: Vec<Branch> = rests.into_iter().rev().map(|fork| self.end(fork)).collect();
        let bodies = || taken.iter().chain([&last]);
        let falling = bodies().filter(|body| body.falls_through).count();
        let mut paths: HashMap<Symbol, Paths> = HashMap::default();
        let mut ahead = falling;
        for (index, body) in bodies().enumerate() {
            let condition = if index == 0 { None } else { conditions.pop() };
            for (symbol, state) in condition.iter().flat_map(Branch::ends) {
                let paths = paths.entry(symbol).or_default();
                if state == Assigned::Yes && !paths.all_ahead {
                    paths.all_ahead = true;
                    paths.sure += ahead;
                }
            }
            for (symbol, state) in body.ends() {
                let paths = paths.entry(symbol).or_default();
                paths.sure += usize::from(body.falls_through && state == Assigned::Yes && !paths.all_ahead);
            }
            ahead -= usize::from(body.falls_through);
        }
        self.settle(paths, falling);
    }

    /// Sets what is known where `falling` paths meet.
    fn settle(&mut self, paths: HashMap<Symbol, Paths>, falling: usize) {
        count(Work::Checked, paths.len());
        let mut changes: Vec<(Symbol, Paths)> = paths.into_iter().collect();
        changes.sort_unstable_by_key(|(symbol, _)| symbol.index());
        for (symbol, paths) in changes {
            let after = if falling > 0 && paths.sure == falling {
                Assigned::Yes
            } else {
                self.state(symbol).at_least_maybe()
            };
            self.set(symbol, after);
        }
        self.reachable &= falling > 0;
    }

    /// A branch that changes nothing: the one not written, such as a missing `else`.
    pub(super) const fn nothing() -> Branch {
        Branch {
            changed: Vec::new(),
            falls_through: true,
        }
    }
}

/// The names that a program sets, where it has loops.
#[derive(Debug, Default)]
pub(super) struct SetNames {
    /// The names set, each with its place, in the order of the source.
    set: Vec<(u32, Symbol)>,
    /// For each name, the first and the last place that sets it.
    places: Vec<(u32, u32)>,
}

impl SetNames {
    /// Looks a program over.
    pub(super) fn of(tree: &Tree) -> Self {
        let is_loop = |kind| {
            matches!(
                kind,
                StatementKind::While { .. } | StatementKind::For { .. } | StatementKind::ForEach { .. }
            )
        };
        if !tree.statements.iter().any(|statement| is_loop(statement.kind)) {
            return Self::default();
        }
        count(Work::Checked, tree.exprs.len());
        let set = tree.names_set().map(|(name, place)| (place.start, name));
        let mut set: Vec<(u32, Symbol)> = set.collect();
        set.sort_unstable_by_key(|&(place, _)| place);
        let mut places = vec![(u32::MAX, 0); tree.names.len()];
        for &(place, symbol) in &set {
            if let Some((first, last)) = places.get_mut(symbol.index()) {
                (*first, *last) = ((*first).min(place), place);
            }
        }
        Self { set, places }
    }

    /// The names that are set in a stretch of the source.
    pub(super) fn within(&self, span: Span) -> impl Iterator<Item = Symbol> {
        let from = self.set.partition_point(|&(place, _)| place < span.start);
        let set = self.set.get(from..).unwrap_or_default().iter();
        set.take_while(move |&&(place, _)| place < span.end)
            .map(|&(_, symbol)| symbol)
    }

    /// Whether a name is set in a stretch of the source and nowhere else.
    pub(super) fn only_within(&self, span: Span, name: Symbol) -> bool {
        let places = self.places.get(name.index());
        places.is_some_and(|&(first, last)| span.start <= first && last < span.end)
    }
}
