#!/bin/bash
# Generates requests from openapi.json and checks every answer against it. The
# tool gets a virtual environment of its own under build/.
set -eu
cd "$(dirname "$0")/.."
venv=build/venv-schemathesis
state=$(mktemp -d)
[ -x $venv/bin/schemathesis ] || {
    python3 -m venv $venv
    $venv/bin/pip install -q schemathesis
}
build/resume-scorer serve --port 0 --state "$state" 2>"$state/log" &
pid=$!
trap 'kill $pid 2>/dev/null; rm -rf "$state"' EXIT
for _ in $(seq 100); do
    port=$(grep -oE 'event=ready .*port=[0-9]+' "$state/log" | grep -oE '[0-9]+$') &&
        break
    sleep 0.1
done
root=$PWD
# It keeps a cache where it runs.
cd "$state"
"$root/$venv/bin/schemathesis" run "http://127.0.0.1:$port/openapi.json" \
    --max-examples "${EXAMPLES:-50}" --phases=examples,coverage,fuzzing \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
