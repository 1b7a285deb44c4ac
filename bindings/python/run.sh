#!/usr/bin/env bash
# Builds the wheel, installs it into an environment of its own, and runs its tests. Nothing has to be installed before but Rust and a
# Python of 3.11 or later; again, it is quick. The profile `quick` is for tests: `maturin build --release` makes the wheel to ship.
set -euo pipefail
cd "$(dirname "$0")"

target="${CARGO_TARGET_DIR:-$PWD/target}"
python="${PYTHON:-python3}"
profile="${PROFILE:-quick}"
environment="$target/venv"
export CARGO_TARGET_DIR="$target"

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$python is older than Python 3.11, which the pinned test requirements need" >&2; exit 1; }

# The environment, anew where the requirements are others.
if ! cmp -s requirements.txt "$environment/requirements.txt"; then
    rm -rf "$environment"
    "$python" -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
    cp requirements.txt "$environment/requirements.txt"
fi

cargo fmt --check
rm -rf "$target/wheels"
"$environment/bin/maturin" build --locked --profile "$profile" --interpreter "$environment/bin/python" --out "$target/wheels"
"$environment/bin/pip" install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall "$target"/wheels/selvedge-*.whl
"$environment/bin/python" -m pytest "$@"
