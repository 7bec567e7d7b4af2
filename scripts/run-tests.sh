#!/bin/bash
# Runs test programs and adds up what they report. Usage: run-tests.sh PROG...
#
# A program speaks cmocka's output or TAP ("ok 1 - name", "not ok 2 - name",
# "ok 3 - name # SKIP why"). A program that ends badly without naming a failed
# test counts as one failure. The last line is "N passed, N failed, N skipped".
set -u
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for program in "$@"; do
    "$program" >"$log" 2>&1
    status=$?
    p=$(grep -cE '^(\[       OK \]|ok [0-9]+)' "$log")
    s=$(grep -cE '^(\[  SKIPPED \] [a-zA-Z_]|ok [0-9]+.*# SKIP)' "$log")
    t=$(grep -cE '^ok [0-9]+.*# SKIP' "$log")
    f=$(grep -cE '^(\[  FAILED  \] [a-zA-Z_]+$|not ok )' "$log")
    # cmocka names each failed test twice: where it fails and in the summary.
    grep -q '^\[==========\]' "$log" &&
        f=$(grep -E '^\[  FAILED  \] [a-zA-Z_0-9]+$' "$log" | sort -u | wc -l)
    grep -q '^\[==========\]' "$log" &&
        s=$(grep -E '^\[  SKIPPED \] [a-zA-Z_0-9]+$' "$log" | sort -u | wc -l)
    p=$((p - t))
    if [ $status -ne 0 ] && [ "$f" -eq 0 ]; then
        f=1
    fi
    if [ "$f" -ne 0 ]; then
        echo "FAIL $program (status $status)"
        sed 's/^/    /' "$log" | tail -n 60
    else
        echo "ok   ${program##*/}: $p passed$([ "$s" -gt 0 ] && echo ", $s skipped")"
        grep -E '# SKIP|^\[  SKIPPED \] [a-zA-Z_0-9]+$|^SKIP ' "$log" |
            sort -u | sed 's/^/     /'
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
