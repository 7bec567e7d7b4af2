#!/bin/bash
# Everything at once on four workers: single requests, batches that are
# watched and cancelled, new skills, metrics, deletions. Every answer is one
# that the request alone would get. Under TSan this is where races show.
. "$(dirname "$0")/../tap.sh"
. tests/server/lib.sh
command -v curl >/dev/null || { skip "everything at once" "curl is missing"; finish; }

printf 'Ann Example\nann@example.org\n\nExperience\nSoftware Engineer, Acme, 2015 - 2022\n- Wrote C code for Linux servers with SQL.\n\nSkills\nC, Linux, SQL\n' >"$work/cv.txt"
printf 'Bob Example\n\nExperience\nCook, Diner, 2010 - 2020\n- Cooked.\n' >"$work/b.txt"
printf '[memory]\nmonitor_seconds = 1\n[model]\noffload_seconds = 1\n[data]\naudit_log = %s/audit\n' "$work" >"$work/x.ini"
start --config "$work/x.ini" --workers 4 --store --log-level debug
[ -n "$port" ]
ok $? "starts with four workers"
form=(-F "resume=@$work/cv.txt" -F "job_summary=We need a C developer with 3 years of experience in Linux and SQL.")
get "${form[@]}" $url/analyze
is "$code" 200 "an analysis alone"
score=$(grep -oE '"match_percentage":"[0-9]+%","score":[0-9.]+' "$work/body")

# one LETTER N: what one client does N times; a line for each answer.
one() {
    local i id
    for i in $(seq "$2"); do
        curl -s "${form[@]}" $url/analyze | grep -oE '"match_percentage":"[0-9]+%","score":[0-9.]+'
        curl -s -o /dev/null -w 'score %{http_code}\n' "${form[@]/job_summary/job}" $url/v1/score
        curl -s -o /dev/null -w 'new %{http_code}\n' "${form[@]}" -F "job_title=$1 $i" $url/analyze
        curl -s -o /dev/null -w 'skill %{http_code}\n' -H 'Content-Type: application/json' -d "{\"name\":\"Skill $1 $i\"}" $url/skills
        id=$(curl -s -F "resumes=@$work/cv.txt" -F "resumes=@$work/b.txt" -F "job_summary=We need a cook with 3 years of experience, number $1 $i" "$url/batch-analyze?async=1" | grep -oE '[0-9a-f]{32}')
        curl -s -o /dev/null -w 'batch %{http_code}\n' $url/batch-analyze/$id
        [ $((i % 2)) = 0 ] || curl -s -o /dev/null -w 'cancel %{http_code}\n' -X DELETE $url/batch-analyze/$id
        curl -s -o /dev/null -w 'rank %{http_code}\n' -F "resumes=@$work/cv.txt" -F "resumes=@$work/b.txt" -F "job=We need a C developer with 3 years of experience in Linux and SQL." $url/v1/rank
        curl -s -o /dev/null -w 'metrics %{http_code}\n' $url/metrics
        curl -s -o /dev/null -w 'health %{http_code}\n' $url/health
        curl -s -m 0.01 -o /dev/null "${form[@]}" -F "job_title=gone $1 $i" $url/analyze
        [ "$1" = a ] && "${RSC_CLIENT:-$PWD/build/resume-scorer}" data delete --all --state "$work/state" >/dev/null
    done
}
for letter in a b c d e f; do
    one $letter "${RSC_ROUNDS:-2}" >"$work/seen.$letter" 2>/dev/null &
done
for i in $(jobs -p | grep -v "^$server_pid$"); do wait "$i"; done
wrong=$(cat "$work"/seen.* | grep -E '^"match' | grep -cvxF "$score")
is "$wrong" 0 "every analysis has its score"
odd=$(cat "$work"/seen.* | grep -vE '^"match|^skill 201$|^batch (200|404)$|^cancel (200|404)$|^[a-z]+ 200$' | sort | uniq -c)
is "$odd" "" "every other answer is as it should be"
[ "$(cat "$work"/seen.* | wc -l)" -ge 100 ]
ok $? "$(cat "$work"/seen.* | wc -l) answers"
sleep 2
get $url/health
is "$code" 200 "healthy afterwards"
stop
is $? 0 "ends well"
finish
