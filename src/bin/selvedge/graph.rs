//! A graph of steps in the language that is asked for.

use clap::ValueEnum;
use layout::backends::svg::SVGWriter;
use layout::gv::{DotParser, GraphBuilder};
use selvedge::workflow::StepGraph;

/// How a graph of steps is printed.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum GraphFormat {
    /// A flowchart of Mermaid
    #[default]
    Mermaid,
    /// The language of Graphviz
    Dot,
    /// A picture
    Svg,
}

/// The steps and transitions, together, that are drawn as a picture: what it takes grows faster than they do.
const MOST_DRAWN: usize = 1_000;
/// The rows that transitions may pass, each of which is laid out like a step.
const MOST_PASSED: usize = 200;

impl GraphFormat {
    pub(crate) fn print(self, graph: &StepGraph) -> Result<String, String> {
        match self {
            Self::Mermaid => Ok(graph.mermaid()),
            Self::Dot => Ok(graph.dot()),
            Self::Svg => svg(graph),
        }
    }
}

fn svg(graph: &StepGraph) -> Result<String, String> {
    let dot = graph.dot();
    let drawn = dot.lines().count();
    if drawn > MOST_DRAWN {
        return Err(format!(
            "the graph has {drawn} steps and transitions, and {MOST_DRAWN} are drawn; `--graph dot` prints any number"
        ));
    }
    let passed = graph.rows_passed();
    if passed > MOST_PASSED {
        return Err(format!(
            "the transitions of the graph pass {passed} rows of steps, and {MOST_PASSED} are drawn; `--graph dot` prints any number"
        ));
    }
    let parsed = DotParser::new(&dot).process();
    let parsed = parsed.map_err(|error| format!("the graph could not be drawn: {error}"))?;
    let mut builder = GraphBuilder::new();
    builder.visit_graph(&parsed);
    let mut writer = SVGWriter::new();
    builder.get().do_it(false, false, false, &mut writer);
    Ok(writer.finalize())
}
