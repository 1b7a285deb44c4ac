//! What reads what, as a graph for people: Mermaid and DOT.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::plan::{Plan, Source};
use crate::diagnostic::{escape_dot, escape_mermaid};

/// The language of a graph.
///
/// ```
/// use selvedge::params::{GraphFormat, ParameterSet, Scope};
/// let set = ParameterSet::from_json(r#"{"day": {"value": 1}}"#)?;
/// let plan = set.plan(&selvedge::Engine::default(), &Scope::new())?;
/// assert!(plan.graph(GraphFormat::Mermaid).starts_with("flowchart LR\n"));
/// assert!(plan.graph(GraphFormat::Dot).starts_with("digraph parameters {\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GraphFormat {
    /// A Mermaid flowchart.
    Mermaid,
    /// A Graphviz digraph.
    Dot,
}

impl Plan {
    /// Returns the parameters as nodes, with an arrow from each to the parameters computed from it. Parameters of the scope are dashed.
    ///
    /// ```
    /// use selvedge::params::{GraphFormat, ParameterSet, Scope};
    /// let set = r#"{"rows": {"value": 1}, "next": {"expression": "rows + 1"}}"#;
    /// let plan = ParameterSet::from_json(set).and_then(|set| set.plan(&selvedge::Engine::default(), &Scope::new()));
    /// let graph = plan?.graph(GraphFormat::Mermaid);
    /// assert_eq!(graph, "flowchart LR\n  p0[\"rows: LONG\"]\n  p1([\"next: LONG\"])\n  p0 --> p1\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn graph(&self, format: GraphFormat) -> String {
        let mut graph = Graph::new(format);
        for (index, item) in self.items.iter().enumerate() {
            let computed = !item.reads.is_empty() || matches!(item.work, super::plan::Work::Program { .. });
            let shape = if computed { Shape::Computed } else { Shape::Given };
            let ty = item.declared.map_or(item.ty.name(), |declared| declared.name());
            graph.node(&format!("p{index}"), &format!("{}: {ty}", item.name), shape);
        }
        let mut outer: HashMap<&str, usize> = HashMap::new();
        for (index, item) in self.items.iter().enumerate() {
            for (name, source) in &item.reads {
                let from = match source {
                    Source::Own(from) => format!("p{from}"),
                    Source::Outer(_) => {
                        let next = outer.len();
                        let number = *outer.entry(name).or_insert(next);
                        if number == next {
                            graph.node(&format!("o{number}"), name, Shape::Outer);
                        }
                        format!("o{number}")
                    }
                };
                graph.edge(&from, &format!("p{index}"), "");
            }
        }
        graph.finish()
    }
}

/// How a node looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Given,
    Computed,
    Outer,
}

/// A graph that is written node by node.
pub(crate) struct Graph {
    format: GraphFormat,
    text: String,
    outer: Vec<String>,
}

impl Graph {
    pub(crate) fn new(format: GraphFormat) -> Self {
        let text = match format {
            GraphFormat::Mermaid => "flowchart LR\n",
            GraphFormat::Dot => "digraph parameters {\n  rankdir=LR;\n",
        };
        Self {
            format,
            text: text.to_owned(),
            outer: Vec::new(),
        }
    }

    pub(crate) fn node(&mut self, id: &str, label: &str, shape: Shape) {
        let label = self.label(label);
        let _ = match (self.format, shape) {
            (GraphFormat::Mermaid, Shape::Given) => writeln!(self.text, "  {id}[\"{label}\"]"),
            (GraphFormat::Mermaid, Shape::Computed) => writeln!(self.text, "  {id}([\"{label}\"])"),
            (GraphFormat::Mermaid, Shape::Outer) => writeln!(self.text, "  {id}[/\"{label}\"/]"),
            (GraphFormat::Dot, Shape::Given) => writeln!(self.text, "  {id} [label=\"{label}\", shape=box];"),
            (GraphFormat::Dot, Shape::Computed) => writeln!(self.text, "  {id} [label=\"{label}\"];"),
            (GraphFormat::Dot, Shape::Outer) => writeln!(self.text, "  {id} [label=\"{label}\", style=dashed];"),
        };
        if shape == Shape::Outer {
            self.outer.push(id.to_owned());
        }
    }

    pub(crate) fn edge(&mut self, from: &str, to: &str, label: &str) {
        let label = self.label(label);
        let _ = match (self.format, label.is_empty()) {
            (GraphFormat::Mermaid, true) => writeln!(self.text, "  {from} --> {to}"),
            (GraphFormat::Mermaid, false) => writeln!(self.text, "  {from} -->|\"{label}\"| {to}"),
            (GraphFormat::Dot, true) => writeln!(self.text, "  {from} -> {to};"),
            (GraphFormat::Dot, false) => writeln!(self.text, "  {from} -> {to} [label=\"{label}\"];"),
        };
    }

    pub(crate) fn finish(mut self) -> String {
        if self.format == GraphFormat::Dot {
            self.text.push_str("}\n");
        } else if !self.outer.is_empty() {
            let _ = writeln!(self.text, "  classDef outer stroke-dasharray: 4");
            let _ = writeln!(self.text, "  class {} outer", self.outer.join(","));
        }
        self.text
    }

    /// A text that cannot end a label.
    fn label(&self, text: &str) -> String {
        match self.format {
            GraphFormat::Mermaid => escape_mermaid(text),
            GraphFormat::Dot => escape_dot(text),
        }
    }
}
