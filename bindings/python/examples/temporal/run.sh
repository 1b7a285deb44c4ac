#!/usr/bin/env bash
# Runs the examples against a development server, and then kills a worker in the middle of a thousand steps. Needs Python 3.10 or
# later, and Rust unless SELVEDGE_WHEEL names a wheel.
cd "$(dirname "$0")"
. ../common.sh
environment temporal

bounded 300 pytest -q -p no:cacheprovider "$bindings/temporal/tests" ../test_pages.py
# A module that the sandbox imports again is a warning, and an error here.
bounded 300 python -W error::UserWarning demo.py
bounded 600 python kill.py
