#!/bin/bash
# Every test that `make test` has built, and one line with the sum.
set -u
cd "$(dirname "$0")/.."

# The models for the tests that need them. Where no source answers those tests
# are skipped by name.
for model in all-MiniLM-L6-v2 en_core_web_sm; do
    build/resume-scorer models verify $model >/dev/null 2>&1 ||
        build/resume-scorer models pull $model ||
        echo "No $model: the tests that need it will be skipped."
done
RESUME_SCORER_MODELS=$(build/resume-scorer models path --dir 2>/dev/null)
export RESUME_SCORER_MODELS

programs() {
    # A test is a program or a script of the shell; what they call is not one.
    find "$@" -maxdepth 1 -type f -executable ! -name '*.py' 2>/dev/null | sort
}
# shellcheck disable=SC2046
exec scripts/run-tests.sh $(programs build/asan/tests/unit build/asan/replay \
    build/tests/model tests/cli tests/extract tests/server) \
    scripts/test-arm.sh
