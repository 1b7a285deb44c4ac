//! Runs the examples: what they say of themselves they assert.
#![cfg(all(feature = "yaml", feature = "datetime"))]

/// Declares the examples that run.
macro_rules! examples {
    ($($name:ident = $path:literal;)*) => {
        $(
            #[path = $path]
            mod $name;

            #[test]
            fn $name() {
                let result = $name::main().map_err(|error| error.to_string());
                assert_eq!(result, Ok(()));
            }
        )*
    };
}

examples! {
    backfill = "../examples/backfill.rs";
    custom_functions = "../examples/custom_functions.rs";
    remediation = "../examples/remediation.rs";
    serde = "../examples/serde.rs";
    sweep = "../examples/sweep.rs";
    tables = "../examples/tables.rs";
    threads = "../examples/threads.rs";
}

#[cfg(feature = "project")]
examples! {
    describe = "../examples/describe.rs";
}
