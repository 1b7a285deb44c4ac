#!/usr/bin/env bash
# Runs the example DAGs by `airflow dags test`, and holds what they print against expected/. Needs Python 3.10 or later, and Rust
# unless SELVEDGE_WHEEL names a wheel.
cd "$(dirname "$0")"
. ../common.sh
environment airflow
here="$PWD"

export AIRFLOW_HOME="$work/airflow" AIRFLOW__CORE__DAGS_FOLDER="$here/dags" AIRFLOW__CORE__LOAD_EXAMPLES=False
export NO_COLOR=1
bounded 300 pytest -q -p no:cacheprovider "$bindings/airflow/tests" ../test_pages.py

echo "check:"
bounded 120 python -m selvedge_airflow check --strict dags
bounded 120 python -m selvedge_airflow check wrong >"$work/check" && { echo "wrong DAG files were not refused" >&2; exit 1; }
diff expected/check.txt "$work/check"
cat "$work/check"

bounded 300 airflow db migrate >"$work/log" 2>&1 || { tail -n 40 "$work/log"; exit 1; }

# dag NAME FILE [CONF]: runs a DAG, and compares what it tells, in any order.
dag() {
    echo "$2:"
    local conf=(${3:+--conf "$3"})
    bounded 600 airflow dags test "selvedge_$1" "${conf[@]}" >"$work/log" 2>&1 || { tail -n 60 "$work/log"; return 1; }
    sed -n 's/^.*RESULT /  /p' "$work/log" | LC_ALL=C sort >"$work/told"
    cat "$work/told"
    diff "expected/$2.txt" "$work/told" || { tail -n 60 "$work/log"; return 1; }
}

dag backfill backfill
dag sweep sweep
dag tables tables
dag remediation remediation-well
dag remediation remediation-few '{"rows": 990, "null_keys": 7}'
dag remediation remediation-many '{"rows": 990, "null_keys": 400}'
