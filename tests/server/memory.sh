#!/bin/bash
# The memory governor against a real limit: a container of 200 MB in which
# something else takes the memory, stage by stage.
. "$(dirname "$0")/../tap.sh"
. tests/server/lib.sh
sim=../shared/tools/render_sim.sh
[ -x $sim ] || { skip "the governor's stages" "$sim is absent"; finish; }
command -v python3 >/dev/null || { skip "the governor's stages" "python3 is missing"; finish; }

# Takes as many MB as the file $work/want says, until that file is gone.
cat >"$work/hog.py" <<'HOG'
import sys, time
held = []
while True:
    try:
        want = int(open(sys.argv[1]).read() or len(held))
    except FileNotFoundError:
        break
    while len(held) < want:
        held.append(bytearray(b"x" * (1 << 20)))
    del held[want:]
    time.sleep(0.2)
HOG
echo 1 >"$work/want"
cat >"$work/both.sh" <<BOTH
python3 "$work/hog.py" "$work/want" &
exec "$program" serve --port 0 --models "$work/none" --state "$work/state" \\
    --extractor "${RSC_EXTRACTOR:-$PWD/build/resume-scorer-extract}"
BOTH
$sim 209715200 200000 128 -- bash "$work/both.sh" 2>"$work/log" &
sim_pid=$!
trap 'rm -f "$work/want"; kill $(pgrep -P $sim_pid) 2>/dev/null; wait $sim_pid; rm -rf "$work"' EXIT
for _ in $(seq 300); do
    port=$(grep -oE 'event=ready .*port=[0-9]+' "$work/log" | grep -oE '[0-9]+$')
    [ -n "$port" ] && break
    sleep 0.1
done
url=http://127.0.0.1:$port
grep -q 'backend=prlimit' "$work/log" &&
    { skip "the governor's stages" "no control groups here"; finish; }
like "$(cat "$work/log")" 'limit_mb=200 limit_from=cgroup-v[12]' "the container's limit is found"

printf 'Ann\n\nSkills\nC, Linux\n' >"$work/cv.txt"
ask() { get -F "resume=@$work/cv.txt" -F "job_summary=C and Linux" -F "job_title=Post $1" $url/analyze; }
batch() { get -F "resumes=@$work/cv.txt" -F "job_summary=C and Linux" $url/batch-analyze; }
# reach STAGE MB: the stage is noticed at the next admission.
reach() {
    echo "$2" >"$work/want"
    for _ in $(seq 60); do
        ask "$RANDOM"
        sleep 0.3
        [ "$(grep -oE 'event=memory stage=[a-z]+' "$work/log" | tail -n 1)" = "event=memory stage=$1" ] && break
    done
    is "$(grep -oE 'event=memory stage=[a-z]+' "$work/log" | tail -n 1)" "event=memory stage=$1" "stage $1 with $2 MB taken"
}
for i in $(seq 20); do ask "$i"; done
is "$code" 200 "calm: an analysis"
reach standard 134
ask standard
is "$code" 200 "standard: an analysis"
like "$(cat "$work/log")" 'event=reclaim stage=standard owner=answers freed_bytes=[1-9]' "the cache of answers gave back, with bytes in the log"
batch
is "$code" 200 "standard: a batch"
reach aggressive 154
ask aggressive
is "$code" 200 "aggressive: an analysis"
batch
is "$code" 503 "aggressive: no new batch"
like "$(cat "$work/head")" '^Retry-After' "and when to come back"
reach emergency 172
ask emergency
is "$code" 503 "emergency: no analysis"
get $url/health
is "$code" 200 "emergency: health answers"
like "$(cat "$work/body")" '"status":"(ok|degraded)"' "and has its status"
echo 1 >"$work/want"
for _ in $(seq 60); do
    ask again
    [ "$code" = 200 ] && break
    sleep 0.2
done
is "$code" 200 "calm again: an analysis"
grep -q 'oom_kill [1-9]' "$work/log"
is $? 1 "nothing was killed"
finish
