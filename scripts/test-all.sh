#!/bin/bash
# Every test that `make test` has built, and one line with the sum.
set -u
cd "$(dirname "$0")/.."

# The model for the tests that need it. Where no source answers they are
# skipped by name.
if ! build/resume-scorer models verify >/dev/null 2>&1; then
    build/resume-scorer models pull ||
        echo "No model: the tests that need it will be skipped."
fi
RESUME_SCORER_MODELS=$(build/resume-scorer models path --dir 2>/dev/null)
export RESUME_SCORER_MODELS

programs() {
    find "$@" -maxdepth 1 -type f -executable 2>/dev/null | sort
}
# shellcheck disable=SC2046
exec scripts/run-tests.sh $(programs build/asan/tests/unit build/asan/replay \
    build/tests/model tests/cli tests/extract tests/server) \
    scripts/test-arm.sh
