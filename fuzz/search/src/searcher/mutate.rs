//! Changes genomes: parts drawn anew, taken from another, repeated, wrapped, left out; parameters of other sizes.

use super::candidate::Way;
use super::forms::{LOCALS, PARAMETERS};
use super::generate::Breeder;
use super::genome::{Genome, Shape, mentions};
use super::node::{Node, Sort};
use super::parameter::Parameter;

/// The most nodes of a part of a genome.
const MOST_NODES: usize = 60;

impl Breeder {
    /// Changes a genome in a few places; `donor` gives parts.
    pub(crate) fn mutate(&mut self, genome: &Genome, donor: &Genome) -> Genome {
        let mut changed = genome.clone();
        for _ in 0..self.random.pick(&[1, 1, 1, 2, 3]) {
            match self.random.below(21) {
                20 => changed.double(),
                0 if changed.shape.is_program() => {
                    changed.shape = if self.random.chance(10) {
                        Shape::Once
                    } else {
                        Shape::Loop
                    };
                }
                1 => {
                    let part = changed.shape.part(&mut self.random);
                    let statement = self.node(part, 3);
                    let at = self.random.below(changed.body.len() + 1);
                    changed.body.insert(at, statement);
                }
                2 if changed.body.len() > 1 => {
                    let at = self.random.below(changed.body.len());
                    changed.body.remove(at);
                }
                3 if !donor.body.is_empty() && donor.shape.is_program() == changed.shape.is_program() => {
                    let statement = self.random.pick(&donor.body);
                    changed.body.push(statement);
                }
                19 if changed.shape.is_program() && self.random.chance(50) => changed.way = self.random.pick(&Way::ALL),
                4..=7 if changed.shape.is_program() => self.mutate_parameter(&mut changed, donor),
                8..=10 if changed.shape.is_program() => self.mutate_setup(&mut changed, donor),
                _ => {
                    let at = self.random.below(changed.body.len());
                    if let Some(root) = changed.body.get_mut(at) {
                        self.mutate_node(root, donor);
                    }
                }
            }
        }
        changed
    }

    fn mutate_parameter(&mut self, genome: &mut Genome, donor: &Genome) {
        let source = genome.source();
        let read: Vec<usize> = (0..PARAMETERS.len())
            .filter(|index| mentions(&source, PARAMETERS[*index].0))
            .collect();
        if read.is_empty() {
            return;
        }
        let (name, ty) = PARAMETERS[self.random.pick(&read)];
        let of_kind = match self.random.chance(25) {
            true => self.text_parameter(genome, name),
            false => None,
        };
        if let Some(text) = of_kind {
            genome.parameters.insert(name.to_owned(), text);
            return;
        }
        let changed = match (genome.parameters.get(name), donor.parameters.get(name)) {
            (_, Some(given)) if self.random.chance(15) => given.clone(),
            (Some(known), _) if self.random.chance(75) => known.mutate(ty, &mut self.random),
            _ => Parameter::draw(ty, &mut self.random),
        };
        genome.parameters.insert(name.to_owned(), changed);
    }

    fn mutate_setup(&mut self, genome: &mut Genome, donor: &Genome) {
        let source = genome.source();
        let read: Vec<usize> = (0..LOCALS.len())
            .filter(|index| mentions(&source, LOCALS[*index].0))
            .collect();
        if read.is_empty() {
            return;
        }
        let local = self.random.pick(&read);
        let name = LOCALS[local].0;
        let fresh = self.node(Sort::Setup(local), 3);
        match (self.random.below(10), donor.setup.get(name)) {
            (0, Some(given)) => {
                genome.setup.insert(name.to_owned(), given.clone());
            }
            (1..=3, _) => {
                genome.setup.insert(name.to_owned(), fresh);
            }
            _ => {
                let mut node = genome.setup.get(name).cloned().unwrap_or(fresh);
                self.mutate_node(&mut node, donor);
                genome.setup.insert(name.to_owned(), node);
            }
        }
    }

    /// Changes one node below a root.
    fn mutate_node(&mut self, root: &mut Node, donor: &Genome) {
        let count = root.count();
        let place = self.random.below(count);
        let Some(node) = root.get_mut(place) else { return };
        let sort = node.sort;
        match self.random.below(12) {
            0..=2 if sort.repeats() => {
                node.times = match self.random.below(5) {
                    0 => node.times.saturating_mul(2),
                    1 => node.times.div_ceil(2),
                    2 => node.times + 1,
                    3 => 1,
                    _ => self.random.size(3_000),
                }
                .clamp(1, 5_000);
            }
            3 | 4 => {
                if let Some(given) = self.of_sort(donor, sort) {
                    *node = given;
                }
            }
            5 => {
                let inner = (1..node.count())
                    .filter_map(|place| node.get(place))
                    .find(|inner| inner.sort == sort);
                if let Some(inner) = inner.cloned() {
                    *node = inner;
                }
            }
            6 | 7 => {
                if let Some(fixed) = node.fixed_holes() {
                    let further = node.holes.len().saturating_sub(fixed);
                    if further > 1 && self.random.chance(50) {
                        let at = fixed + self.random.below(further);
                        node.holes.remove(at);
                    } else if let Some(last) = node.holes.last() {
                        let again = match self.random.chance(50) {
                            true => last.clone(),
                            false => {
                                let sort = last.sort;
                                self.node(sort, 2)
                            }
                        };
                        node.holes.push(again);
                    }
                }
            }
            8 => {
                let mut outer = self.node(sort, 2);
                let places: Vec<usize> = (1..outer.count())
                    .filter(|place| outer.get(*place).is_some_and(|hole| hole.sort == sort))
                    .collect();
                if !places.is_empty() {
                    let at = self.random.pick(&places);
                    if let Some(hole) = outer.get_mut(at) {
                        *hole = node.clone();
                        *node = outer;
                    }
                }
            }
            _ => {
                if !matches!(sort, Sort::Setup(_)) || self.random.chance(20) {
                    let depth = self.random.pick(&[0, 1, 2, 3]);
                    *node = self.node(sort, depth);
                }
            }
        }
        if root.count() > MOST_NODES {
            let depth = 2;
            *root = self.node(root.sort, depth);
        }
    }

    /// Some node of a sort.
    fn of_sort(&mut self, genome: &Genome, sort: Sort) -> Option<Node> {
        let mut found = Vec::new();
        let mut visit = |node: &Node| {
            if node.sort == sort && found.len() < 40 {
                found.push(node.clone());
            }
        };
        genome.body.iter().for_each(|node| node.each(&mut visit));
        genome.setup.values().for_each(|node| node.each(&mut visit));
        match found.is_empty() {
            true => None,
            false => Some(self.random.pick(&found)),
        }
    }
}
