#!/usr/bin/env bash
# Confirms programs by machine instructions, counted by callgrind: the work of each for a step, in steps of an integer addition in a
# loop, and its heap over what it charged. Fails where one is beyond what the contract allows.
#   confirm.sh [FILE…]    lines of tests/attacks; without files those of tests/attacks/search.jsonl
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
[ $# -gt 0 ] || set -- "$here/../../tests/attacks/search.jsonl"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
for file in "$@"; do
    cargo run --quiet --release --manifest-path "$here/Cargo.toml" -- confirm "$file" "$folder"
done
