//! A host that says once what it offers: its functions are registered in Rust, described as data, and known to whoever checks
//! definitions, with the host or without. With a path as its argument it writes the description there, for
//! `selvedge check --config FILE`, or for `platform = "FILE"` in `selvedge.toml`.

use std::error::Error;
use std::path::Path;

use selvedge::platform::{Platform, Stub};
use selvedge::project::{File, Project, check_files};
use selvedge::{Effect, Engine, HostError, HostFunction, HostFunctions, Limits, List, Map, Schema, Value};

/// What the host offers. Elsewhere the bodies ask a catalogue.
fn functions() -> Result<HostFunctions, Box<dyn Error>> {
    let mut functions = HostFunctions::new();
    let partitions = |table: String, since: i64| match table.as_str() {
        "orders" => Ok(List::from_iter([Value::from(Map::from_iter([
            ("day", Value::from(since)),
            ("rows", Value::from(1_200)),
        ]))])),
        _ => Err(HostError::new(format!("there is no table {table}"))),
    };
    functions.register(
        HostFunction::typed("Catalog.partitions", partitions)
            .with_parameters(&[("table", "string"), ("since", "long")])?
            .with_result("list<{day: long, rows: long?}>")?
            .with_doc("The partitions of a table from a day on, oldest first.")
            .with_cost(500),
    )?;
    let shard = |key: String, shards: i64| match shards {
        1.. => Ok(key.bytes().map(i64::from).sum::<i64>() % shards),
        _ => Err(HostError::new("the number of shards must be positive")),
    };
    functions.register(
        HostFunction::typed("Shards.of", shard)
            .with_parameters(&[("key", "string"), ("shards", "long")])?
            .with_effects(&[] as &[Effect]),
    )?;
    functions.register(HostFunction::constant("Env.REGION", "eu-west-1"))?;
    Ok(functions)
}

/// The engine that the host runs programs with, as a description.
fn description() -> Result<Platform, Box<dyn Error>> {
    let engine = Engine::builder()
        .host_functions(functions()?)
        .limits(Limits::default().steps(100_000))
        .build();
    let parameters = Schema::new().with_shape("run", "{id: string, attempt: long}")?;
    Ok(engine.describe().with_parameters(parameters))
}

const DEFINITION: &str = r#"workflow:
  id: daily
  "!days": Catalog.partitions('orders', 20260101).map(p -> p.dya)
  "!path": Env.REGION + '/' + Shards.of(run.id, '8')
  jobs:
    - job: {id: load, type: sql}
"#;

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let json = description()?.to_json();
    if let Some(path) = std::env::args()
        .nth(1)
        .filter(|path| Path::new(path).extension().is_some_and(|end| end == "json"))
    {
        std::fs::write(path, &json)?;
    }

    // Elsewhere, where the host is not: its description is all there is, and its functions are known.
    let platform = Platform::from_json(&json)?;
    let checked = check_files(Project::new(platform.clone()), [File::new("daily.yaml", DEFINITION)])?;
    let findings = checked.iter().flat_map(|file| &file.findings);
    let messages: Vec<&str> = findings.map(|finding| &*finding.diagnostic.message).collect();
    println!("{}", messages.join("\n"));
    let expected = [
        "`Catalog.partitions('orde…[]` has no key `dya`",
        "expected LONG for `Shards.of`, found STRING",
    ];
    assert_eq!(messages, expected);

    // Programs run as well: a stub answers for the host.
    let mut stubbed = platform;
    stubbed.stub(
        "Catalog.partitions",
        Stub::expression("[{'day': since, 'rows': table.length()}]"),
    )?;
    let program = stubbed
        .engine()?
        .build()
        .compile("Catalog.partitions('orders', 20260131)[0].rows", &Schema::new())?;
    assert_eq!(program.evaluate(&selvedge::Inputs::new())?.value().as_long(), Some(6));

    // A function without one says what is missing.
    let program = stubbed.engine()?.build().compile("Shards.of('a', 8)", &Schema::new())?;
    let error = program.evaluate(&selvedge::Inputs::new()).err();
    let said = error.map(|error| error.message().to_owned()).unwrap_or_default();
    assert!(said.contains("add a stub, `[functions.Shards.of.stub]`"), "{said}");
    Ok(())
}
