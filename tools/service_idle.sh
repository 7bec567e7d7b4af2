#!/bin/bash
# What the service costs when nobody asks: processor time from its start until
# it is ready with --preload-models, resident memory, and how often a thread of
# it is scheduled in SECONDS (60). Usage: service_idle.sh PROGRAM [SECONDS]
set -u
program=$1 seconds=${2:-60}
work=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT

"$program" serve --port 0 --preload-models --state "$work" 2>"$work/log" &
pid=$!
for _ in $(seq 200); do
    grep -q event=ready "$work/log" && break
    sleep 0.02
done
grep -q event=ready "$work/log" || { cat "$work/log"; exit 1; }
# The first number is nanoseconds on a processor.
cpu=$(cat /proc/$pid/task/*/schedstat | awk '{s += $1} END {printf "%.1f", s / 1e6}')
switches() {
    cat /proc/$pid/task/*/status | awk '/ctxt_switches/ {s += $2} END {print s}'
}
sleep 2
before=$(switches)
sleep "$seconds"
after=$(switches)
echo "until ready      $cpu ms of processor time, with --preload-models"
awk '/^VmRSS/ {r = $2} /^RssAnon/ {a = $2} END {printf "resident         %.1f MB, %.1f MB of it not mapped files\n", r / 1024, a / 1024}' /proc/$pid/status
echo "scheduled        $((after - before)) times in $seconds s (the monitor looks at memory every 60)"
