#!/bin/bash
# Entities through the service, with en_core_web_sm itself.
. "$(dirname "$0")/../tap.sh"
. tests/server/lib.sh
pipeline=${RESUME_SCORER_MODELS:-$("$program" models path --dir)}/en_core_web_sm
command -v curl >/dev/null || { skip "entities of the service" "curl is missing"; finish; }
if [ ! -e "$pipeline/manifest.json" ]; then
    skip "entities of the service" "en_core_web_sm is not installed"
    finish
fi
mkdir "$work/models"
cp -r "$pipeline" "$work/models/"
start --models "$work/models"
json=(-H 'Content-Type: application/json')
ask() { get "${json[@]}" --data-binary @"$work/$1" "$url/v1/entities"; }

cat >"$work/text" <<'EOF'
Apple is looking at buying U.K. startup for $1 billion.
Naïve Zoë Müller led five nurses at St. Thomas' Hospital, London, from March 2018.
EOF
{ printf '{"text":"'; sed 's/$/\\n/' "$work/text" | tr -d '\n'; printf '"}'; } \
    >"$work/ask"
ask ask
is "$code" 200 "a text"
"$program" entities --models "$work/models" --raw --json "$work/text" \
    >"$work/cli"
is "$(cat "$work/body")" "$(cat "$work/cli")" "is answered as by the program"
like "$(cat "$work/body")" '"ents":\[\{"start":0,"end":5,"label":"ORG"\},\{"start":27,"end":31,"label":"GPE"\},\{"start":44,"end":54,"label":"MONEY"\}' \
    "as Python spaCy answers it"
like "$(cat "$work/head")" 'application/json' "as JSON"

printf '{"text":""}' >"$work/ask"
ask ask
is "$code $(cat "$work/body")" \
    '200 {"text":"","ents":[],"sents":[],"tokens":[]}' "an empty text"
printf '{"text":" \\n\\t\\n  "}' >"$work/ask"
ask ask
is "$code" 200 "only white space"
like "$(cat "$work/body")" '"ents":\[\],' "has no entity"
printf '{"text":"Jan \xff\xfe"}' >"$work/ask"
ask ask
is "$code" 400 "a body that is no UTF-8"
printf '{"text":"Jan \\ud800 in Rome"}' >"$work/ask"
ask ask
is "$code" 400 "half of a surrogate pair"
many() { # LETTER COUNT
    { printf '{"text":"'; head -c "$2" /dev/zero | tr '\0' "$1"; printf '"}'; } \
        >"$work/ask"
    ask ask
}
many x 1000000
is "$code" 200 "1,000,000 characters"
many x 1000001
is "$code" 413 "one more"
like "$(cat "$work/body")" '1000000 characters' "and the limit is told"
many '(' 40000
is "$code" 413 "brackets that would take minutes"

# The field of an analysis.
printf 'Ann Example\nann@example.org\n+44 20 7946 0018\n\nExperience\nSoftware Engineer, Northwind Traders Ltd, London, 2015 - 2022\n- Wrote C code for Linux servers with SQL and Dr. Chen.\n\nSkills\nC, Linux, SQL\n\nReferences\nMarta Oliveira, Acme Ltd\n' >"$work/cv.txt"
form=(-F "resume=@$work/cv.txt" -F 'job_summary=We need a C developer with 3 years of experience in Linux and SQL.')
get "${form[@]}" $url/analyze
cp "$work/body" "$work/without"
is "$(grep -c '"entities"' "$work/body")" 0 "an analysis lists none unasked"
get "${form[@]}" -F entities=true $url/analyze
is "$code" 200 "an analysis with entities"
like "$(cat "$work/body")" \
    '"entities":\[.*"text":"Northwind Traders Ltd","label":"ORG"' "lists them"
is "$(grep -cE '"text":"[^"]*(Ann|Chen|Oliveira|ann@)[^"]*","label"' "$work/body")" 0 \
    "without people"
like "$(cat "$work/body")" \
    '"entities":\{"name":"en_core_web_sm 3.8.0","hash":"[0-9a-f]{16}","parser":false\}' \
    "and names the pipeline"
score_of() { grep -oE '"score":[0-9.]+,' "$1"; }
is "$(score_of "$work/body")" "$(score_of "$work/without")" \
    "the score is the same"
get "${json[@]}" -d '{"job":"Requirements: Go, SQL, Linux","resume":"Ann Example\nann@example.org\n\nExperience\nGo developer, Acme Ltd, Berlin, 2015 - 2020\n- Wrote SQL.","entities":true}' $url/v1/score
is "$code" 200 "so does /v1/score"
like "$(cat "$work/body")" '"entities": *\[' "with its field"
get "${json[@]}" -d '{"job":"Go","resume":"x","entities":"yes"}' $url/v1/score
is "$code" 422 "which is true or false"
stop

# A pipeline that is damaged after its installation.
head -c 100000 "$work/models/en_core_web_sm/source/ner/model" >"$work/cut"
cp "$work/cut" "$work/models/en_core_web_sm/source/ner/model"
start --models "$work/models"
printf '{"text":"Jan works at Acme."}' >"$work/ask"
ask ask
is "$code" 500 "a damaged pipeline is no fault of the client"
like "$(cat "$work/body")" 'ner/model: .*damaged' "and is named"
get "${form[@]}" -F entities=1 $url/analyze
is "$code" 500 "in an analysis, too"
get $url/health
is "$code" 200 "and the service lives"
stop
is $? 0 "to its end"

# Without one.
start
get "${form[@]}" -F entities=true $url/analyze
is "$code" 200 "an analysis without a pipeline"
is "$(grep -o '"code":"no_entities"' "$work/body" | wc -l)" 1 \
    "says once that there is none"
is "$(score_of "$work/body")" "$(score_of "$work/without")" \
    "and the score is the same"
stop
finish
