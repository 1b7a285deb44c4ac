//! Definitions of workflows and parameters: their problems, at their places in the file.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value as Json;

use super::finding::{Change, Finding};
use super::scalar::{PlaceMap, Scalar};
use super::signals::Signals;
use super::tree::Leaf;
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::Engine;
use crate::host::Interrupt;
use crate::params::{Body, ParameterSet, Problem, SetLimits, Template};
use crate::schema::Schema;
use crate::source::{LineIndex, Span};
use crate::workflow::{Attribute, Beside, Blueprint, Defaults, Step, StepKind, When, Workflow};

/// The outcome of checking definitions.
#[derive(Default)]
pub(crate) struct Definitions {
    pub(crate) expressions: usize,
    /// What is wrong with them as data.
    pub(crate) as_data: Vec<Problem>,
    /// What is wrong with what they say, as far as they can be read.
    pub(crate) problems: Vec<Problem>,
}

/// A file of definitions, and what it is checked with.
pub(crate) struct File<'f> {
    pub(crate) engine: &'f Engine,
    pub(crate) signals: &'f Signals,
    pub(crate) defaults: &'f Defaults,
    pub(crate) beside: &'f Beside,
    /// Parameters that are there beside those of the file.
    pub(crate) around: Option<&'f Schema>,
    pub(crate) text: &'f str,
    pub(crate) is_json: bool,
    pub(crate) interrupt: &'f Interrupt,
}

impl File<'_> {
    /// Checks a workflow's definition.
    pub(crate) fn workflow(&self) -> Definitions {
        let read = match self.is_json {
            true => Workflow::recover_json(self.text, self.interrupt),
            false => Workflow::recover_yaml(self.text, self.interrupt),
        };
        let as_data = read.problems;
        let Some(workflow) = read.definitions else {
            return Definitions {
                as_data,
                ..Definitions::default()
            };
        };
        let own = set_expressions(workflow.params()) + attribute_expressions(workflow.attributes());
        let expressions = own + workflow.steps().iter().map(step_expressions).sum::<usize>();
        let builder = self.signals.declare(Blueprint::builder(workflow));
        let builder = builder.defaults(self.defaults.clone());
        let builder = match self.around {
            Some(around) => builder.surroundings(around.clone()),
            None => builder,
        };
        let built = builder.beside(self.beside).build_with(self.engine, self.interrupt);
        let problems = built.map_or_else(Vec::from, |blueprint| blueprint.warnings().to_vec());
        Definitions {
            expressions,
            as_data,
            problems,
        }
    }

    /// Checks sets of parameters, each at a path of keys, within one budget; the empty path is the whole document.
    pub(crate) fn parameters(&self, paths: &[Vec<Rc<str>>]) -> Definitions {
        let paths: Vec<Vec<&str>> = paths
            .iter()
            .map(|path| path.iter().map(AsRef::as_ref).collect())
            .collect();
        let paths: Vec<&[&str]> = paths.iter().map(Vec::as_slice).collect();
        let read = match self.is_json {
            true => ParameterSet::recover_within_json(self.text, &paths, self.interrupt),
            false => ParameterSet::recover_within_yaml(self.text, &paths, self.interrupt),
        };
        let (mut as_data, mut sets) = (Vec::new(), Vec::new());
        for read in read {
            as_data.extend(read.problems);
            sets.extend(read.definitions);
        }
        let scope = self.signals.scope();
        let scope = match self.around {
            Some(around) => scope.with_types(around.clone()),
            None => scope,
        };
        let (limits, mut problems) = (SetLimits::of_plans(), Vec::new());
        for checked in ParameterSet::check_each(&sets, self.engine, &scope, &limits, self.interrupt) {
            problems.extend(checked.unwrap_or_else(Vec::from));
        }
        // That there are more is told of each set behind the last that is told.
        as_data.dedup();
        problems.dedup();
        Definitions {
            expressions: sets.iter().map(set_expressions).sum(),
            as_data,
            problems,
        }
    }
}

impl Definitions {
    /// All problems. Where the definitions are wrong as data, those of what they say are its expressions', without such as may come
    /// of what could not be read: names, for which `is_missing` says whether one stands nowhere in the file, and steps.
    pub(crate) fn reported(self, is_missing: impl Fn(&str) -> bool) -> Vec<Problem> {
        let mut reported = self.as_data;
        let is_whole = reported.iter().all(|problem| !problem.diagnostic().is_error());
        let stands = |problem: &Problem| match problem.code() {
            _ if is_whole => true,
            Code::UnknownName => problem
                .expression()
                .is_some_and(|text| is_missing(problem.diagnostic().span.of(text))),
            // In a text, and not the argument of a call, which asks for a parameter of a step.
            Code::UnknownParameter => problem.expression().is_some_and(|text| {
                let name = problem.diagnostic().span.of(text);
                !name.starts_with(['\'', '"']) && is_missing(name)
            }),
            Code::SkippedStep | Code::StepNotRun | Code::AmbiguousStep => false,
            // What the document's reader refused is an empty text.
            _ => problem.expression().is_some_and(|text| !text.is_empty()),
        };
        reported.extend(self.problems.into_iter().filter(stands));
        reported
    }
}

/// How many expressions a set has, and texts that refer to parameters.
fn set_expressions(set: &ParameterSet) -> usize {
    set.iter()
        .map(|(_, definition)| body_expressions(definition.body()))
        .sum()
}

fn body_expressions(body: &Body) -> usize {
    match body {
        Body::Expression(_) => 1,
        Body::Members(members) => set_expressions(members),
        Body::Literal(literal) => referring_texts(literal),
        _ => 0,
    }
}

/// How many there are in what is said beside parameters.
fn attribute_expressions(attributes: &[Attribute]) -> usize {
    let bodies = attributes.iter().map(|attribute| attribute.definition().body());
    bodies.map(body_expressions).sum()
}

fn referring_texts(literal: &Json) -> usize {
    match literal {
        Json::String(text) => usize::from(!Template::new(text).references().is_empty()),
        Json::Array(elements) => elements.iter().map(referring_texts).sum(),
        Json::Object(members) => members.values().map(referring_texts).sum(),
        _ => 0,
    }
}

fn step_expressions(step: &Step) -> usize {
    let conditions = step
        .transitions()
        .iter()
        .filter(|way| matches!(way.when(), When::If(_)))
        .count();
    let own = usize::from(matches!(step.kind(), StepKind::While { .. }));
    let inner: usize = step.inner().iter().map(step_expressions).sum();
    set_expressions(step.params()) + attribute_expressions(step.attributes()) + conditions + own + inner
}

/// The most texts after a problem's place that are searched for its expression as a part of them.
const MAX_SEARCHED: usize = 32;

/// The texts of a file by their places and by what they say, so that each of many problems is placed without a walk over all.
pub(crate) struct Places<'p> {
    file: &'p str,
    lines: LineIndex<'p>,
    /// In the order of the file.
    scalars: Vec<&'p Scalar>,
    /// For each text, which of the scalars say it, in order.
    by_text: HashMap<&'p str, Vec<usize>>,
    /// Where expressions were found: each by where it lies in memory, as problems of one text share it, and from which text on.
    found: HashMap<(*const str, usize), Option<(usize, usize)>>,
    /// The maps of the texts that problems lie in.
    maps: HashMap<usize, Option<PlaceMap>>,
}

impl<'p> Places<'p> {
    pub(crate) fn of(file: &'p str, leaves: &'p [Leaf]) -> Self {
        let mut scalars: Vec<&Scalar> = leaves.iter().map(|leaf| &leaf.scalar).collect();
        scalars.sort_by_key(|scalar| (scalar.place.end, scalar.place.start));
        let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, scalar) in scalars.iter().enumerate() {
            by_text.entry(scalar.text.as_str()).or_default().push(index);
        }
        Self {
            file,
            lines: LineIndex::new(file),
            scalars,
            by_text,
            found: HashMap::new(),
            maps: HashMap::new(),
        }
    }

    /// A problem as a finding: at its place inside the expression, where it lies in one, else at the value it is about.
    pub(crate) fn finding(&mut self, problem: &'p Problem) -> Finding {
        let at = problem
            .position()
            .map_or(0, |position| self.lines.offset(position) as usize);
        let after = self.scalars.partition_point(|scalar| scalar.place.end <= at);
        let diagnostic = problem.diagnostic().clone();
        let path = problem.path().to_owned();
        let file = self.file;
        let at_word = |diagnostic, path| Finding {
            path,
            ..Finding::of(at_value(diagnostic, word(file, at)))
        };
        let Some(expression) = problem.expression() else {
            return match self.scalars.get(after).filter(|scalar| scalar.place.start == at) {
                Some(scalar) => Finding {
                    path,
                    ..Finding::of(at_value(diagnostic, whole(scalar)))
                },
                None => at_word(diagnostic, path),
            };
        };
        let key = (std::ptr::from_ref(expression), after);
        let found = match self.found.get(&key) {
            Some(found) => *found,
            None => {
                let found = self.scalar_with(expression, after);
                self.found.insert(key, found);
                found
            }
        };
        let Some((index, begin)) = found else {
            return at_word(diagnostic, path);
        };
        let Some(&scalar) = self.scalars.get(index) else {
            return at_word(diagnostic, path);
        };
        let map = self.maps.entry(index).or_insert_with(|| scalar.map(file));
        placed(moved(diagnostic, begin), map.as_ref(), scalar, path)
    }

    /// The first text from one on that is an expression, else the nearest that holds it, and where it does.
    fn scalar_with(&self, expression: &str, after: usize) -> Option<(usize, usize)> {
        let same = self.by_text.get(expression).and_then(|list| {
            let next = list.partition_point(|index| *index < after);
            Some((*list.get(next)?, 0))
        });
        let part = || {
            let near = self.scalars.iter().enumerate().skip(after).take(MAX_SEARCHED);
            near.into_iter()
                .find_map(|(index, scalar)| Some((index, begin(&scalar.text, expression)?)))
        };
        same.or_else(part)
    }
}

/// Where an expression begins in a longer text: after the `IF` of a transition's sentence.
fn begin(text: &str, expression: &str) -> Option<usize> {
    let indent = text.len() - text.trim_start().len();
    let word = text
        .get(indent..indent + 2)
        .filter(|word| word.eq_ignore_ascii_case("if"));
    let skipped = indent + word.map_or(0, str::len);
    Some(skipped + text.get(skipped..)?.find(expression)?)
}

/// A diagnostic of a text at its place in the file.
pub(crate) fn placed(mut diagnostic: Diagnostic, map: Option<&PlaceMap>, scalar: &Scalar, path: String) -> Finding {
    let Some(map) = map else {
        let finding = Finding::of(at_value(diagnostic, whole(scalar)));
        return Finding { path, ..finding };
    };
    let change = Change::of(&diagnostic, scalar.place.start);
    diagnostic.span = map.span(diagnostic.span);
    // What would have to be escaped in the file is not suggested.
    let plain = |character: char| character.is_ascii_alphanumeric() || "_.".contains(character);
    let suggestion = diagnostic.suggestion.take();
    let suggestion = suggestion.filter(|suggestion| suggestion.replacement.chars().all(plain));
    diagnostic.suggestion = suggestion.map(|mut suggestion| {
        suggestion.span = map.span(suggestion.span);
        suggestion
    });
    Finding {
        change: change.filter(|_| diagnostic.suggestion.is_some()),
        diagnostic,
        path,
    }
}

/// A diagnostic of a text that begins further on in a longer one, such as the condition of a transition.
pub(crate) fn moved(mut diagnostic: Diagnostic, by: usize) -> Diagnostic {
    let moved = |span: Span| Span::new(span.start + by as u32, span.end + by as u32);
    diagnostic.span = moved(diagnostic.span);
    if let Some(suggestion) = &mut diagnostic.suggestion {
        suggestion.span = moved(suggestion.span);
    }
    diagnostic
}

/// A diagnostic at a value as a whole. What it suggests is meant for a part of it, which is not known.
fn at_value(mut diagnostic: Diagnostic, span: Span) -> Diagnostic {
    diagnostic.span = span;
    diagnostic.suggestion = None;
    diagnostic
}

fn whole(scalar: &Scalar) -> Span {
    Span::new(scalar.place.start as u32, scalar.place.end as u32)
}

/// The word at a place.
fn word(file: &str, at: usize) -> Span {
    let rest = file.get(at..).unwrap_or("");
    let inner = rest.trim_start_matches(['"', '\'']);
    let end = inner.find(|character: char| character.is_whitespace() || ":,\"'{}[]".contains(character));
    let width = (rest.len() - inner.len()) + end.unwrap_or(inner.len());
    Span::new(at as u32, (at + width.max(1)) as u32)
}
