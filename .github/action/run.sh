#!/usr/bin/env bash
# Runs what the inputs of action.yml name. Each input is an argument of its own, whatever it holds. All is run, and the
# worst exit code is the script's.
set -uo pipefail

exit_code=0
# Notes an exit code.
note() {
    if (($1 > exit_code)); then exit_code=$1; fi
}

paths=()
while IFS= read -r path; do
    path=${path%$'\r'}
    if [[ -n $path ]]; then paths+=("$path"); fi
done <<<"${INPUT_PATHS:-}"
if ((${#paths[@]} == 0)); then paths=(.); fi

read -r -d '' -a names <<<"${INPUT_RUN:-check}"
for name in "${names[@]}"; do
    arguments=()
    if [[ -n ${INPUT_CONFIG:-} ]]; then arguments+=("--config=$INPUT_CONFIG"); fi
    case $name in
    check)
        if [[ -n ${INPUT_DENY:-} ]]; then arguments+=("--deny=$INPUT_DENY"); fi
        selvedge check --format=github "${arguments[@]+"${arguments[@]}"}" -- "${paths[@]}" || note $?
        if [[ -n ${INPUT_SARIF:-} ]]; then
            selvedge check --format=sarif "${arguments[@]+"${arguments[@]}"}" -- "${paths[@]}" >"$INPUT_SARIF" || note $?
        fi
        ;;
    test)
        if [[ -n ${INPUT_COVERAGE:-} ]]; then
            arguments+=(--coverage=lcov "--coverage-out=$INPUT_COVERAGE")
        fi
        selvedge test --format=github "${arguments[@]+"${arguments[@]}"}" -- "${paths[@]}" || note $?
        if [[ -n ${INPUT_JUNIT:-} ]]; then
            selvedge test --format=junit "${arguments[@]+"${arguments[@]}"}" -- "${paths[@]}" >"$INPUT_JUNIT" || note $?
        fi
        ;;
    fmt) selvedge fmt --diff "${arguments[@]+"${arguments[@]}"}" -- "${paths[@]}" || note $? ;;
    *)
        # A line of the input may not begin a command of the runner's own.
        printf 'error: unknown name %q for run: some of check, test and fmt are needed\n' "$name" >&2
        note 2
        ;;
    esac
done
exit "$exit_code"
