# What the scripts of the examples share: a folder that is removed, a Python of its own, and the wheel. Sourced by run.sh.
set -euo pipefail
bindings="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work="$(mktemp -d)"
began=$SECONDS
# What Python compiles as it goes is kept beside, not in the repository: of all packages that takes longer than of what is used.
export PYTHONPYCACHEPREFIX="$work/compiled"

# Ends what this script started, and removes its folder, however the script ends.
finish() {
    local code=$?
    trap - EXIT
    local started
    started="$(jobs -p)"
    if [ -n "$started" ]; then
        kill $started 2>/dev/null || true
        wait $started 2>/dev/null || true
    fi
    rm -rf "$work"
    if [ "$code" -eq 0 ]; then echo "passed in $((SECONDS - began)) s"; else echo "FAILED after $((SECONDS - began)) s" >&2; fi
    exit "$code"
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# bounded SECONDS COMMAND…: a command with a deadline, which ends all that it started; so does the end of the script.
bounded() {
    timeout --kill-after=10 "$@" &
    wait $!
}

# The wheel: the one that SELVEDGE_WHEEL names, or else built by the script that also tests it; here it only builds.
wheel() {
    if [ -n "${SELVEDGE_WHEEL:-}" ]; then
        realpath "$SELVEDGE_WHEEL"
        return
    fi
    local target="${CARGO_TARGET_DIR:-$bindings/target}"
    CARGO_TARGET_DIR="$target" bounded 2400 bash "$bindings/run.sh" --version >"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; return 1; }
    ls "$target"/wheels/selvedge-*.whl
}

# environment PACKAGE: a Python with the pinned requirements, the wheel, and the package of this repository.
environment() {
    local wheel
    wheel="$(wheel)"
    echo "the wheel is $(basename "$wheel"), after $((SECONDS - began)) s"
    python3 -m venv "$work/venv"
    PATH="$work/venv/bin:$PATH"
    cp -r "$bindings/$1" "$work/package"
    bounded 900 pip install --quiet --disable-pip-version-check --no-compile --requirement requirements.txt
    bounded 300 pip install --quiet --disable-pip-version-check --no-compile --no-deps "$wheel"
    bounded 300 pip install --quiet --disable-pip-version-check --no-compile --no-deps --no-build-isolation "$work/package"
    echo "all is installed, after $((SECONDS - began)) s"
}
