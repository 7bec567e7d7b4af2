#!/bin/bash
# The service from outside: every route, its errors, its caches, its end.
. "$(dirname "$0")/../tap.sh"
. tests/server/lib.sh
command -v curl >/dev/null || { skip "the service" "curl is missing"; finish; }

printf 'Ann Example\nann@example.org\n\nExperience\nSoftware Engineer, Acme, 2015 - 2022\n- Wrote C code for Linux servers with SQL.\n\nSkills\nC, Linux, SQL\n' >"$work/cv.txt"
job='We need a C developer with 3 years of experience in Linux and SQL.'
form=(-F "resume=@$work/cv.txt" -F "job_summary=$job")
json=(-H 'Content-Type: application/json' -d)

start
[ -n "$port" ]
ok $? "starts and says its port"

get $url/health
is "$code" 200 "health"
like "$(cat "$work/body")" '^\{"status":"(ok|degraded)","version":"[0-9.]+","timestamp":"[^"]+","memory_usage":\{"used_mb":[0-9]+,"limit_mb":[0-9]+,"percent":[0-9]+\}\}$' "health has its shape"
[ "$(wc -c <"$work/body")" -lt 200 ]
ok $? "health is under 200 bytes"
for path in healthz ping metrics docs docs/style.css openapi.json info v1/models; do
    get $url/$path
    is "$code" 200 "GET /$path"
done
get $url/docs
is "$(grep -o '<li><a href="#' "$work/body" | wc -l)" \
    "$(grep -o '<h3 ' "$work/body" | wc -l)" "the documentation links to each of its routes"
like "$(tr -d '\n' <"$work/body")" '<code>job</code></td><td>string</td><td><b>Needed' \
    "and says what is needed"
get -I $url/health
is "$code" 200 "HEAD"
get $url/
is "$code" 307 "/ leads to the documentation"

entities() { # STATUS BODY NAME
    get "${json[@]}" "$2" $url/v1/entities
    is "$code" "$1" "entities: $3"
}
entities 503 '{"text":"Jan works at Acme."}' "no pipeline"
like "$(cat "$work/body")" 'models pull en_core_web_sm' "and how to get it"
entities 400 '{"text":' "broken JSON"
entities 422 '{}' "no text"
entities 422 '{"text":7}' "a text that is a number"

get "${form[@]}" $url/analyze
is "$code" 200 "analyze"
cp "$work/body" "$work/first"
like "$(cat "$work/body")" '"match_percentage":"[0-9]+%","score":[0-9.]+,"recommendation":"' "analyze has the original's fields"
get "${form[@]}" $url/analyze
cmp -s "$work/body" "$work/first"
ok $? "the same bytes from the cache"
get $url/metrics
like "$(cat "$work/body")" '^rsc_cached_total 1$' "which the metrics count"

# Errors have one shape, and never status 200.
envelope='^\{"error":\{"code":"[a-z_]+","message":".+","request_id":"[0-9a-zA-Z_-]+"\}\}$'
wrong() { # STATUS NAME CURL-ARGUMENT...
    local want=$1 name=$2
    shift 2
    get "$@"
    is "$code" "$want" "$name"
    like "$(cat "$work/body")" "$envelope" "$name: envelope"
}
wrong 404 "an unknown path" $url/nowhere
wrong 405 "a wrong method" -X DELETE $url/health
like "$(cat "$work/head")" '^Allow: GET' "405 lists the methods"
wrong 411 "no length" -X POST -H 'Content-Length:' $url/analyze
wrong 415 "a wrong type" -H 'Content-Type: text/plain' -d x $url/analyze
wrong 415 "a compressed body" -H 'Content-Encoding: gzip' -F a=b $url/analyze
wrong 400 "a form without a boundary" -H 'Content-Type: multipart/form-data' -d x $url/analyze
wrong 422 "no resume" -F "job_summary=$job" $url/analyze
wrong 422 "no job" -F "resume=@$work/cv.txt" $url/analyze
wrong 422 "an unknown field" "${form[@]}" -F colour=red $url/analyze
like "$(cat "$work/body")" "'colour'" "the field is named"
: >"$work/empty.pdf"
wrong 422 "an empty resume" -F "resume=@$work/empty.pdf" -F "job_summary=$job" $url/analyze
wrong 422 "a resume of blanks" "${json[@]}" '{"job":"Python","resume":" "}' $url/v1/score
like "$(cat "$work/body")" 'the resume: the text is empty' "it is said which"
wrong 422 "a job of blanks" "${json[@]}" '{"job":" ","resume":"Python"}' $url/v1/score
like "$(cat "$work/body")" '"message":"[^"]*job' "and of the job, too"
wrong 400 "no JSON" "${json[@]}" '{"job":' $url/v1/score
wrong 400 "a key twice" "${json[@]}" '{"job":"a","job":"b","resume":"c"}' $url/v1/score
wrong 400 "JSON too deep" "${json[@]}" "$(printf '[%.0s' $(seq 100))" $url/v1/score
wrong 422 "an unknown key" "${json[@]}" '{"job":"a","resume":"b","x":1}' $url/v1/score
wrong 422 "a wrong type of value" "${json[@]}" '{"job":1,"resume":"b"}' $url/v1/score
wrong 417 "another expectation" -H 'Expect: miracles' "${form[@]}" $url/analyze
wrong 404 "an unknown batch" $url/batch-analyze/0123
head -c 2100000 /dev/zero | tr '\0' ' ' >"$work/large"
wrong 413 "a JSON body over its limit" -H 'Content-Type: application/json' --data-binary "@$work/large" $url/v1/score
get "${json[@]}" '{"inputs":"x"}' $url/embed
is "$code" 424 "no model: the embedding server's status"
like "$(cat "$work/body")" '^\{"error":"[^"]+","error_type":"Backend"\}$' "and its envelope"
get "${json[@]}" '{"input":"x"}' $url/v1/embeddings
is "$code" 503 "no model: /v1/embeddings"
like "$(cat "$work/body")" '^\{"error":\{"message":"[^"]+","type":"server_error","param":null,"code":"[a-z_]+"\}\}$' "and its envelope"

# Our own routes.
text=$(sed 's/$/\\n/' "$work/cv.txt" | tr -d '\n')
get "${json[@]}" "{\"job\":\"$job\",\"resume\":\"$text\"}" $url/v1/score
is "$code" 200 "score from JSON"
like "$(cat "$work/body")" '"version": 1' "score has the contract"
get -F "job=$job" -F "resume=@$work/cv.txt" $url/v1/score
is "$code" 200 "score from a form"
get "${json[@]}" "{\"job\":\"$job\",\"resumes\":[\"I am a gardener. I like roses and trees.\",{\"name\":\"ann\",\"text\":\"$text\"}]}" $url/v1/rank
is "$code" 200 "rank"
like "$(cat "$work/body")" '^\{"ranking":\[\{"index":1,"name":"ann","rank":1,"rank_best":1,' "the better one is first"
get -F "job=$job" -F "resumes=@$work/cv.txt" -F "resumes=@$work/cv.txt;filename=copy.txt" $url/v1/rank
is "$(grep -o '"rank":1,"rank_best":1,"rank_worst":1' "$work/body" | wc -l)" 2 "equal totals share a rank"
get -F "job=$job" -F require=kind=years -F "resume=@$work/cv.txt" $url/v1/score
like "$code $(tr -d '\n' <"$work/body")" '^200 .*"required": true.*"require": "kind=years"' "what must be met"
get "${json[@]}" "{\"job\":\"$job\",\"resume\":\"$text\",\"require\":\"COBOL\"}" $url/v1/score
like "$code $(cat "$work/body")" '^422 .*it asks for: ' "and what cannot be required"
get "${json[@]}" "{\"job\":\"$job\",\"resum\":\"$text\"}" $url/v1/score
like "$code $(cat "$work/body")" "^422 .*no field 'resum' here; there are: job, .*resume" "an unknown field, and what there is"
get "${json[@]}" "{\"text\":\"$text\"}" $url/v1/parse/resume
like "$code $(cat "$work/body")" '^200 .*"sections":\{' "parse a resume"
get "${json[@]}" "{\"text\":\"$job\"}" $url/v1/parse/job
like "$code $(tr -d '\n' <"$work/body")" '^200 .*"requirements": *\[' "parse a job"
get -F "resume=@$work/cv.txt" $url/debug/extract
like "$code $(cat "$work/body")" '^200 \{"status":"success","full_result":\{"text":"Ann' "debug/extract"

# The examples of the documentation.
examples=0
while IFS= read -r line; do
    [[ $line == *input* || $line == */rerank* ]] && continue # need the model
    examples=$((examples + 1))
    URL=$url bash -c "set -e; ${line/curl/curl -sS --fail -o $work/body}" 2>"$work/curl"
    is $? 0 "docs/api.md: ${line:0:70}"
done < <(grep -E '^    curl' docs/api.md | sed 's/^ *//')
[ $examples -ge 8 ]
ok $? "there are examples"

# Batches.
cp "$work/cv.txt" "$work/b.txt"
batch=(-F "resumes=@$work/cv.txt" -F "resumes=@$work/cv.txt" -F "resumes=@$work/empty.pdf" -F "job_summary=$job")
get "${batch[@]}" $url/batch-analyze
is "$code" 200 "a batch"
like "$(cat "$work/body")" '^\{"results":\{"cv.txt":\{"match_percentage' "has its first file"
like "$(cat "$work/body")" '"cv.txt \(2\)":\{"match_percentage' "a second one of the same name"
like "$(cat "$work/body")" '"empty.pdf":\{"error":\{"code"' "and the error of the empty one"
get "${batch[@]}" "$url/batch-analyze?async=1"
is "$code" 202 "an asynchronous batch"
id=$(grep -oE '"batch_id":"[0-9a-f]{32}"' "$work/body" | grep -oE '[0-9a-f]{32}')
for _ in $(seq 100); do
    get $url/batch-analyze/$id
    grep -q '"status":"done"' "$work/body" && break
    sleep 0.1
done
like "$(cat "$work/body")" '^\{"status":"done","done":3,"total":3,"results":\{"cv.txt":' "is done after a while"
get -X DELETE $url/batch-analyze/$id
is "$code" 200 "can be cancelled, too late"

# Skills.
get "$url/skills?category=databases"
like "$(cat "$work/body")" '^\{"skills":\[\{"name":"[^"]+","aliases":\[' "skills of a category"
get "${json[@]}" '{"name":"Quux Framework","aliases":["quuxlib"],"category":"Web"}' $url/skills
is "$code" 201 "a new skill"
wrong 409 "a skill that exists" "${json[@]}" '{"name":"Quux Framework"}' $url/skills
wrong 422 "a skill that is no name" "${json[@]}" '{"name":"a = b; c"}' $url/skills
get "$url/skills"
like "$(cat "$work/body")" 'Quux Framework' "is listed"

get -H 'X-Request-Id: my-id_1' $url/nowhere
like "$(cat "$work/body")" '"request_id":"my-id_1"' "a caller's request id is kept"
get -H 'X-Request-Id: <b>' $url/nowhere
like "$(cat "$work/body")" '"request_id":"[0-9a-f]{16}"' "one that could do harm is not"
grep -qE 'Ann|ann@|Acme|cv\.txt' "$work/log"
is $? 1 "nothing of a resume in the log"
stop
is $? 0 "ends well at SIGTERM"

# What outlives a restart.
start --store
get $url/skills
like "$(cat "$work/body")" 'Quux Framework' "an added skill outlives a restart"
get "${form[@]}" $url/analyze
get "${batch[@]}" "$url/batch-analyze?async=1"
id=$(grep -oE '[0-9a-f]{32}' "$work/body")
stop
is $? 0 "ends after its batch"
start --store
get $url/batch-analyze/$id
like "$(cat "$work/body")" '^\{"status":"(done|cancelled)","done":[0-3],"total":3,"results":\{' "a stored batch outlives a restart"
get "${form[@]}" $url/analyze
get $url/metrics
like "$(cat "$work/body")" '^rsc_cached_total 1$' "so does an answer"
out=$("$program" data delete --all --state "$work/state")
like "$out" '^Deleted [1-9]' "data delete"
get $url/batch-analyze/$id
is "$code" 404 "the batch is forgotten, at once"
get "${form[@]}" $url/analyze
get $url/metrics
like "$(cat "$work/body")" '^rsc_cached_total 1$' "and the answer is made anew"
stop

# Without data.store nothing of a person is on disk.
rm -rf "$work/state"
start
get "${form[@]}" $url/analyze
stop
grep -rqaE 'Ann|Acme|Linux' "$work/state"
is $? 1 "no text on disk by default"

# Keys and rates.
key=$("$program" config key test --json)
secret=$(grep -oE '"key": "[0-9a-f]+"' <<<"$key" | grep -oE '[0-9a-f]{64}')
{ echo "[server]"; echo "rate_per_minute = 60"; echo "rate_burst = 5"; echo "[keys]"
  grep -oE 'test = blake2b:[0-9a-f]+' <<<"$key"; } >"$work/x.ini"
start --config "$work/x.ini"
get $url/health
is "$code" 200 "health needs no key"
wrong 401 "no key" $url/skills
wrong 401 "a wrong key" -H "Authorization: Bearer ${secret%?}x" $url/skills
get -H "Authorization: Bearer $secret" "$url/skills?category=x"
is "$code" 200 "the right key"
for _ in 1 2 3 4 5; do get -H "Authorization: Bearer $secret" "$url/skills?category=x"; done
is "$code" 429 "too many requests"
like "$(cat "$work/head")" '^Retry-After: [0-9]+' "and when to come back"
get $url/health
is "$code" 200 "health has no rate"
stop

printf '[server]\nport = 1\nprot = 2\n' >"$work/bad.ini"
out=$("$program" serve --config "$work/bad.ini" 2>&1)
is $? 2 "a mistake in the configuration stops the start"
like "$out" 'bad.ini, line 3: there is no setting server.prot' "and names its line"
out=$(RENDER=true PORT=12345 "$program" config show)
like "$out" 'port += 12345 +; environment \$PORT' "config show names the origin"
out=$("$program" memory --one-time --json)
like "$out" '"stage":"(calm|standard|aggressive|emergency)"' "memory --one-time"
finish
