#!/bin/bash
# resume-scorer entities, with the small random pipeline that a test writes.
. "$(dirname "$0")/../tap.sh"

writer=
for b in build build/asan; do
    [ -x $b/tests/unit/test_entity_pipeline ] &&
        writer=$b/tests/unit/test_entity_pipeline
done
mkdir "$work/none"

err=$("$program" entities --models "$work/none" README.md 2>&1 >/dev/null)
is $? 3 "a missing pipeline has its own exit code"
like "$err" 'models pull en_core_web_sm' "and the command that cures it"
like "$("$program" doctor --models "$work/none" 2>&1)" 'the model en_core_web_sm is not installed' \
    "doctor has a row for it"
"$program" entities >/dev/null 2>&1
is $? 2 "no file is wrong usage"
"$program" entities --json --html x >/dev/null 2>&1
is $? 2 "two formats are wrong usage"

if [ -z "$writer" ] || ! "$writer" --write "$work/tiny"; then
    skip "entities of a text" "build/tests/unit/test_entity_pipeline is not built"
    finish
fi
e() { "$program" entities --pipeline "$work/tiny" "$@"; }

printf 'Dr. X saw <b>Jan</b> & co. in the U.S. colour.\n' >"$work/text.txt"
out=$(e "$work/text.txt")
is $? 0 "a text file"
like "$out" '^(ORG|PERSON|DATE) +.* [0-9]+-[0-9]+$' "lines of label, text, place"
is "$(e - <"$work/text.txt")" "$out" "standard input gives the same"
json=$(e --raw --json "$work/text.txt")
is $? 0 "--json"
like "$json" '^\{"text":"Dr. X saw' "begins with the text"
like "$json" '"sents":\[\{"start":0,' "has sentences"
like "$json" '"tokens":\[\{"id":0,"start":0,"end":3,"dep":"[a-zA-Z]+","head":[0-9]+\}' \
    "has tokens with label and head"
html=$(e --html "$work/text.txt")
like "$html" '<mark class="entity"' "--html marks entities"
like "$html" '&lt;' "and escapes the text"
is "$(grep -c '<b>' <<<"$html")" 0 "no tag of the text is left"
is "$(e --raw --isa scalar --json "$work/text.txt")" "$json" \
    "the same without vector instructions"

: >"$work/empty.txt"
is "$(e --raw --json "$work/empty.txt")" \
    '{"text":"","ents":[],"sents":[],"tokens":[]}' "an empty text"
printf 'Jan \377 X\n' >"$work/bad.txt"
err=$(e --raw "$work/bad.txt" 2>&1 >/dev/null)
is $? 0 "damaged UTF-8 is no failure"
like "$err" 'U\+FFFD' "but is told"
head -c 1000001 /dev/zero | tr '\0' x >"$work/long.txt"
err=$(e --raw "$work/long.txt" 2>&1 >/dev/null)
is $? 1 "a text of 1,000,001 characters is bad input"
like "$err" '1000000 characters' "and the limit is told"
head -c 20000 "$work/tiny/ner/model" >"$work/cut" &&
    mv "$work/cut" "$work/tiny/ner/model"
err=$(e "$work/text.txt" 2>&1 >/dev/null)
is $? 1 "a truncated model is bad input"
like "$err" 'ner/model: .*damaged' "and the file is named"

# en_core_web_sm itself.
installed=${RESUME_SCORER_MODELS:-$("$program" models path --dir)}/en_core_web_sm
if [ ! -e "$installed/manifest.json" ]; then
    skip "entities in a result" "en_core_web_sm is not installed"
    finish
fi
mkdir "$work/models"
cp -r "$installed" "$work/models/"
out=$("$program" entities --models "$work/models" data/samples/amara.pdf)
like "$out" '^ORG +University of Strathclyde +' "a sample with en_core_web_sm"
s() {
    "$program" score --models "$work/models" --job data/samples/job.txt \
        --as-of 2026-06-01 --json "$@" data/samples/amara.pdf
}
s >"$work/plain.json"
is "$(grep -c entities "$work/plain.json")" 0 "a result has none unasked"
s --entities >"$work/saved.json"
is $? 0 "score --entities"
like "$(cat "$work/saved.json")" '"label": "ORG"' "lists them"
is "$(grep -c '"PERSON"' "$work/saved.json")" 0 "without people"
for isa in scalar avx2 avx512 neon; do
    # One that this processor has not is an error, and no difference.
    again=$(RESUME_SCORER_ISA=$isa s --entities 2>/dev/null) || continue
    is "$again" "$(cat "$work/saved.json")" "the same bytes with $isa"
done
v() {
    "$program" verify "$@" --job data/samples/job.txt \
        --resume data/samples/amara.pdf "$work/saved.json"
}
v --models "$work/models" >/dev/null
is $? 0 "verify looks for them again"
printf x >>"$work/models/en_core_web_sm/source/ner/cfg"
"$program" models verify --models "$work/models" >/dev/null 2>&1
is $? 1 "models verify notices a changed pipeline"
err=$(s --entities 2>&1 >/dev/null)
is $? 1 "a damaged pipeline is an error of score --entities"
like "$err" 'ner/cfg' "that names the file"
out=$(v --models "$work/none")
is $? 1 "without the pipeline verify finds a difference"
like "$out" 'provenance.entities' "and its cause"
finish
