# The commands of everyday work. `just` lists them; each is also a plain line for a shell.

features := "cli,oracle"

# List the commands.
default:
    @just --list

# Run every test, as CI does.
test:
    cargo test --profile checked --features {{features}}

# Run one suite of tests/, with an optional filter.
suite name filter="":
    cargo test --profile checked --features {{features}} --test {{name}} -- {{filter}}

# Format, lint and build the documentation, warnings denied.
lint:
    cargo fmt --check
    cargo clippy --locked --all-targets --features {{features}} -- -D warnings
    cargo clippy --locked --no-default-features -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --features cli

# Write the golden files again (diagnostics, usage, tables and pages of the docs), and show what changed.
golden:
    UPDATE_DIAGNOSTICS=1 cargo test --profile checked --features {{features}} --test diagnostics
    UPDATE_USAGE=1 cargo test --profile checked --features {{features}} --test usage
    UPDATE_DOCS=1 cargo test --profile checked --features {{features}} --test costs
    UPDATE_DOCS=1 cargo test --profile checked --features {{features}} --lib library_page
    UPDATE_DEMO=1 cargo test --profile checked --features {{features}} --test demo
    git diff --stat

# Write the parser again after a change of grammar/selvedge.pest.
grammar:
    UPDATE_GRAMMAR=1 cargo test --features {{features}} --lib syntax::grammar

# Measure what a step costs, beside an integer addition.
steps:
    cargo bench --bench steps

# Run the benchmarks against other languages.
race:
    cargo run --release --manifest-path benches/peers/Cargo.toml

# Fuzz a target for some seconds: see fuzz/README.md.
fuzz target seconds="60":
    cd fuzz && mkdir -p corpus/{{target}} && cargo fuzz run --fuzz-dir . -s none {{target}} corpus/{{target}} seeds/{{target}} -- -dict=selvedge.dict -max_len=2000 -max_total_time={{seconds}}

# Build the Python wheel and run its tests.
python *arguments:
    bindings/python/run.sh {{arguments}}

# Measure the Python wheel beside what Python evaluates expressions with, and write the table of docs/PYTHON.md.
python-race:
    bindings/python/benchmarks/run.sh

# Everything that a change must pass.
ci:
    bash .ci/run
