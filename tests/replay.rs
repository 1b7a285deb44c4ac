//! What the fuzz targets hold true, held for their seeds, for what they found before, and for random bytes: no fuzzer needed.

#![cfg(all(feature = "oracle", feature = "yaml"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[test]
fn every_seed_passes_its_target() {
    for (name, body) in bodies::TARGETS {
        let mut replayed = 0;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            body(&fs::read(&path).unwrap());
            replayed += 1;
        }
        assert!(replayed >= 8, "{name}: only {replayed} seeds");
    }
}

#[test]
fn random_bytes_pass_every_target() {
    for (name, body) in bodies::TARGETS {
        let mut runner = TestRunner::new(Config {
            cases: 500,
            failure_persistence: None,
            ..Config::default()
        });
        let bytes = proptest::collection::vec(any::<u8>(), 0..200);
        let outcome = runner.run(&bytes, |bytes| {
            body(&bytes);
            Ok(())
        });
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
    }
}
