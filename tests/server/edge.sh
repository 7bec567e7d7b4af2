#!/bin/bash
# What a hostile client sends: smuggling, slow senders, broken forms, names.
. "$(dirname "$0")/../tap.sh"
. tests/server/lib.sh
command -v curl >/dev/null || { skip "the edge" "curl is missing"; finish; }

printf '[server]\nheader_seconds = 2\nbody_seconds = 4\nupload_mb = 1\nbodies_mb = 64\nbatch_mb = 2\n' >"$work/x.ini"
start --config "$work/x.ini"
[ -n "$port" ]
ok $? "starts"

# refused NAME PATTERN: standard input as printf format; one reply, closed.
refused() {
    local out
    # shellcheck disable=SC2059
    out=$(printf "$3" | raw 5)
    like "$(head -n 1 <<<"$out")" "$2" "$1"
    grep -qE '^HTTP/1\.1 200' <<<"$out"
    is $? 1 "$1: nothing behind it is answered"
}
bad='^HTTP/1\.1 (400|405|431|501|505)|^$'
smuggled='GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
refused "length and coding" "$bad" "POST /embed HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$smuggled"
refused "two lengths" "$bad" "POST /embed HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde$smuggled"
refused "the same length twice" "$bad" "POST /embed HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd$smuggled"
refused "a signed length" "$bad" "POST /embed HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd$smuggled"
refused "a length in words" "$bad" "POST /embed HTTP/1.1\r\nHost: x\r\nContent-Length: four\r\n\r\nabcd$smuggled"
refused "a length with a space before the colon" "$bad" "POST /embed HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\nabcd$smuggled"
refused "another coding" "$bad" "POST /embed HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n$smuggled"
refused "two codings" "$bad" "POST /embed HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$smuggled"
refused "coding in HTTP/1.0" "$bad" "POST /embed HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$smuggled"
refused "two hosts" "$bad" "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
refused "no host" "$bad" "GET /healthz HTTP/1.1\r\n\r\n"
refused "a body where there is none" "$bad" "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd$smuggled"
refused "another version" "$bad" "GET /healthz HTTP/3.7\r\nHost: x\r\n\r\n"
refused "a header of 20 KB" '^HTTP/1\.1 (431|413|400)|^$' "GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: $(head -c 20000 /dev/zero | tr '\0' a)\r\n\r\n"
many=$(for i in $(seq 120); do printf 'X-%s: 1\\r\\n' "$i"; done)
refused "120 headers" '^HTTP/1\.1 431' "GET /healthz HTTP/1.1\r\nHost: x\r\n$many\r\n"

# Slow senders are cut; others are served meanwhile.
exec 8<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /healthz HT' >&8
began=$(date +%s)
get $url/healthz
is "$code" 200 "served beside a slow header"
out=$(timeout 8 cat <&8 | head -n 1)
took=$(($(date +%s) - began))
exec 8>&-
like "$out" '^HTTP/1.1 408' "a slow header is answered 408"
[ $took -le 6 ]
ok $? "and cut at its deadline ($took s)"
exec 8<>"/dev/tcp/127.0.0.1/$port"
printf 'POST /embed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{' >&8
out=$(timeout 12 cat <&8 | head -n 1)
exec 8>&-
like "$out" '^HTTP/1.1 408' "a slow body is answered 408"

# Forms.
b='--BOUNDARY'
post_form() { # NAME STATUS BODY
    # shellcheck disable=SC2059
    printf -- "$3" >"$work/form"
    get -H 'Content-Type: multipart/form-data; boundary=BOUNDARY' --data-binary "@$work/form" $url/analyze
    is "$code" "$2" "$1"
}
post_form "a form without an end" 400 "$b\r\nContent-Disposition: form-data; name=\"resume\"; filename=\"a\"\r\n\r\nx"
post_form "a form that begins elsewhere" 400 "hello\r\n$b--\r\n"
post_form "a part without a name" 400 "$b\r\nContent-Disposition: form-data\r\n\r\nx\r\n$b--\r\n"
post_form "a part with two names" 400 "$b\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nx\r\n$b--\r\n"
post_form "a part's header without an end" 400 "$b\r\nX: $(head -c 5000 /dev/zero | tr '\0' a)\r\n\r\nx\r\n$b--\r\n"
post_form "a part in base64" 400 "$b\r\nContent-Disposition: form-data; name=\"resume\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n$b--\r\n"
post_form "something behind the end" 400 "$b\r\nContent-Disposition: form-data; name=\"resume\"\r\n\r\nx\r\n$b--\r\nmore"
parts=$(for i in $(seq 50); do printf '%s\\r\\nContent-Disposition: form-data; name="p%s"\\r\\n\\r\\nx\\r\\n' "$b" "$i"; done)
post_form "50 parts" 413 "$parts$b--\r\n"
head -c 1100000 /dev/zero >"$work/large"
get -F "resume=@$work/large" $url/analyze
is "$code" 413 "a form over its limit"
get -H 'Transfer-Encoding: chunked' -F "resume=@$work/large" $url/analyze
[ "$code" != 200 ]
ok $? "the same in chunks ($code)"

# Names of files are labels: nothing is opened or written by them.
printf 'Ann\n\nSkills\nC, Linux\n' >"$work/cv.txt"
for name in ../../etc/passwd /etc/passwd 'a\..\b.txt' 'con' '..' '%00' $'na\xc3\xafve.txt' '=cmd()'; do
    get -F "resumes=@$work/cv.txt;filename=\"$name\"" -F 'job_summary=A C developer who knows Linux' $url/batch-analyze
    is "$code" 200 "a file named $(printf %q "$name")"
    grep -qF '"../' "$work/body"
    is $? 1 "no folder in the answer"
done
get -F "resume=@$work/cv.txt;filename=$(printf 'a%.0s' $(seq 300))" -F 'job_summary=C developer' $url/analyze
is "$code" 400 "a file name of 300 bytes"

# 100 uploads at once: each is answered, none with anything unexpected.
head -c 900000 /dev/urandom >"$work/upload"
for i in $(seq 100); do
    curl -s -o /dev/null --max-time 60 -w '%{http_code}\n' -F "resume=@$work/upload;filename=u.txt" -F 'job_summary=C developer' $url/analyze >"$work/code.$i" &
done
for i in $(jobs -p | grep -v "^$server_pid$"); do wait "$i"; done
codes=$(cat "$work"/code.* | sort | uniq -c | awk '{print $2 "x" $1}' | tr '\n' ' ')
like "$codes" '^((000|408|415|422|503)x[0-9]+ )+$' "100 uploads at once: $codes"
get $url/healthz
is "$code" 200 "healthy afterwards"
stop
is $? 0 "ends well"
finish
