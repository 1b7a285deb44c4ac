//! The rows in which a graph of steps is drawn: a step stands below all that lead to it.

use std::collections::HashMap;

use super::step_graph::{Node, StepGraph};

impl StepGraph {
    /// The number of rows that its transitions cross. The time to lay out the graph grows at least with its square.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = "workflow: {id: w, jobs: [{job: {id: a, type: x, transition: [b, c]}}, {job: {id: b, type: x, transition: [c]}},
    ///     {job: {id: c, type: x}}]}";
    /// let blueprint = Blueprint::builder(Workflow::from_yaml(text)?).build(&selvedge::Engine::default())?;
    /// assert_eq!(Unfolding::start(&blueprint, &Map::new())?.graph().rows_passed(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows_passed(&self) -> usize {
        let (mut passed, mut left) = (0, vec![&self.nodes[..]]);
        while let Some(nodes) = left.pop() {
            let rows = rows(nodes);
            let row = |number: usize| rows.get(&number).copied().unwrap_or_default();
            for node in nodes {
                let own = row(node.number);
                let spans = node.edges.iter().map(|edge| row(edge.to).saturating_sub(own + 1));
                passed += spans.sum::<usize>();
                left.push(&node.inside);
            }
        }
        passed
    }
}

/// The row of each step of a list, by its number.
fn rows(nodes: &[Node]) -> HashMap<usize, usize> {
    let by_number: HashMap<usize, &Node> = nodes.iter().map(|node| (node.number, node)).collect();
    let mut missing: HashMap<usize, usize> = HashMap::new();
    for edge in nodes.iter().flat_map(|node| &node.edges) {
        *missing.entry(edge.to).or_default() += 1;
    }
    let first = nodes.iter().filter(|node| !missing.contains_key(&node.number));
    let mut ready: Vec<&Node> = first.collect();
    let mut rows: HashMap<usize, usize> = HashMap::new();
    while let Some(node) = ready.pop() {
        let below = rows.get(&node.number).map_or(1, |row| row + 1);
        for edge in &node.edges {
            let row = rows.entry(edge.to).or_default();
            *row = below.max(*row);
            if let Some(left) = missing.get_mut(&edge.to) {
                *left -= 1;
                if *left == 0 {
                    ready.extend(by_number.get(&edge.to));
                }
            }
        }
    }
    rows
}
