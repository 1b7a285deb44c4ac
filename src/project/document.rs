//! What a JSON or YAML file holds, by its shape and by `selvedge.toml`: a workflow, parameters, or texts some of which are
//! expressions.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};

use super::definitions;
use super::engines::Engines;
use super::finding::{CheckedFile, Finding};
use super::rules::Rule;
use super::shape::{EXPRESSION_MARK, Shape, has_mark, is_expression, shape};
use super::signals::Signals;
use super::source;
use super::time::Time;
use super::tree::{self, Leaf, Step};
use crate::diagnostic::{Code, Diagnostic};
use crate::host::Interrupt;
use crate::params::ParameterSet;
use crate::schema::Schema;
use crate::source::Span;
use crate::types::Type;
use crate::workflow::{Beside, Defaults};

/// How many keys are looked at, to say of a name that it is unknown, and how many such names are looked for in the file.
const MAX_NAMES: usize = 10_000;
const MAX_SCANS: usize = 100;

/// A file, and what it is checked with.
pub(crate) struct Document<'d> {
    pub(crate) engines: &'d Engines,
    pub(crate) rule: Option<&'d Rule>,
    /// What expressions may read beside the parameters of the file.
    pub(crate) schema: Option<&'d Schema>,
    pub(crate) signals: &'d Signals,
    pub(crate) defaults: &'d Defaults,
    pub(crate) beside: &'d Beside,
    pub(crate) is_json: bool,
    pub(crate) time: &'d Time,
    /// Whether the user named the file, so that it has to be a document.
    pub(crate) is_named: bool,
}

impl Document<'_> {
    /// Fills in what is found.
    pub(crate) fn check(&self, checked: &mut CheckedFile) {
        let leaves = match tree::leaves_until(&checked.text, self.is_json, &|| self.time.is_over_soon()) {
            Ok(leaves) => leaves,
            Err(_) if self.time.is_over() => return,
            Err((at, message)) => {
                let finding = self.unreadable(at, message, &checked.text);
                checked.extend([finding]);
                return;
            }
        };
        let text = checked.text.as_str();
        let kind = self.rule.and_then(|rule| rule.kind);
        let shape = kind.map_or_else(|| shape(&leaves), Shape::from);
        let file = |engine| definitions::File {
            engine,
            signals: self.signals,
            defaults: self.defaults,
            beside: self.beside,
            around: self.schema,
            text,
            is_json: self.is_json,
            interrupt: &self.time.interrupt,
        };
        let marked = shape == Shape::Texts;
        let found = match shape {
            Shape::Workflow => Some(file(&self.engines.plain).workflow()),
            Shape::Parameters(paths) => Some(file(&self.engines.parameters).parameters(&paths)),
            Shape::Texts => None,
        };
        if let Some(found) = found {
            let scans = Cell::new(MAX_SCANS);
            let is_missing = |file: &str, name: &str| {
                let left = scans.get();
                scans.set(left.saturating_sub(1));
                left > 0 && !self.time.is_over() && !is_key(file, name)
            };
            checked.expressions = found.expressions;
            let problems = found.reported(|name| is_missing(text, name));
            let mut places = definitions::Places::of(text, &leaves);
            // Where expressions are told of, to be told of once.
            let (mut reported, mut is_structural) = (Vec::new(), false);
            let mut findings = Vec::new();
            for problem in &problems {
                if self.time.is_over_soon() {
                    return;
                }
                let finding = places.finding(problem);
                let is_text = problem.expression().is_some();
                // That it is not a text says what is wrong with an expression.
                if is_text || problem.code() == Code::DefinitionShape {
                    reported.push(finding.diagnostic.span.start as usize);
                }
                // That more names are unknown than are told says nothing of the structure.
                let is_name = problem.code() == Code::UnknownName;
                is_structural |= !is_text && !is_name && problem.diagnostic().is_error();
                findings.push(finding);
            }
            checked.extend(findings);
            if is_structural {
                reported.sort_unstable();
                self.rest(checked, &leaves, &reported, is_missing);
            }
        }
        if let Some(rule) = self.rule {
            self.texts(checked, &leaves, rule, marked);
        }
        if !self.is_json {
            self.swallowed(checked, &leaves);
        }
    }

    fn unreadable(&self, at: usize, message: String, text: &str) -> Finding {
        let span = Span::new(at as u32, at as u32 + 1);
        let help = match self.is_json {
            true => None,
            false => syntax_help(text, &self.time.interrupt),
        };
        let diagnostic = match self.is_named || self.rule.is_some() || mentions_workflow(text) {
            true => Diagnostic::error(Code::DocumentSyntax, span, message),
            false => Diagnostic::warning(Code::DocumentSyntax, span, message),
        };
        let diagnostic = diagnostic.with_label("this file was not checked");
        Finding::of(match help {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        })
    }

    /// Checks what expressions say on their own that nothing was told of, where the structure around them is wrong: which functions they
    /// may use is not known then, and of names only that nothing in the file is called so.
    fn rest(
        &self,
        checked: &mut CheckedFile,
        leaves: &[Leaf],
        reported: &[usize],
        is_missing: impl Fn(&str, &str) -> bool,
    ) {
        let (names, mut met) = (self.names(leaves), HashSet::new());
        let is_reported = |leaf: &Leaf| {
            let next = reported.partition_point(|start| *start < leaf.scalar.place.start);
            reported.get(next).is_some_and(|start| *start < leaf.scalar.place.end)
        };
        let of_text = |file: &str, leaf: &Leaf, diagnostic: &Diagnostic| match diagnostic.code {
            Code::UnknownName => is_missing(file, diagnostic.span.of(&leaf.scalar.text)),
            Code::UnknownHostFunction | Code::UnknownField => false,
            _ => true,
        };
        let mut expressions = 0;
        for leaf in leaves.iter().filter(|leaf| is_expression(&leaf.path)) {
            if self.time.is_over_soon() {
                return;
            }
            if !met.insert(leaf.scalar.place.start) {
                continue;
            }
            expressions += 1;
            if !is_reported(leaf) {
                let mut found = source::check(&self.engines.plain, &names, &leaf.scalar.text, self.time);
                found.retain(|diagnostic| of_text(&checked.text, leaf, diagnostic));
                place(checked, leaf, found);
            }
        }
        checked.expressions = checked.expressions.max(expressions);
    }

    /// What expressions may read: what is given, and whatever a key of the file may name; anything where those are too many.
    fn names(&self, leaves: &[Leaf]) -> Schema {
        let mut names = self.schema.cloned().unwrap_or_default();
        let keys = leaves.iter().flat_map(|leaf| &leaf.path).filter_map(|step| match step {
            Step::Key(key) => Some(&**key),
            Step::Index(_) => None,
        });
        let keys: HashSet<&str> = keys.collect();
        if keys.len() > MAX_NAMES {
            return Schema::open();
        }
        for key in keys {
            let name = key
                .trim_start_matches(EXPRESSION_MARK)
                .split(['<', '('])
                .next()
                .unwrap_or_default()
                .trim();
            if names.get(name).is_none() {
                // A key that no name is written as does no harm; `*` allows every name.
                names = names.with(name, Type::Any);
            }
        }
        names
    }

    /// Checks the texts that a rule says are expressions.
    fn texts(&self, checked: &mut CheckedFile, leaves: &[Leaf], rule: &Rule, marked: bool) {
        let open = Schema::open();
        let schema = self.schema.unwrap_or(&open);
        // A text that aliases repeat is one expression.
        let mut met = HashSet::new();
        for leaf in leaves {
            if self.time.is_over_soon() {
                return;
            }
            let is_marked = marked && rule.expression_keys && has_mark(&leaf.path);
            let is_expression = is_marked || rule.paths.iter().any(|pattern| pattern.matches(&leaf.path));
            if !is_expression || !met.insert(leaf.scalar.place.start) {
                continue;
            }
            checked.expressions += 1;
            let found = source::check(&self.engines.plain, schema, &leaf.scalar.text, self.time);
            place(checked, leaf, found);
        }
    }

    /// Says where a comment goes on to the end of an expression whose lines YAML folds into one; what else is said of that
    /// expression comes of it.
    fn swallowed(&self, checked: &mut CheckedFile, leaves: &[Leaf]) {
        // By its place: an expression that aliases repeat is one, with the last of its paths.
        let mut found: BTreeMap<usize, (usize, Finding)> = BTreeMap::new();
        for leaf in leaves.iter().filter(|leaf| is_expression(&leaf.path)) {
            if self.time.is_over_soon() {
                return;
            }
            let Some(comment) = leaf.scalar.swallowing_comment(&checked.text) else {
                continue;
            };
            let message = "the comment hides the rest of the expression: YAML folds its lines into one";
            let error = Diagnostic::error(Code::DefinitionShape, comment, message)
                .with_label("the comment starts here")
                .with_help("put the expression behind `|`, which keeps its lines");
            let path = tree::path_text(&leaf.path);
            let finding = Finding {
                path,
                ..Finding::of(error)
            };
            found.insert(leaf.scalar.place.start, (leaf.scalar.place.end, finding));
        }
        checked.remove(|finding| {
            let at = finding.diagnostic.span.start as usize;
            let before = found.range(..=at).next_back();
            before.is_some_and(|(_, (end, _))| at < *end)
        });
        checked.extend(found.into_values().map(|(_, finding)| finding));
    }
}

/// Whether a name may be known: as a key of a file, whatever it holds, or as a parameter of a step or signal.
fn is_key(file: &str, name: &str) -> bool {
    let is_of_key = |next: char| next.is_alphanumeric() || "<>()_'\" ".contains(next);
    let is_part = |next: char| next.is_alphanumeric() || next == '_';
    // Where what the last of the places stands in ends: the next one may stand in it too.
    let mut end = 0;
    let ends = |(at, _): (usize, &str)| {
        let behind = at + name.len();
        let is_word = !file.get(..at).is_some_and(|before| before.ends_with(is_part))
            && !file.get(behind..).is_some_and(|rest| rest.starts_with(is_part));
        if !is_word {
            return false;
        }
        if behind >= end {
            let rest = file.get(behind..).unwrap_or_default();
            end = file.len() - rest.trim_start_matches(is_of_key).len();
        }
        // What is written as a list may have been meant as keys: `params: [n]`.
        let is_listed = file.get(..at).is_some_and(|before| before.ends_with('['))
            || file.get(behind..).is_some_and(|rest| rest.starts_with(']'));
        is_listed || file.get(end..).is_some_and(|rest| rest.starts_with(':'))
    };
    name.contains("__") || file.match_indices(name).take(MAX_NAMES).any(ends)
}

/// Adds what was found in a text, at its places in the file.
fn place(checked: &mut CheckedFile, leaf: &Leaf, found: Vec<Diagnostic>) {
    if found.is_empty() {
        return;
    }
    let path = tree::path_text(&leaf.path);
    let map = leaf.scalar.map(&checked.text);
    let placed = |diagnostic| definitions::placed(diagnostic, map.as_ref(), &leaf.scalar, path.clone());
    checked.extend(found.into_iter().map(placed));
}

/// What to do about a text that is not YAML.
fn syntax_help(text: &str, interrupt: &Interrupt) -> Option<String> {
    let refused = ParameterSet::from_yaml_with(text, interrupt).err()?;
    let [problem] = refused.problems() else { return None };
    problem
        .help()
        .filter(|_| problem.code() == Code::DocumentSyntax)
        .map(str::to_owned)
}

/// Whether a text that is not a document may have been meant as a workflow's definition.
fn mentions_workflow(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["workflow:", "\"workflow\""].iter().any(|key| text.contains(key))
}
