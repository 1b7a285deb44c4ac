//! Which variables are set where: followed through branches and loops.

use std::ops::Range;

use super::{HashMap, HashState};
use crate::syntax::ast::{Declaration, ExprId, ExprKind, ForInit, StatementId, StatementKind, StepKind, Symbol, Tree};
use crate::work::{Work, count};

/// Whether a variable is set at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Assigned {
    /// On no path that leads here.
    No,
    /// On some paths.
    Maybe,
    /// On every path.
    Yes,
}

/// The state at the place that is being checked, and what changed since the open branches began.
#[derive(Debug)]
pub(super) struct Flow {
    states: Vec<Assigned>,
    /// Each change: the symbol and its state before.
    log: Vec<(Symbol, Assigned)>,
    /// Whether the place can be reached.
    pub(super) reachable: bool,
    /// Whether every run comes to the place, unless it fails before: no condition of the program guards it.
    pub(super) certain: bool,
    /// How many statements that leave what is around them were met.
    leaving: usize,
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
    pub(super) fn new(names: usize) -> Self {
        Self {
            states: vec![Assigned::No; names],
            log: Vec::new(),
            reachable: true,
            certain: true,
            leaving: 0,
        }
    }

    /// The state of a name.
    pub(super) fn state(&self, symbol: Symbol) -> Assigned {
        self.states.get(symbol.0 as usize).copied().unwrap_or(Assigned::No)
    }

    /// Sets the state of a name.
    pub(super) fn set(&mut self, symbol: Symbol, state: Assigned) {
        if let Some(place) = self.states.get_mut(symbol.0 as usize)
            && *place != state
        {
            self.log.push((symbol, *place));
            *place = state;
        }
    }

    /// Begins a branch, which some runs do not come to.
    pub(super) fn fork(&mut self) -> Fork {
        let certain = std::mem::replace(&mut self.certain, false);
        Fork {
            log: self.log.len(),
            reachable: self.reachable,
            certain,
            leaving: self.leaving,
        }
    }

    /// Leaves what is around, by `return`, `throw`, `break` or `continue`.
    pub(super) fn leave(&mut self) {
        self.reachable = false;
        self.certain = false;
        self.leaving += 1;
    }

    /// Ends a branch: takes back what it changed.
    pub(super) fn end(&mut self, fork: Fork) -> Branch {
        count(Work::Checked, self.log.len().saturating_sub(fork.log));
        let falls_through = self.reachable;
        self.reachable = fork.reachable;
        self.certain = fork.certain && self.leaving == fork.leaving;
        let mut changed = Vec::new();
        while self.log.len() > fork.log {
            let Some((symbol, before)) = self.log.pop() else {
                break;
            };
            if let Some(place) = self.states.get_mut(symbol.0 as usize) {
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
        changes.sort_unstable_by_key(|(symbol, _)| symbol.0);
        for (symbol, paths) in changes {
            let after = if falling > 0 && paths.sure == falling {
                Assigned::Yes
            } else {
                self.state(symbol).max(Assigned::Maybe)
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

/// For each loop of a program, the names that are set inside it.
#[derive(Debug, Default)]
pub(super) struct LoopNames {
    /// The names set, in the order of the source.
    set: Vec<Symbol>,
    loops: HashMap<u32, Range<usize>>,
}

impl LoopNames {
    /// Looks a program over.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut names = Self::default();
        let has_loops = tree
            .statements
            .iter()
            .any(|statement| matches!(statement.kind, StatementKind::While { .. } | StatementKind::For { .. }));
        if has_loops {
            for &statement in tree.statement_list(tree.root) {
                names.statement(tree, statement);
            }
        }
        names
    }

    /// The names that a loop sets.
    pub(super) fn set_in(&self, id: StatementId) -> &[Symbol] {
        self.loops
            .get(&id.0)
            .and_then(|range| self.set.get(range.clone()))
            .unwrap_or(&[])
    }

    fn statement(&mut self, tree: &Tree, id: StatementId) {
        let start = self.set.len();
        match tree.statement(id).kind {
            StatementKind::Import | StatementKind::Break | StatementKind::Continue => {}
            StatementKind::Declare(declaration) => self.declaration(tree, declaration),
            StatementKind::Expression(value) | StatementKind::Return(value) | StatementKind::Throw(value) => {
                self.expr(tree, value);
            }
            StatementKind::Block(statements) => {
                for &statement in tree.statement_list(statements) {
                    self.statement(tree, statement);
                }
            }
            StatementKind::If { arms, otherwise } => {
                for arm in tree.ifs(arms) {
                    self.expr(tree, arm.condition);
                    self.statement(tree, arm.body);
                }
                if let Some(otherwise) = otherwise {
                    self.statement(tree, otherwise);
                }
            }
            StatementKind::While { condition, body } => {
                self.expr(tree, condition);
                self.statement(tree, body);
                self.loops.insert(id.0, start..self.set.len());
            }
            StatementKind::For {
                init,
                condition,
                update,
                body,
            } => {
                match init {
                    ForInit::None => {}
                    ForInit::Declare(declaration) => self.declaration(tree, declaration),
                    ForInit::Expression(value) => self.expr(tree, value),
                }
                let start = self.set.len();
                if let Some(condition) = condition {
                    self.expr(tree, condition);
                }
                if let Some(update) = update {
                    self.expr(tree, update);
                }
                self.statement(tree, body);
                self.loops.insert(id.0, start..self.set.len());
            }
        }
    }

    fn declaration(&mut self, tree: &Tree, declaration: Declaration) {
        for declarator in tree.declarators(declaration.declarators) {
            declarator.value.into_iter().for_each(|value| self.expr(tree, value));
            self.set.push(declarator.name);
        }
    }

    fn expr(&mut self, tree: &Tree, id: ExprId) {
        count(Work::Checked, 1);
        match tree.expr(id).kind {
            ExprKind::Literal(_) | ExprKind::Name(_) => {}
            ExprKind::Unary { operand, .. } => self.expr(tree, operand),
            ExprKind::Chain { first, links } => {
                self.expr(tree, first);
                tree.links(links).iter().for_each(|link| self.expr(tree, link.operand));
            }
            ExprKind::Conditional { arms, otherwise } => {
                for arm in tree.conditionals(arms) {
                    self.expr(tree, arm.condition);
                    self.expr(tree, arm.then);
                }
                self.expr(tree, otherwise);
            }
            ExprKind::Assign { name, value, .. } => {
                self.expr(tree, value);
                self.set.push(name);
            }
            ExprKind::AssignElement { index, value, .. } => {
                self.expr(tree, index);
                self.expr(tree, value);
            }
            ExprKind::Postfix { base, steps } => {
                self.expr(tree, base);
                for step in tree.steps(steps) {
                    match step.kind {
                        StepKind::Index(index) => self.expr(tree, index),
                        StepKind::Field { .. } => {}
                        StepKind::Call { arguments, .. } => {
                            tree.expr_list(arguments)
                                .iter()
                                .for_each(|&argument| self.expr(tree, argument));
                        }
                    }
                }
            }
            ExprKind::BareCall { arguments, .. } | ExprKind::New { arguments, .. } => {
                tree.expr_list(arguments)
                    .iter()
                    .for_each(|&argument| self.expr(tree, argument));
            }
            ExprKind::NewArray { length, .. } => self.expr(tree, length),
            ExprKind::ArrayLiteral { items, .. } => {
                tree.expr_list(items).iter().for_each(|&item| self.expr(tree, item));
            }
        }
    }
}
