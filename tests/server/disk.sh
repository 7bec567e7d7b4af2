#!/bin/bash
# A disk that is full, or cannot be written, costs the cache and nothing else.
. "$(dirname "$0")/../tap.sh"
. tests/server/lib.sh
command -v curl >/dev/null || { skip "a full disk" "curl is missing"; finish; }
# The mounts are in a namespace of our own, gone with us.
if [ -z "${IN_NAMESPACE-}" ]; then
    unshare -m mount -t tmpfs none /mnt 2>/dev/null ||
        { skip "a full disk" "no right to mount a small one"; finish; }
    IN_NAMESPACE=1 exec unshare -m "$0"
fi
make -s build/tests/make_tiny_model >/dev/null || exit 2
mkdir "$work/encoder" "$work/state" "$work/ro"
build/tests/make_tiny_model "$work/encoder"
build/resume-scorer models pull own --from "$work/encoder" --precision f32 \
    --models "$work/models" >/dev/null 2>&1 || exit 2
printf '[model]\nname = own\nprecision = f32\n[cache]\nembeddings = 10\nanalyses = 2\n' >"$work/x.ini"
serve() { start --models "$work/models" --config "$work/x.ini" --store "$@"; }

# 12 requests for 32 texts each, and 8 analyses; their answers in one hash.
everything() {
    for i in $(seq 12); do
        inputs=$(for k in $(seq 32); do printf '"rust %s java %s",' "$(printf 'c%.0s' $(seq "$k"))" "$(printf 'ob%.0s' $(seq "$i"))"; done)
        curl -s -H 'Content-Type: application/json' -d "{\"inputs\":[${inputs%,}]}" $url/embed || echo lost
    done
    for i in $(seq 8); do
        printf 'Ann\n\nExperience\nEngineer, Acme, 2015 - 2022\n- Wrote C, %s.\n\nSkills\nC, Linux, SQL\n' "$i" |
            curl -s -F "resume=@-;filename=cv.txt" -F 'job_summary=We need a C developer with 3 years of experience in Linux and SQL.' $url/analyze || echo lost
    done
}
serve
everything | tee "$work/all" | md5sum >"$work/good"
is "$(grep -o '"resume_sections"' "$work/all" | wc -l)" 8 "answers with room on the disk"
stop
rm -rf "$work/state"
mkdir "$work/state"

mount -t tmpfs -o size=200k none "$work/state"
serve
[ -n "$port" ]
ok $? "starts on a small disk"
everything | md5sum >"$work/small"
is "$(cat "$work/small")" "$(cat "$work/good")" "the same answers while it fills"
cat /dev/zero >"$work/state/filler" 2>/dev/null
[ "$(df --output=avail "$work/state" | tail -n 1)" -eq 0 ]
ok $? "it is full"
everything | md5sum >"$work/full"
is "$(cat "$work/full")" "$(cat "$work/good")" "the same answers when it is full"
get $url/health
is "$code" 200 "healthy"
get -H 'Content-Type: application/json' -d '{"name":"Quux"}' $url/skills
is "$code" 507 "a skill that cannot be kept is refused with 507"
get "$url/skills?category=Added"
grep -q Quux "$work/body"
is $? 1 "and is not there"
[ "$(grep -c 'event=cache' "$work/log")" -le 4 ]
ok $? "it is said in $(grep -c 'event=cache' "$work/log") lines of the log"
stop
is $? 0 "ends well"
serve
[ -n "$port" ]
ok $? "starts on a full disk"
everything | md5sum >"$work/again"
is "$(cat "$work/again")" "$(cat "$work/good")" "with the same answers"
stop
rm "$work/state/filler"
umount "$work/state"

mount -t tmpfs -o ro none "$work/state"
serve
[ -n "$port" ]
ok $? "starts on a disk that cannot be written"
everything | md5sum >"$work/read"
is "$(cat "$work/read")" "$(cat "$work/good")" "with the same answers"
like "$(cat "$work/log")" 'event=cache' "and says so in its log"
stop
is $? 0 "ends well"
umount "$work/state"
finish
