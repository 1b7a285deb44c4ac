//! Rust types on both sides of a program: the schema comes from the type that the parameters are in, the parameters from its
//! value, and the result goes into another type. Samples and JSON Schemas give schemas as well.

use std::error::Error;

use selvedge::{Engine, Inputs, Schema, Type};
use serde::{Deserialize, Serialize};

/// What a workflow was triggered with.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Trigger {
    run_day: i64,
    regions: Vec<String>,
    threshold: f64,
    note: Option<String>,
}

/// What the expression decides.
#[derive(Debug, PartialEq, Deserialize)]
struct Decision {
    table: String,
    backfill: bool,
    regions: Vec<String>,
}

const SOURCE: &str = "
    Map decision = new HashMap();
    decision.put('table', 'orders_' + runDay);
    decision.put('backfill', threshold > 0.5 && note == 'late');
    decision.put('regions', regions);
    return decision;
";

/// Runs the example.
///
/// # Errors
///
/// Where something is not as this file says.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    // The schema of the type: a misspelt name or an impossible operation is refused before anything runs.
    let schema = Schema::of::<Trigger>()?;
    assert_eq!(schema.get("runDay"), Some(Type::Long));
    let engine = Engine::default();
    let error = engine
        .compile("Util.incrementDateInt(runday, 1)", &schema)
        .err()
        .ok_or("`runday` is not a field")?;
    println!("{}", error.report("rule"));

    let trigger = Trigger {
        run_day: 20_260_101,
        regions: vec!["us".to_owned(), "eu".to_owned()],
        threshold: 0.75,
        note: Some("late".to_owned()),
    };
    let outcome = engine
        .compile(SOURCE, &schema)?
        .evaluate(&Inputs::from_serialize(&trigger)?)?;
    let decision: Decision = outcome.value().deserialize()?;
    let expected = Decision {
        table: "orders_20260101".to_owned(),
        backfill: true,
        regions: trigger.regions.clone(),
    };
    assert_eq!(decision, expected);

    // The same schema from a sample, which does not tell that the note may be null, and from a JSON Schema.
    let sample = serde_json::to_value(&trigger)?;
    assert_eq!(Schema::from_sample(&sample)?.with_shape("note", "string?")?, schema);
    let json_schema = serde_json::json!({
        "type": "object",
        "properties": {
            "runDay": {"type": "integer"},
            "regions": {"type": "array", "items": {"type": "string"}},
            "threshold": {"type": "number"},
            "note": {"type": ["string", "null"]},
        },
    });
    assert_eq!(Schema::from_json_schema(&json_schema)?, schema);
    println!("{decision:?}");
    Ok(())
}
