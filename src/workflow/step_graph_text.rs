//! A graph of steps in the languages of Mermaid and Graphviz, coloured by the outcome of the steps.

use std::collections::HashSet;
use std::fmt::Write;

use super::step_graph::{Edge, Node, STATES, StepGraph};
use crate::diagnostic::escape;

impl StepGraph {
    /// The graph as a flowchart of Mermaid.
    pub fn mermaid(&self) -> String {
        let mut out = String::from("flowchart TD\n");
        for node in &self.nodes {
            mermaid_node(&mut out, node, 1);
        }
        each_edge(&self.nodes, &mut |node, edge| mermaid_edge(&mut out, node, edge));
        for (state, colour) in STATES.iter().filter(|(state, _)| !state.is_empty()) {
            let _ = writeln!(out, "  classDef {} fill:{colour},stroke:#666,color:#111", class(state));
        }
        out
    }

    /// The graph in the language of Graphviz.
    pub fn dot(&self) -> String {
        let mut out = String::from("digraph workflow {\n  node [shape=box, style=filled];\n");
        for node in &self.nodes {
            dot_node(&mut out, node, 1);
        }
        each_edge(&self.nodes, &mut |node, edge| dot_edge(&mut out, node, edge));
        out.push_str("}\n");
        out
    }
}

/// Visits all edges with the nodes they come from, as deep as loops and subworkflows nest.
fn each_edge(nodes: &[Node], visit: &mut impl FnMut(&Node, &Edge)) {
    for node in nodes {
        node.edges.iter().for_each(|edge| visit(node, edge));
        each_edge(&node.inside, visit);
    }
}

fn class(state: &str) -> String {
    state.replace(' ', "_")
}

fn colour(node: &Node) -> &'static str {
    let shown = node.state();
    STATES
        .iter()
        .find(|(state, _)| *state == shown)
        .map_or("#ffffff", |(_, colour)| colour)
}

fn mermaid_node(out: &mut String, node: &Node, depth: usize) {
    let indent = 2 * depth;
    let label = format!("{} ({})", mermaid_text(&node.id), mermaid_text(&node.type_name));
    let (number, state) = (node.number, class(node.state()));
    if node.inside.is_empty() {
        let _ = writeln!(
            out,
            "{:indent$}n{number}[\"{label}<br/>{}\"]:::{state}",
            "",
            node.said()
        );
        return;
    }
    let _ = writeln!(out, "{:indent$}subgraph n{number}[\"{label}<br/>{}\"]", "", node.said());
    for inside in &node.inside {
        mermaid_node(out, inside, depth + 1);
    }
    let _ = writeln!(out, "{:indent$}end\n{:indent$}class n{number} {state}", "", "");
}

fn mermaid_edge(out: &mut String, node: &Node, edge: &Edge) {
    let arrow = if is_refused(edge) { "-.->" } else { "-->" };
    let label = match label(edge) {
        label if label.is_empty() => String::new(),
        label => format!(
            "|\"{}\"|",
            label
                .iter()
                .map(|line| mermaid_text(line))
                .collect::<Vec<_>>()
                .join("<br/>")
        ),
    };
    let _ = writeln!(out, "  n{} {arrow}{label} n{}", node.number, edge.to);
}

fn dot_node(out: &mut String, node: &Node, depth: usize) {
    let indent = 2 * depth;
    let label = format!(
        "{} ({})\\n{}",
        dot_text(&node.id),
        dot_text(&node.type_name),
        node.said()
    );
    let (number, colour) = (node.number, colour(node));
    let line = format!("n{number} [label=\"{label}\", fillcolor=\"{colour}\"];");
    if node.inside.is_empty() {
        let _ = writeln!(out, "{:indent$}{line}", "");
        return;
    }
    let _ = writeln!(
        out,
        "{:indent$}subgraph cluster_n{number} {{\n{:indent$}  {line}",
        "", ""
    );
    for inside in &node.inside {
        dot_node(out, inside, depth + 1);
    }
    // So that it belongs to the loop also where clusters are not drawn.
    let edges = node.inside.iter().flat_map(|from| &from.edges);
    let led_to: HashSet<usize> = edges.map(|edge| edge.to).collect();
    for first in node.inside.iter().filter(|inside| !led_to.contains(&inside.number)) {
        let _ = writeln!(out, "{:indent$}  n{number} -> n{} [style=dotted];", "", first.number);
    }
    let _ = writeln!(out, "{:indent$}}}", "");
}

fn dot_edge(out: &mut String, node: &Node, edge: &Edge) {
    let style = if is_refused(edge) { "dashed" } else { "solid" };
    let lines: Vec<String> = label(edge).iter().map(|line| dot_text(line)).collect();
    let (from, to, label) = (node.number, edge.to, lines.join("\\n"));
    let _ = writeln!(out, "  n{from} -> n{to} [style={style}, label=\"{label}\"];");
}

/// Whether it was taken nowhere.
fn is_refused(edge: &Edge) -> bool {
    edge.refused.is_some() && edge.taken == 0
}

/// The condition, and why it was not taken.
fn label(edge: &Edge) -> Vec<String> {
    let mut lines = Vec::new();
    if !edge.when.is_empty() && edge.when != "true" {
        lines.push(edge.when.clone());
    }
    if let Some((why, count)) = &edge.refused {
        let all = count + edge.taken;
        lines.push(match all {
            1 => format!("not taken: {why}"),
            _ => format!("not taken in {count} of {all}: {why}"),
        });
    }
    lines
}

/// A text in quotes of Mermaid, whose entities begin with `#`.
fn mermaid_text(text: &str) -> String {
    let mut out = String::new();
    for character in escape(text).chars() {
        match character {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '`' => out.push_str("#96;"),
            other => out.push(other),
        }
    }
    out
}

/// A text in quotes of Graphviz.
fn dot_text(text: &str) -> String {
    escape(text).replace('\\', "\\\\").replace('"', "\\\"")
}
