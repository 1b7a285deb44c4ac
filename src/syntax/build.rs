//! Reads the tokens of the grammar and builds the tree. What the grammar leaves open is settled here: precedence, what may be assigned to,
//! reserved words, the `;` that only a bare expression may leave out.

use std::cell::Cell;
use std::hash::{BuildHasher, Hasher};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::ast::{
    Case, ConditionalArm, Declarator, Expr, ExprId, ExprKind, IfArm, Link, Statement, StatementId, StatementKind, Step,
    Symbol, TextId, Tree,
};
use super::grammar::{Part, Token};
use super::header;
use super::mistake;
use super::refusal::{self, reserved_word};
use super::reserved::{self, Reserved};
use super::scan;
use crate::advice::Advice;
use crate::diagnostic::{Code, Diagnostic};
use crate::operator::Unary;
use crate::source::Span;
use crate::spare::{Spare, spare};
use crate::work::{Work, count, is_stopped};

/// What is wrong with a program: boxed, as every result of the builder has room for it, and a level of nesting some of these.
pub(super) type Refused = Box<Diagnostic>;

/// The tree so far.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) tree: Box<Tree>,
    /// Room for the tokens of the program.
    pub(super) tokens: Vec<Token>,
    symbols: HashTable<Symbol>,
    /// Seeded anew for each program, so that no source can choose names that collide. What is found does not depend on it.
    hashing: foldhash::fast::RandomState,
    // What lists under way hold so far: a list begins where another one, outside of it, was interrupted.
    pub(super) exprs: Vec<ExprId>,
    pub(super) statements: Vec<StatementId>,
    pub(super) prefixes: Vec<(Unary, u32)>,
    pub(super) steps: Vec<Step>,
    pub(super) links: Vec<Link>,
    pub(super) conditionals: Vec<ConditionalArm>,
    pub(super) cases: Vec<Case>,
    pub(super) ifs: Vec<IfArm>,
    pub(super) declarators: Vec<Declarator>,
    /// What to write instead of what is refused.
    pub(super) advice: Advice,
    /// Where a `;` was left out at the end of the text.
    pub(super) missing_semicolon: Option<u32>,
}

spare! {
    Builder {
        tree, tokens, symbols, exprs, statements, prefixes, steps, links, conditionals, cases, ifs, declarators;
        hashing = foldhash::fast::RandomState::default(), advice = Advice::default(), missing_semicolon = None
    }
}

impl Builder {
    /// The tree of a parsed program.
    pub(super) fn build(&mut self, program: Part<'_>) -> Result<Box<Tree>, Refused> {
        let end = program.text().trim_end().len() as u32;
        self.tree = Tree::spare();
        self.reserve(program.inside_count());
        let root = self.program(program)?;
        if let (Some(at), true) = (self.missing_semicolon, root.len() > 1) {
            return Err(missing_semicolon(program.source(), at.min(end) as usize));
        }
        self.tree.root = root;
        Ok(std::mem::take(&mut self.tree))
    }

    /// Makes room for the nodes of a program of so many parts: an operand takes two or three, an operator one.
    fn reserve(&mut self, parts: usize) {
        self.tree.exprs.reserve(parts / 2 + 2);
        self.tree.links.reserve(parts / 8);
        self.tree.statements.reserve(parts / 12 + 1);
        self.tree.names.reserve(parts / 8 + 1);
        self.symbols.reserve(parts / 8 + 1, |_| 0);
    }

    /// Stops the walk where the host stops the compilation.
    pub(super) fn go_on(&self) -> Result<(), Refused> {
        match is_stopped() {
            false => Ok(()),
            true => Err(stopped()),
        }
    }

    pub(super) fn expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        count(Work::Built, 1);
        self.tree.exprs.push(Expr { kind, span })
    }

    pub(super) fn push_statement(&mut self, kind: StatementKind, span: Span) -> StatementId {
        count(Work::Built, 1);
        self.tree.statements.push(Statement { kind, span })
    }

    pub(super) fn text(&mut self, text: String) -> TextId {
        self.tree.texts.push(text.into())
    }

    /// The symbol of a name that must not be reserved.
    pub(super) fn name(&mut self, part: Part<'_>) -> Result<Symbol, Refused> {
        match reserved::reserved(part.text()) {
            None => Ok(self.symbol(part.text())),
            Some(kind) => Err(reserved_name(self.advice, part, kind)),
        }
    }

    /// The symbol of a name that may also be one of the types that are reserved words, such as `int`.
    pub(super) fn type_name(&mut self, part: Part<'_>) -> Result<Symbol, Refused> {
        match reserved::reserved(part.text()) {
            None | Some(Reserved::Type) => Ok(self.symbol(part.text())),
            Some(kind) => Err(reserved_name(self.advice, part, kind)),
        }
    }

    pub(super) fn symbol(&mut self, name: &str) -> Symbol {
        let hash = |name: &str| {
            let mut hasher = self.hashing.build_hasher();
            hasher.write(name.as_bytes());
            hasher.finish()
        };
        let names = &self.tree.names;
        let compared = Cell::new(0);
        let known = |symbol: &Symbol| {
            compared.set(compared.get() + 1);
            names.get(*symbol).is_some_and(|known| **known == *name)
        };
        let rehash = |symbol: &Symbol| names.get(*symbol).map_or(0, |name| hash(name));
        let entry = self.symbols.entry(hash(name), known, rehash);
        // With one seed or another two names fall together: that is chance, and not what a source can bring about.
        count(Work::Built, compared.get().max(2));
        match entry {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let symbol = self.tree.names.push(name.into());
                place.insert(symbol);
                symbol
            }
        }
    }
}

#[cold]
fn stopped() -> Refused {
    super::stopped::stopped().into()
}

#[cold]
pub(super) fn missing_semicolon(source: &str, at: usize) -> Refused {
    refusal::missing_semicolon(source, at).into()
}

/// Something else than what is written, in words.
#[cold]
pub(super) fn unexpected(span: Span, message: impl Into<String>) -> Refused {
    Diagnostic::error(Code::UnexpectedToken, span, message).into()
}

/// A grammar that gives other parts than the builder reads.
#[cold]
pub(super) fn unexpected_part(part: Part<'_>) -> Refused {
    let message = format!("the grammar gave a part of kind {:?} here", part.rule());
    let error = Diagnostic::error(Code::Internal, part.span(), message);
    error
        .with_help("this is a defect of selvedge; please report it with the program")
        .into()
}

/// A reserved word that the grammar took for a name.
#[cold]
fn reserved_name(advice: Advice, part: Part<'_>, kind: Reserved) -> Refused {
    let (word, at) = (part.text(), part.span().start as usize);
    let source = part.source();
    let rest = source.get(at + word.len()..).unwrap_or("").trim_start();
    let place = || scan::Place::of(advice, source, at);
    let error = match word {
        "if" | "while" | "for" => header::header(&place(), word).or_else(|| called_if(advice, part, kind)),
        "throw" if rest.is_empty() || rest.starts_with([';', '}']) => {
            let error = Diagnostic::error(Code::ReservedWord, part.span(), "`throw` has no value");
            Some(error.with_help("write what went wrong, such as `throw 'no rows';`"))
        }
        "return" | "throw" if !is_empty_call(rest) && is_unended(source, at, rest) => {
            let end = scan::code_before(source, source.len()).0.len();
            Some(refusal::missing_semicolon(source, end))
        }
        "return" | "throw" if is_empty_call(rest) => {
            let close = source.len() - rest.len() + rest.find(')').unwrap_or(0);
            Some(mistake::unexpected(&scan::Place::of(advice, source, close)))
        }
        "return" => super::foreign::returned(advice, source, at + word.len(), part.span()),
        "else" if rest.is_empty() || rest.starts_with('}') => {
            let of_head = header::in_statement(&place());
            of_head.or_else(|| Some(header::missing_body(word, at, word.len())))
        }
        "break" | "continue" if rest.is_empty() || rest.starts_with('}') || begins_line(source, at + word.len()) => {
            Some(refusal::missing_semicolon(source, at + word.len()))
        }
        _ if kind == Reserved::Type && (rest.starts_with('[') || source.get(..at).is_some_and(is_made)) => {
            let help = format!("write `new {word}[10]` for a length, or `new {word}[]{{…}}` with the elements");
            Some(reserved_word(advice, word, kind, part.span()).with_help(help))
        }
        _ if kind == Reserved::Type => {
            // `isinstance(n, int)`
            let of_call = super::foreign::call(&place());
            of_call.or_else(|| super::foreign::converted(advice, source, part.span()))
        }
        _ => None,
    };
    error
        .unwrap_or_else(|| reserved_word(advice, word, kind, part.span()))
        .into()
}

/// Whether another word begins a line behind a place.
fn begins_line(source: &str, at: usize) -> bool {
    let behind = source.get(at..).unwrap_or("");
    let rest = behind.trim_start();
    let space = behind.len() - rest.len();
    behind.get(..space).is_some_and(|space| space.contains(['\n', '\r'])) && !scan::word_at(rest).is_empty()
}

/// Whether a text begins with brackets that hold nothing.
fn is_empty_call(text: &str) -> bool {
    let inside = text.strip_prefix('(').map(str::trim_start);
    inside.is_some_and(|inside| inside.starts_with(')'))
}

/// Whether the jump at a place is the last statement, with a value in brackets behind it, and its `;` is missing: it was read as a call.
fn is_unended(source: &str, at: usize, rest: &str) -> bool {
    let before = source.get(..at).unwrap_or("");
    rest.starts_with(['(', '[']) && scan::statement_start(before) == before.len() && !rest.contains([';', '{'])
}

/// `if(n > 1, 'a', 'b')` of SQL and spreadsheets.
fn called_if(advice: Advice, part: Part<'_>, kind: Reserved) -> Option<Diagnostic> {
    let help = "write `condition ? value : other`";
    (part.text() == "if").then(|| reserved_word(advice, "if", kind, part.span()).with_help(help))
}

/// Whether a text ends with `new`.
fn is_made(before: &str) -> bool {
    super::scan::word_before(before.trim_end()).0 == "new"
}
