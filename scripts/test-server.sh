#!/bin/bash
# The service's tests against a build with sanitizers, and how many reports
# came of it. Usage: test-server.sh asan|tsan [TEST]...
set -u
cd "$(dirname "$0")/.."
mode=$1
shift
reports=$PWD/build/$mode/reports
rm -rf "$reports"
mkdir -p "$reports"
export RSC_PROGRAM=$PWD/build/$mode/resume-scorer
export RSC_EXTRACTOR=$PWD/build/$mode/resume-scorer-extract
export RSC_ROUNDS=${RSC_ROUNDS:-4}
export ASAN_OPTIONS=log_path=$reports/report:detect_leaks=1
export UBSAN_OPTIONS=log_path=$reports/report:print_stacktrace=1
export TSAN_OPTIONS="log_path=$reports/report:exitcode=66:second_deadlock_stack=1:suppressions=$PWD/tests/server/tsan.supp"
# The helper has one thread: nothing for TSan to find there.
[ "$mode" = tsan ] && RSC_EXTRACTOR=$PWD/build/resume-scorer-extract
# memory.sh is about resident megabytes, which sanitizers multiply.
[ $# -gt 0 ] || set -- tests/server/*.sh
tests=()
for test in "$@"; do
    [ -x "$test" ] && [ "${test##*/}" != memory.sh ] && tests+=("$test")
done
scripts/run-tests.sh "${tests[@]}"
status=$?
found=("$reports"/report*)
[ -e "${found[0]}" ] || found=()
echo "$mode: ${#found[@]} reports"
[ ${#found[@]} -eq 0 ] || head -n 60 "${found[0]}"
[ $status -eq 0 ] && [ ${#found[@]} -eq 0 ]
