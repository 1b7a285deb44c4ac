//! A candidate as a tree: what it is made of, how it is written, and what is smaller than it.

use std::collections::BTreeMap;

use selvedge::Type;
use serde::{Deserialize, Serialize};

use super::candidate::Way;
use super::node::{Node, Sort};
use super::parameter::Parameter;
use super::random::Random;

/// The longest source that is written.
pub(crate) const MOST_SOURCE: usize = 9_800;
/// The longest document.
const MOST_DOCUMENT: usize = 60_000;

/// What a genome is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Shape {
    /// A program that does its body again and again.
    #[default]
    Loop,
    /// A program that does its body once.
    Once,
    /// A set of parameters.
    Set,
    /// A set of parameters that is planned, and not evaluated.
    Plan,
    /// A definition of a workflow.
    Workflow,
}

impl Shape {
    /// Whether it is a program.
    pub(crate) fn is_program(self) -> bool {
        matches!(self, Self::Loop | Self::Once)
    }

    /// What the parts of the body are.
    pub(crate) fn part(self, random: &mut Random) -> Sort {
        match self {
            Self::Loop | Self::Once => Sort::Statement,
            Self::Set | Self::Plan => Sort::Definition,
            Self::Workflow if random.chance(30) => Sort::Definition,
            Self::Workflow => Sort::Step,
        }
    }
}

/// A program and its parameters, as a tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Genome {
    pub(crate) shape: Shape,
    #[serde(default)]
    pub(crate) way: Way,
    /// Statements, definitions or steps.
    pub(crate) body: Vec<Node>,
    /// What the locals are before, by name; those that are not read are not written.
    pub(crate) setup: BTreeMap<String, Node>,
    pub(crate) parameters: BTreeMap<String, Parameter>,
}

impl Genome {
    /// Writes the source.
    pub(crate) fn source(&self) -> String {
        match self.shape {
            Shape::Loop => {
                let body = self.parts(Sort::Statement, MOST_SOURCE);
                format!("{}while(true){{{body}}}", self.setup_of(&body))
            }
            Shape::Once => {
                let body = self.parts(Sort::Statement, MOST_SOURCE);
                self.setup_of(&body) + &body
            }
            Shape::Set | Shape::Plan => format!(
                "{{\"z\":{{\"value\":1}}{}}}",
                self.parts(Sort::Definition, MOST_DOCUMENT)
            ),
            Shape::Workflow => {
                let params = self.parts(Sort::Definition, MOST_DOCUMENT);
                let steps = self.parts(Sort::Step, MOST_DOCUMENT);
                let first = r#"{"step":{"id":"first","type":"t"}}"#;
                format!(
                    r#"{{"workflow":{{"id":"w","params":{{"z":{{"value":1}}{params}}},"steps":[{first}{steps}]}}}}"#
                )
            }
        }
    }

    /// The parts of a sort, one after the other.
    fn parts(&self, sort: Sort, most: usize) -> String {
        let (mut out, mut counter) = (String::new(), 0);
        for node in self.body.iter().filter(|node| node.sort == sort) {
            node.write(&mut out, most, &mut counter);
        }
        out
    }

    /// The parameters that a source reads.
    pub(crate) fn read_parameters(&self, source: &str) -> BTreeMap<String, Parameter> {
        let mut read = self.parameters.clone();
        read.retain(|name, _| mentions(source, name) || source.contains(&format!("'{name}'")));
        read.extend(wide_names(source).map(|name| (name, Parameter::Long { of: 1 })));
        read.insert(
            "e".to_owned(),
            Parameter::Text {
                of: String::new(),
                times: 0,
            },
        );
        read
    }

    /// The setup of the locals that a source reads, those first that others read.
    fn setup_of(&self, body: &str) -> String {
        let mut wanted: Vec<&str> = Vec::new();
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for (name, node) in &self.setup {
            let mut text = String::new();
            node.print(&mut text, MOST_SOURCE);
            texts.insert(name, text);
        }
        let mut queue = vec![body.to_owned()];
        while let Some(text) = queue.pop() {
            for (name, setup) in &texts {
                if !wanted.contains(name) && mentions(&text, name) {
                    wanted.push(name);
                    queue.push(setup.clone());
                }
            }
        }
        // A local that another's setup reads comes first; of those that read each other some order is taken.
        let mut written: Vec<&str> = Vec::new();
        let mut out = String::new();
        for _ in 0..wanted.len() {
            let free = wanted.iter().find(|name| {
                let reads = |other: &&str| *other != **name && mentions(&texts[**name], other);
                !written.contains(*name) && !wanted.iter().any(|other| reads(other) && !written.contains(other))
            });
            let next = free.or_else(|| wanted.iter().find(|name| !written.contains(*name)));
            if let Some(name) = next {
                out.push_str(&texts[*name]);
                written.push(name);
            }
        }
        out
    }

    /// Halves everything that is repeated.
    pub(crate) fn halve(&mut self) {
        fn halve(node: &mut Node) {
            node.times = node.times.div_ceil(2);
            node.holes.iter_mut().for_each(halve);
        }
        self.body.iter_mut().chain(self.setup.values_mut()).for_each(halve);
        self.parameters.values_mut().for_each(Parameter::halve);
    }

    /// Doubles what is repeated already, and the parameters.
    pub(crate) fn double(&mut self) {
        fn double(node: &mut Node) {
            if node.times > 1 {
                node.times = (node.times * 2).min(5_000);
            }
            node.holes.iter_mut().for_each(double);
        }
        self.body.iter_mut().chain(self.setup.values_mut()).for_each(double);
        self.parameters.values_mut().for_each(Parameter::double);
    }

    /// The same with one part less, or with a simpler one, each.
    pub(crate) fn smaller(&self) -> Vec<Self> {
        let mut smaller = Vec::new();
        for at in 0..self.body.len() {
            if self.body.len() > 1 {
                let mut fewer = self.clone();
                fewer.body.remove(at);
                smaller.push(fewer);
            }
            for node in smaller_nodes(&self.body[at]) {
                let mut changed = self.clone();
                changed.body[at] = node;
                smaller.push(changed);
            }
        }
        let source = self.source();
        for (name, node) in &self.setup {
            if mentions(&source, name) {
                for node in smaller_nodes(node) {
                    let mut changed = self.clone();
                    changed.setup.insert(name.clone(), node);
                    smaller.push(changed);
                }
            }
        }
        smaller
    }

    /// Calls a function for each node.
    pub(crate) fn each(&self, visit: &mut impl FnMut(&Node)) {
        self.body.iter().for_each(|node| node.each(visit));
        let source = self.source();
        for (name, node) in &self.setup {
            if mentions(&source, name) {
                node.each(visit);
            }
        }
    }
}

/// A node with one part less, or with a simpler one, each.
fn smaller_nodes(root: &Node) -> Vec<Node> {
    let mut smaller = Vec::new();
    let mut with = |place: usize, change: &mut dyn FnMut(&mut Node)| {
        let mut changed = root.clone();
        if let Some(node) = changed.get_mut(place) {
            change(node);
        }
        smaller.push(changed);
    };
    for place in 0..root.count() {
        let Some(node) = root.get(place) else { continue };
        if node.times > 1 {
            with(place, &mut |node| node.times = 1);
        }
        let inner = (1..node.count())
            .filter_map(|place| node.get(place))
            .find(|inner| inner.sort == node.sort);
        if let Some(inner) = inner {
            with(place, &mut |node| *node = inner.clone());
        }
        if let Some(fixed) = node.fixed_holes() {
            let further = node.holes.len().saturating_sub(fixed);
            if further > 1 {
                (fixed..node.holes.len()).for_each(|at| {
                    with(place, &mut |node| {
                        node.holes.remove(at);
                    });
                });
            }
        }
        if let (Some(plain), false) = (plain(node.sort), node.holes.is_empty()) {
            with(place, &mut |node| {
                plain.clone_into(&mut node.form);
                node.holes.clear();
            });
        }
    }
    smaller
}

/// The simplest expression of a sort.
fn plain(sort: Sort) -> Option<&'static str> {
    Some(match sort {
        Sort::Value(Type::Long) => "1",
        Sort::Value(Type::Double) => "1.0",
        Sort::Value(Type::Boolean) => "false",
        Sort::Value(Type::String) | Sort::Text(_) => "'a'",
        Sort::Value(Type::LongArray) => "la",
        Sort::Value(Type::Map) => "m",
        _ => return None,
    })
}

/// The names `w0`, `w1`, … that a source reads: there may be as many as it is long.
fn wide_names(source: &str) -> impl Iterator<Item = String> {
    let words = source.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
    words
        .filter(|word| word.strip_prefix('w').is_some_and(|index| index.parse::<u32>().is_ok()))
        .map(str::to_owned)
}

/// Whether a source holds a name as a word.
pub(crate) fn mentions(source: &str, name: &str) -> bool {
    let word = |sign: char| sign.is_alphanumeric() || sign == '_';
    source.match_indices(name).any(|(at, _)| {
        let before = source[..at].chars().next_back();
        let after = source[at + name.len()..].chars().next();
        !before.is_some_and(|sign| word(sign) || sign == '\'') && !after.is_some_and(word)
    })
}
