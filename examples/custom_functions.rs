//! Functions and constants of the host: in `params`, in namespaces of its own, with declared cost and effects.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use selvedge::{Effect, Engine, HostError, HostFunction, HostFunctions, Inputs, Schema, Type};

/// What the host knows of tables; here a map, elsewhere a client of the catalogue.
type Catalogue = BTreeMap<String, Vec<i64>>;

fn functions(catalogue: &Arc<Catalogue>) -> Result<HostFunctions, Box<dyn Error>> {
    let mut functions = HostFunctions::new();

    // A look-up in the catalogue: it reads the outside, and takes as long as 500 steps.
    let tables = Arc::clone(catalogue);
    let latest = HostFunction::typed("Tables.latest", move |table: String| {
        let partitions = tables
            .get(&table)
            .ok_or_else(|| HostError::new(format!("there is no table {table}")))?;
        partitions
            .last()
            .copied()
            .ok_or_else(|| HostError::new(format!("{table} has no partition yet")))
    });
    functions.register(latest.with_cost(500).with_effects(&[Effect::Outside]))?;

    // Of its arguments alone: a program that calls it is still deterministic. It holds a kilobyte while it works.
    let shard = |key: String, shards: i64| match shards {
        1.. => Ok(key.bytes().map(i64::from).sum::<i64>() % shards),
        _ => Err(HostError::new("the number of shards must be positive")),
    };
    functions.register(
        HostFunction::typed("Shards.of", shard)
            .with_cost(20)
            .with_memory(1_024)
            .with_effects(&[]),
    )?;

    // Constants are read without parentheses.
    functions.register(HostFunction::constant("Env.REGION", "eu-west-1"))?;
    functions.register(HostFunction::constant("Env.RETRIES", 3))?;

    // A name that a program could not mean is refused where it is registered.
    let clash = functions.register(HostFunction::constant("Math.SCALE", 100)).err();
    let said = clash.map(|error| error.to_string());
    assert_eq!(
        said.as_deref(),
        Some("`Math.SCALE` is in a class of the language: choose another namespace")
    );
    Ok(functions)
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let catalogue = Catalogue::from([("sales".to_owned(), vec![20_260_130, 20_260_131])]);
    let engine = Engine::builder()
        .host_functions(functions(&Arc::new(catalogue))?)
        .build();
    let schema = Schema::new().with("table", Type::String);

    let source = "Env.REGION + '/' + table + '/' + Tables.latest(table) + '/' + Shards.of(table, 8)";
    let program = engine.compile(source, &schema)?;
    println!("calls {}", program.host_functions().collect::<Vec<_>>().join(", "));
    assert!(program.uses_outside() && !program.is_deterministic());

    let outcome = program.evaluate(&Inputs::new().with("table", "sales"))?;
    println!("{} for {} steps", outcome.value(), outcome.usage().steps);
    assert_eq!(outcome.value().as_str(), Some("eu-west-1/sales/20260131/0"));
    assert!(outcome.usage().steps > 520 && outcome.usage().memory > 1_024);

    let missing = program.evaluate(&Inputs::new().with("table", "refunds")).err();
    let said = missing.as_ref().map(selvedge::EvalError::message);
    assert_eq!(said, Some("`Tables.latest` failed: there is no table refunds"));

    let misspelt = engine.compile("Tables.lastest(table)", &schema).err();
    let report = misspelt.map(|error| error.report("expression")).unwrap_or_default();
    print!("{report}");
    assert!(report.contains("did you mean `Tables.latest`?"));

    let pure = engine.compile("Shards.of(table, Env.RETRIES)", &schema)?;
    assert!(pure.is_deterministic());
    Ok(())
}
