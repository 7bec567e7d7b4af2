#!/bin/bash
# Help, usage errors and exit codes of every command.
. "$(dirname "$0")/../tap.sh"

out=$("$program" --help)
is $? 0 "--help succeeds"
like "$out" 'score +Score one resume' "--help lists the commands"
"$program" >/dev/null
is $? 2 "no command is wrong usage"
err=$("$program" scor 2>&1)
is $? 2 "an unknown command is wrong usage"
like "$err" "no command 'scor'" "and is named"
like "$("$program" --version)" '^resume-scorer [0-9]+\.[0-9]+\.[0-9]+$' "version"

commands=$("$program" --help |
    sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z -]*[a-z]\)  .*/\1/p')
while read -r command; do
    # shellcheck disable=SC2086
    out=$("$program" $command --help </dev/null)
    is $? 0 "$command --help succeeds"
    n=$(sed -n '/^Examples:/,/^$/p' <<<"$out" | grep -c '^  ')
    [ "$n" -ge 2 ]
    ok $? "$command --help has two examples"
    # shellcheck disable=SC2086
    "$program" $command --no-such-option >/dev/null 2>"$work/err" </dev/null
    is $? 2 "$command refuses an unknown option"
    grep -q -- '--no-such-option' "$work/err"
    ok $? "$command names the unknown option"
done <<<"$commands"

"$program" score --job 2>"$work/err"
is $? 2 "an option without its value is wrong usage"
"$program" score x.pdf 2>"$work/err"
is $? 2 "score without a job is wrong usage"
"$program" rank --job data/samples/job.txt --top 0 x 2>"$work/err"
is $? 2 "a number out of its range is wrong usage"
like "$(cat "$work/err")" 'whole number from 1' "and the range is told"
like "$("$program" manual)" '^\.TH RESUME-SCORER' "the manual page"
like "$("$program" completion bash)" 'complete .*resume-scorer' "bash completion"
bash -n <("$program" completion bash)
ok $? "the bash completion is valid"
finish
