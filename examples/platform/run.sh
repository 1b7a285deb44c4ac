#!/bin/sh
# Shows a workflow unfold, a mistake caught and tests pass. Needs cargo alone; SELVEDGE may name a command that is built already.
cd "$(dirname "$0")" || exit 2
cli='--locked --manifest-path ../../Cargo.toml --features cli'
if [ -z "$SELVEDGE" ]; then
    # shellcheck disable=SC2086
    cargo build $cli || exit 2
fi
selvedge() {
    # shellcheck disable=SC2086
    if [ -n "$SELVEDGE" ]; then "$SELVEDGE" "$@"; else cargo run --quiet $cli -- "$@"; fi
}

echo '$ selvedge unfold backfill.yaml --outputs outputs.json'
selvedge unfold backfill.yaml --outputs outputs.json

echo
echo "\$ sed 's/d.day/d.dya/' backfill.yaml | selvedge check - --stdin-name backfill.yaml"
sed 's/d\.day/d.dya/' backfill.yaml | selvedge check - --stdin-name backfill.yaml --color "${COLOR:-auto}"

echo
echo '$ selvedge test'
selvedge test --color "${COLOR:-auto}"
