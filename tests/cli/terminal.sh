#!/bin/bash
# Nothing that a name or a document holds may steer the terminal.
. "$(dirname "$0")/../tap.sh"
none=--models=$work/none
job=data/samples/job.txt
esc=$'\x1b[31m' reverse=$'\u202e'

# clean FILE NAME: no control but line ends, no override of the direction.
clean() {
    LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f\x7f]' "$1" || grep -q "$reverse" "$1"
    is $? 1 "$2"
}

folder=$work/folder
mkdir "$folder"
cp data/samples/tomas.txt "$folder/a$esc"$'\a\r\n'"$reverse.txt"
echo x >"$folder/b$esc.txt"
echo x >"$folder/c$esc.csv"
"$program" rank $none --job $job "$folder" >"$work/out" 2>&1
clean "$work/out" "rank: the table, the failures, what is skipped"
for command in "score --job $job" extract parse redact "audit-swap --job $job" \
    entities skills\ show "verify --job $job --resume $job" "config show --config"; do
    # shellcheck disable=SC2086
    "$program" $command "$work/none$esc" >"$work/out" 2>&1
    clean "$work/out" "$command: a file that is not there"
done
"$program" "x$esc" >"$work/out" 2>&1
clean "$work/out" "an unknown command"
"$program" score "--x$esc" >"$work/out" 2>&1
clean "$work/out" "an unknown option"
"$program" score $none --job $job --title "x$esc" "$folder/a"* >"$work/out"
clean "$work/out" "the title of a job"

printf '[Odd%s]\nName%s = alias%s\n' "$esc" "$esc" "$esc" >"$work/own.txt"
"$program" skills list --ontology "$work/own.txt" >"$work/out" 2>&1
clean "$work/out" "skills list: names of one's own"
"$program" skills show 'alias[31m' --ontology "$work/own.txt" >"$work/out" 2>&1
clean "$work/out" "skills show: names of one's own"

# The bar is drawn on a terminal only; colours are switched off.
if command -v script >/dev/null; then
    NO_COLOR=1 script -qec "$(printf '%q ' "$program" rank $none --job $job "$folder")" \
        /dev/null </dev/null >"$work/tty" 2>&1
    grep -q 'Scoring \[' "$work/tty"
    ok $? "the bar is drawn"
    tr -d '\r' <"$work/tty" | sed $'s/\x1b\\[K//g' >"$work/out"
    clean "$work/out" "the bar shows names without their controls"
else
    skip "the bar" "script is not installed"
fi
finish
