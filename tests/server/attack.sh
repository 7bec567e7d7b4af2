#!/bin/bash
# Attacks in their short form; `make attack` has the long one, as a table.
cd "$(dirname "$0")/../.." || exit 2
command -v python3 >/dev/null || {
    echo "ok 1 - attacks # SKIP python3 is missing"
    echo 1..1
    exit 0
}
exec python3 tests/server/attack.py "${RSC_PROGRAM:-build/resume-scorer}" \
    "${RSC_EXTRACTOR:-build/resume-scorer-extract}" --short --tap
