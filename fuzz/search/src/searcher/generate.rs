//! Draws programs, sets, definitions of workflows, and their parameters.

use std::collections::BTreeMap;

use super::candidate::Way;
use super::forms::{Form, Forms, LOCALS, PARAMETERS};
use super::genome::{Genome, MOST_SOURCE, Shape, mentions};
use super::leaves::{content, has_leaf, leaf};
use super::node::{Node, Sort, TextKind};
use super::parameter::Parameter;
use super::random::Random;

/// Draws and changes genomes.
#[derive(Debug)]
pub(crate) struct Breeder {
    pub(crate) forms: Forms,
    pub(crate) random: Random,
}

impl Breeder {
    /// Starts from a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            forms: Forms::new(),
            random: Random::new(seed),
        }
    }

    /// Draws a genome.
    pub(crate) fn genome(&mut self) -> Genome {
        let shape = match self.random.below(20) {
            0 => Shape::Once,
            1 => Shape::Set,
            2 => Shape::Plan,
            3 | 4 => Shape::Workflow,
            _ => Shape::Loop,
        };
        let parts = self.random.pick(&[1, 1, 1, 1, 2, 3]) + if shape.is_program() { 0 } else { self.random.below(4) };
        // What does too much for nothing does so most plainly alone, again and again.
        let is_plain = shape == Shape::Loop && self.random.chance(20);
        let depth = if is_plain {
            1
        } else {
            self.random.pick(&[1, 2, 2, 3, 4])
        };
        let parts = if is_plain { 1 } else { parts };
        let mut body: Vec<Node> = (0..parts)
            .map(|_| {
                let part = shape.part(&mut self.random);
                self.node(part, depth)
            })
            .collect();
        if let (true, Some(only)) = (is_plain, body.first_mut()) {
            only.times = self.random.size(300);
        }
        let way = match shape.is_program() && self.random.chance(30) {
            true => self.random.pick(&Way::ALL),
            false => Way::Name,
        };
        self.with_parameters(shape, way, body)
    }

    /// Draws a program of one form alone, with small things in its holes.
    pub(crate) fn alone(&mut self, (sort, form): (Sort, usize), way: Way) -> Genome {
        let mut expression = self.node_of(sort, form, 1);
        self.put_off(&mut expression);
        let statement = Node {
            sort: Sort::Statement,
            form: "v=\u{1};".to_owned(),
            holes: vec![expression],
            times: 1,
        };
        self.with_parameters(Shape::Loop, way, vec![statement])
    }

    /// A genome with a body, and locals and parameters that are drawn.
    fn with_parameters(&mut self, shape: Shape, way: Way, body: Vec<Node>) -> Genome {
        let mut setup = BTreeMap::new();
        for (local, (name, _)) in LOCALS.iter().enumerate() {
            let mut node = self.node(Sort::Setup(local), 2);
            self.put_off(&mut node);
            setup.insert((*name).to_owned(), node);
        }
        let parameters = PARAMETERS
            .iter()
            .map(|(name, ty)| ((*name).to_owned(), Parameter::draw(*ty, &mut self.random)))
            .collect();
        let mut genome = Genome {
            shape,
            way,
            body,
            setup,
            parameters,
        };
        for name in ["p", "q"] {
            if let Some(parameter) = self.text_parameter(&genome, name) {
                genome.parameters.insert(name.to_owned(), parameter);
            }
        }
        genome
    }

    /// Half of the time has texts of a kind given as a parameter, so that only the run knows them.
    fn put_off(&mut self, node: &mut Node) {
        let is_put_off = matches!(node.sort, Sort::Text(kind) if kind != TextKind::Plain) && self.random.chance(50);
        if is_put_off {
            "p".clone_into(&mut node.form);
            node.holes.clear();
        }
        node.holes.iter_mut().for_each(|hole| self.put_off(hole));
    }

    /// A text for a parameter of the kind that a genome takes it for; `None` if it takes it for none.
    pub(crate) fn text_parameter(&mut self, genome: &Genome, name: &str) -> Option<Parameter> {
        let mut kinds = Vec::new();
        genome.each(&mut |node| {
            if let (Sort::Text(kind), true) = (node.sort, node.form == name) {
                kinds.push(kind);
            }
        });
        let kind = (!kinds.is_empty()).then(|| self.random.pick(&kinds))?;
        let of = content(kind, &mut self.random);
        let most = 100_000 / (of.len() as u32 + 1);
        Some(Parameter::Text {
            of,
            times: self.random.size(most.max(1)),
        })
    }

    /// Draws a node of a sort. A local's setup reads no local that comes later, or itself, most of the time.
    pub(crate) fn node(&mut self, sort: Sort, depth: usize) -> Node {
        let mut node = self.any_node(sort, depth);
        if let Sort::Setup(local) = sort {
            for _ in 0..12 {
                let mut text = String::new();
                node.holes.iter().for_each(|hole| hole.print(&mut text, MOST_SOURCE));
                if !LOCALS[local..].iter().any(|(name, _)| mentions(&text, name)) {
                    break;
                }
                node = self.any_node(sort, depth);
            }
        }
        node
    }

    fn any_node(&mut self, sort: Sort, depth: usize) -> Node {
        let times = self.times(sort);
        let forms = self.forms.of(sort);
        let leaf_now = has_leaf(sort) && (forms.is_empty() || depth == 0 || self.random.chance(30));
        if leaf_now || forms.is_empty() {
            let form = leaf(sort, &mut self.random);
            return Node {
                sort,
                form,
                holes: Vec::new(),
                times,
            };
        }
        let chosen = self.choose(sort, depth);
        Node {
            times,
            ..self.node_of(sort, chosen, depth)
        }
    }

    /// A node of a form.
    fn node_of(&mut self, sort: Sort, form: usize, depth: usize) -> Node {
        let (text, sorts, rest) = {
            let form = &self.forms.of(sort)[form];
            (form.text.clone(), form.holes.clone(), form.rest.clone())
        };
        let below = depth.saturating_sub(1);
        let mut holes: Vec<Node> = Vec::with_capacity(sorts.len());
        for alternatives in &sorts {
            let hole = self.random.pick(alternatives);
            holes.push(self.node(hole, below));
        }
        if let Some(rest) = rest {
            for _ in 0..self.random.pick(&[1, 1, 1, 2, 2, 3, 5]) {
                let hole = self.random.pick(&rest);
                holes.push(self.node(hole, below));
            }
        }
        Node {
            sort,
            form: text,
            holes,
            times: 1,
        }
    }

    /// A form by weight; near the bottom only one without holes for values, where there is one.
    fn choose(&mut self, sort: Sort, depth: usize) -> usize {
        let forms = self.forms.of(sort);
        let fits = |form: &Form| depth > 0 || form.holes.len() + usize::from(form.rest.is_some()) <= 1;
        let total: usize = forms.iter().filter(|form| fits(form)).map(|form| form.weight).sum();
        if total == 0 {
            return 0;
        }
        let mut left = self.random.below(total);
        for (index, form) in forms.iter().enumerate().filter(|(_, form)| fits(form)) {
            match left.checked_sub(form.weight) {
                Some(rest) => left = rest,
                None => return index,
            }
        }
        0
    }

    fn times(&mut self, sort: Sort) -> u32 {
        match sort.repeats() {
            true if matches!(sort, Sort::Token(TextKind::Format | TextKind::DatePattern)) && self.random.chance(30) => {
                self.random.size(200)
            }
            true if self.random.chance(10) => self.random.size(64),
            true if self.random.chance(3) => self.random.size(2_000),
            _ => 1,
        }
    }
}
