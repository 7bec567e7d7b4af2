#!/bin/bash
# A resume and a job full of words that exist nowhere else go through every
# route, well and badly. None of these words is in the logs, the metrics, the
# cache, the audit log, the folder of state or a temporary file afterwards.
. "$(dirname "$0")/../tap.sh"
. tests/server/lib.sh
command -v curl >/dev/null || { skip "privacy" "curl is missing"; finish; }

c=Zqxcanary
cat >"$work/${c}file.txt" <<END
${c}name Example
${c}mail@example.org +49 30 5550199

Experience
${c}title Engineer, ${c}firm, 2015 - 2022
- Wrote C code for Linux servers with SQL at ${c}place.

Skills
C, Linux, SQL, ${c}skill
END
job="We need a C developer with 3 years of experience in Linux and ${c}jobskill."
cv=$work/${c}file.txt
text=$(sed 's/$/\\n/' "$cv" | tr -d '\n')
printf '\x25PDF-1.4\n%s damaged' "$c" >"$work/$c.pdf"
head -c 20 "$cv" >"$work/$c.zip"
mkdir "$work/tmp"
printf '[data]\naudit_log = %s/audit\n[server]\nrate_per_minute = 100000\nrate_burst = 1000\n' "$work" >"$work/x.ini"
export TMPDIR=$work/tmp
start --config "$work/x.ini" --log-level debug
[ -n "$port" ]
ok $? "starts"

# Every path of openapi.json gets everything, whether it takes it or not.
json=(-H 'Content-Type: application/json')
get $url/openapi.json
mapfile -t paths < <(grep -oE '^  "/[^"]*": \{' "$work/body" | cut -d'"' -f2)
[ ${#paths[@]} -ge 29 ]
ok $? "${#paths[@]} paths"
answered=0
for path in "${paths[@]}"; do
    at=$url${path/\{batch_id\}/$c}
    for arguments in \
        "-F resume=@$cv -F resumes=@$cv -F file=@$cv" \
        "-F resume=@$work/$c.pdf" "-F resumes=@$work/$c.zip" \
        "-F ${c}field=x" "-X DELETE" "-X ${c}METHOD" "-G -d q=${c}query" \
        "-H X-Request-Id:${c}id" "-H Authorization:Bearer_${c}key" \
        "-H Expect:${c}" "-H Content-Encoding:${c}" "-A ${c}agent" \
        "-H Referer:http://${c}/" "-H Content-Type:text/${c} -d x"; do
        # shellcheck disable=SC2086
        get $arguments "$at"
        answered=$((answered + (code != 0)))
    done
    for body in "{\"text\":\"$text\"}" "{\"resume\":\"$text\",\"job\":\"$job\"}" \
        "{\"resumes\":[\"$text\"],\"job\":\"$job\"}" "{\"inputs\":\"$text\"}" \
        "{\"input\":\"$text\"}" "{\"query\":\"$text\",\"texts\":[\"$text\"],\"documents\":[\"$text\"]}" \
        "{\"${c}key\":1}" "{\"$c" "[\"$c\"]" "{\"inputs\":{\"source_sentence\":\"$text\",\"sentences\":[\"$text\"]}}"; do
        get "${json[@]}" -d "$body" "$at"
        answered=$((answered + (code != 0)))
    done
    get -F "resume=@$cv" -F "job_summary=$job" -F "job_title=${c}title" "$at"
    get -F "resume=@$cv" -F "job=$job" "$at"
    get -F "resumes=@$cv" -F "resumes=@$work/$c.pdf" -F "job=$job" -F "job_summary=$job" "$at?async=${c}"
    get -F "resumes=@$cv" -F "job_summary=$job" "$at?async=1"
done
[ $answered -ge 500 ]
ok $? "$answered answers"
get -F "resume=@$cv" -F "job_summary=$job" $url/analyze
is "$code" 200 "one of them is an analysis"
like "$(cat "$work/body")" "$c" "whose answer has the words, as it should"
get $url/metrics
grep -qi "$c" "$work/body"
is $? 1 "metrics"
log_request='event=request id=[^ ]+ method=[A-Z]+ operation=[a-zA-Z]+ status=[0-9]+'
like "$(cat "$work/log")" "$log_request" "requests are logged"
grep -i "$c" "$work/log" | grep -vE "^ts=[^ ]+ level=[a-z]+ event=request id=${c}id " >"$work/found"
is "$(head -n 3 "$work/found")" "" "the log (but for a request id that the client chose)"
is "$(grep -c . "$work/audit" | grep -c '^[1-9]')" 1 "the audit log has lines"
grep -qi "$c" "$work/audit"
is $? 1 "of hashes only"
# A crash leaves nothing either.
kill -ABRT $server_pid
wait $server_pid 2>/dev/null
server_pid=
is "$(find "$work/tmp" -type f | wc -l)" 0 "temporary files"
is "$(find "$work/tmp" "$work/state" . -maxdepth 1 -name 'core*' -newer "$work/x.ini" | wc -l)" 0 "core files"
is "$(grep -rlai "$c" "$work/state" "$work/tmp" | wc -l)" 0 "the folder of state"
finish
