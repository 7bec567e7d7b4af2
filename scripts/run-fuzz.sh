#!/bin/bash
# Runs fuzz targets one after the other. Usage: run-fuzz.sh SECONDS [NAME]
#
# What is found lands in build/fuzz/found/NAME-*; copy it to
# tests/regress/NAME/ with its cure. The corpus stays in build/fuzz/corpus.
set -u
cd "$(dirname "$0")/.." || exit 2
seconds=$1
status=0
for program in build/fuzz/run/fuzz_${2:-*}; do
    [ -x "$program" ] || continue
    name=${program##*/fuzz_}
    mkdir -p "build/fuzz/corpus/$name" build/fuzz/found
    seeds=()
    [ -d "tests/regress/$name" ] && seeds+=("tests/regress/$name")
    if "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -artifact_prefix="build/fuzz/found/$name-" -print_final_stats=1 \
        "build/fuzz/corpus/$name" "${seeds[@]}" >"build/fuzz/$name.log" 2>&1
    then
        echo "ok   $name: $(grep -oE 'number_of_executed_units: [0-9]+' \
            "build/fuzz/$name.log" | grep -oE '[0-9]+') runs"
    else
        echo "FAIL $name: see build/fuzz/$name.log"
        status=1
    fi
done
exit $status
