#!/bin/bash
# A long run of rank that is killed goes on where it was, and what comes out is
# the same as of a run that nobody disturbed. By words alone, without a model.
# RESUMES=2000 tests/cli/rank_state.sh takes that many.
. "$(dirname "$0")/../tap.sh"
root=$PWD
cd "$work" || exit 2
job=$root/data/samples/job.txt
count=${RESUMES:-240}
run=("$program" rank --models "$work/none" --as-of 2026-11 --job "$job")
rank() { "${run[@]}" "$@"; }
lines() { if [ -f "$1" ]; then wc -l <"$1"; else echo 0; fi; }

# Resumes that differ: other words, other years; and some that cannot be read.
mkdir all
for ((i = 0; i < count; i++)); do
    case $((i % 4)) in
    0) sed "s/Python/Python $i/" "$root/data/samples/tomas.txt" ;;
    1) sed "s/2022/20$((10 + i % 12))/" "$root/data/samples/tomas.txt" ;;
    2) sed "s/billing/Docker and Kubernetes $i/" "$root/data/samples/tomas.txt" ;;
    3) head -n $((12 + i % 18)) "$root/data/samples/tomas.txt" ;;
    esac >"all/$(printf %05d "$i").txt"
done
: >all/00002.txt
printf 'not a pdf at all, only \x00\x01\x02 bytes' >all/00011.txt

rank --csv whole.csv --html whole.html --xlsx whole.xlsx --json all \
    >whole.json 2>whole.err
is $? 4 "$count resumes at once, two of them bad"

# Killed hard, half way: nothing can be said or saved at that moment.
"${run[@]}" --state run.jsonl all >/dev/null 2>&1 &
pid=$!
while [ "$(lines run.jsonl)" -lt $((count / 2)) ] && kill -0 $pid 2>/dev/null; do
    sleep 0.02
done
kill -9 $pid
wait $pid 2>/dev/null
before=$(lines run.jsonl)
[ "$before" -ge $((count / 2)) ] && [ "$before" -lt "$count" ]
ok $? "it was killed in the middle ($before of $count)"
# The worst moment: in the middle of a line.
head -c -100 run.jsonl >torn.jsonl
rank --state torn.jsonl --csv again.csv --html again.html --xlsx again.xlsx \
    --json all >again.json 2>again.err
is $? 4 "the same command goes on"
for form in json csv html xlsx; do
    cmp -s whole.$form again.$form
    ok $? "$form: the same bytes as of the whole run"
done
cmp -s <(grep -v ^note whole.err) <(grep -v ^note again.err)
ok $? "the bad files are told of again"
like "$(cat again.err)" 'going on with torn.jsonl' "it says that it goes on"
# Each file is done once; the torn line once more.
is "$(lines torn.jsonl)" $((count + 1)) "nothing that was done is done again"
[ "$(stat -c %a run.jsonl)" = 600 ]
ok $? "nobody else may read it"

before=$(lines torn.jsonl)
rank --state torn.jsonl --json all 2>/dev/null | cmp -s - whole.json
ok $? "a run that is done can be shown again"
is "$(lines torn.jsonl)" "$before" "without doing anything"
echo "Kubernetes in production" >>all/00001.txt
rank --state torn.jsonl all >/dev/null 2>&1
is "$(lines torn.jsonl)" $((before + 1)) "a file that changed is done again"
rank --state torn.jsonl --weights skill=30 all >/dev/null 2>&1
is "$(lines torn.jsonl)" $((before + 1 + count)) "another question does all again"
rank --state torn.jsonl --json all 2>/dev/null | grep -q '"place": 1'
is "$(lines torn.jsonl)" $((before + 1 + count)) "and leaves the first one's lines"

# Ctrl-C.
"${run[@]}" --state stop.jsonl all >stop.out 2>stop.err &
pid=$!
while [ "$(lines stop.jsonl)" -lt 20 ] && kill -0 $pid 2>/dev/null; do
    sleep 0.02
done
kill -TERM $pid
wait $pid
is $? 130 "a signal stops it"
like "$(cat stop.err)" 'stopped; [0-9]+ of [0-9]+ files are done and kept in stop.jsonl' \
    "with a message that says how to go on"
[ ! -s stop.out ]
ok $? "and without a ranking of a part"
is "$(tail -c 1 stop.jsonl | od -An -c | tr -d ' ')" '\n' "all lines are whole"

(
    exec 9>>busy.jsonl
    flock 9
    rank --state busy.jsonl all
) >/dev/null 2>busy.err
is $? 1 "one state, one run"
like "$(cat busy.err)" 'another process' "the second is told"
cp "$job" job.txt
rank --state job.txt all >/dev/null 2>wrong.err
is $? 1 "a file that is no state is refused"
cmp -s "$job" job.txt
ok $? "and left as it is"
finish
