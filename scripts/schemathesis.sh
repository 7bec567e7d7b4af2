#!/bin/bash
# Generates requests from openapi.json and checks every answer against it. The
# tool gets a virtual environment of its own under build/.
set -eu
cd "$(dirname "$0")/.."
venv=$PWD/build/venv-schemathesis
state=$(mktemp -d)
[ -x "$venv/bin/schemathesis" ] || {
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q schemathesis
}
# Without its model a route answers 503, which is a failure by definition.
without=()
if ! build/resume-scorer models path en_core_web_sm >/dev/null 2>&1; then
    pipeline=$PWD/../shared/spacy/pipeline
    if [ -d "$pipeline" ]; then
        export RESUME_SCORER_MODEL_ENTITIES=$pipeline
    else
        echo "No entity pipeline is installed: /v1/entities is left out."
        without=(--exclude-path /v1/entities)
    fi
fi
build/resume-scorer serve --port 0 --state "$state" 2>"$state/log" &
pid=$!
trap 'kill $pid 2>/dev/null; rm -rf "$state"' EXIT
for _ in $(seq 100); do
    port=$(grep -oE 'event=ready .*port=[0-9]+' "$state/log" | grep -oE '[0-9]+$') &&
        break
    sleep 0.1
done
# It keeps a cache where it runs.
cd "$state"
"$venv/bin/schemathesis" run "http://127.0.0.1:$port/openapi.json" \
    "${without[@]}" \
    --max-examples "${EXAMPLES:-50}" --phases=examples,coverage,fuzzing \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance
