#!/bin/bash
# resume-scorer skills list, show, add.
. "$(dirname "$0")/../tap.sh"
export XDG_CONFIG_HOME="$work/config"
s() { "$program" skills "$@"; }

out=$(s list --field nursing)
is $? 0 "list"
like "$out" '^Wound care +hard +Patient care \(nursing\)$' "a line per skill"
is "$(grep -c '(software)' <<<"$out")" 0 "only the field that was asked for"
like "$(s list --kind language --json)" '"name": "Portuguese"' "as JSON"

out=$(s show K8S)
is $? 0 "show by alias, without case"
like "$out" '^Kubernetes  tool$' "has the name and kind"
like "$out" '^  kind of Containerization$' "has relations"
like "$(s show 'node js' --json)" '"name": "Node.js"' "a variant is found"
err=$(s show frobnication 2>&1 >/dev/null)
is $? 1 "an unknown skill is bad input"
like "$err" "no skill has this name or alias: 'frobnication'" "and is named"
s show >/dev/null 2>&1
is $? 2 "no name is wrong usage"

out=$(s add Frobnication --alias "frob, to frobnicate" --kind soft \
    --category Odd --related Python)
is $? 0 "add"
like "$out" 'config/resume-scorer/skills.txt' "says where"
like "$(s show frobnicated)" '^Frobnication  soft$' "the new skill is found"
like "$(s show frob)" '^  related to Python$' "with its relation"
like "$(s list --category odd)" '^Frobnication ' "and listed"
s add Python --alias "snake language" >/dev/null
like "$(s show 'snake language')" '^Python ' "a known skill gets a name"
cp "$XDG_CONFIG_HOME/resume-scorer/skills.txt" "$work/before"
err=$(s add Bad --part-of Nowhere 2>&1 >/dev/null)
is $? 1 "a relation to nothing is refused"
like "$err" "no skill has this name: 'Nowhere'" "and named"
cmp -s "$XDG_CONFIG_HOME/resume-scorer/skills.txt" "$work/before"
is $? 0 "and the file is as it was"
s add 'a;b' >/dev/null 2>&1
is $? 2 "a name with a semicolon is refused"
s add Odd --related $'Python\n[Evil]\nEvil' >/dev/null 2>&1
is $? 2 "a line break in any list is refused"
s add Python >/dev/null 2>&1
is $? 1 "what is known is not added again"
cmp -s "$XDG_CONFIG_HOME/resume-scorer/skills.txt" "$work/before"
is $? 0 "and the file is as it was"
s list --field nosuch >/dev/null 2>&1
is $? 1 "a field that is none is bad input"
err=$(s add Zorb --alias sql --ontology "$work/taken.txt" 2>&1 >/dev/null)
like "$err" "'sql' was a name of SQL and is one of Zorb now" \
    "a name that is taken from another skill is told"
printf '[Own]\nFoo; related: Nope\n' >"$work/bad.txt"
err=$(s list --ontology "$work/bad.txt" 2>&1)
is $? 1 "a file with a mistake"
like "$err" "$work/bad.txt: own skills:2: no skill has this name: 'Nope'" \
    "is named with the line"
out=$("$program" doctor --ontology "$work/bad.txt")
is $? 1 "doctor: own skills with a mistake"
like "$(tr -s '\n ' ' ' <<<"$out")" "take it out: $work/bad.txt" "says what to do"
like "$out" '^  ok  limits' "and prints the other rows"
s add Other --ontology "$work/other.txt" >/dev/null
like "$(s show other --ontology "$work/other.txt")" '^Other  hard$' \
    "another file"
finish
