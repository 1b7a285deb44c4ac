#!/usr/bin/env bash
# Builds the wheel as it is shipped, installs it beside what it is measured against, and writes the table of docs/PYTHON.md.
set -euo pipefail
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-$PWD/target}"
python="${PYTHON:-python3}"
environment="$target/race-venv"
export CARGO_TARGET_DIR="$target"

[ -d "$environment" ] || "$python" -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check 'maturin>=1.9,<2' --requirement benchmarks/requirements.txt
rm -rf "$target/race-wheels"
"$environment/bin/maturin" build --locked --release --interpreter "$environment/bin/python" --out "$target/race-wheels"
"$environment/bin/pip" install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall "$target"/race-wheels/selvedge-*.whl
"$environment/bin/python" benchmarks/compare.py --write ../../docs/PYTHON.md "$@"
