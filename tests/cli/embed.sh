#!/bin/bash
# resume-scorer embed: texts of every kind, and packs that are damaged.
. "$(dirname "$0")/../tap.sh"
make -s build/tests/make_tiny_model >/dev/null || exit 2
export RESUME_SCORER_MODELS="$work/models"
mkdir "$work/source"
build/tests/make_tiny_model "$work/source" gte
for precision in int8 bf16 f32; do
    "$program" models pull tiny --from "$work/source" \
        --precision $precision >/dev/null 2>&1
    is $? 0 "a model to work with, in $precision"
done
size=64

# embed PRECISION <TEXTS: raw vectors
embed() {
    "$program" embed --model tiny --precision "$1" --format f32
}
rows() {
    echo $(($(wc -c) / 4 / size))
}

# --- texts ------------------------------------------------------------------

for precision in int8 bf16 f32; do
    is "$(printf 'rust\n\n   \njava' | embed $precision | rows)" 4 \
        "$precision: an empty line has a vector, a last line needs no end"
    is "$(printf '' | embed $precision | rows)" 0 "$precision: no text, no vector"
    is "$(printf '\n' | embed $precision | sha256sum)" \
        "$(printf '  \t \n' | embed $precision | sha256sum)" \
        "$precision: a line of blanks is as an empty one"
    is "$(printf 'a\0b\xff\xfe\xc3\nrust\n' | embed $precision | rows)" 2 \
        "$precision: NUL and invalid UTF-8 stay in their line"
    is "$(printf 'rust\0 java\n' | embed $precision | sha256sum)" \
        "$(printf 'rust java\n' | embed $precision | sha256sum)" \
        "$precision: NUL is left out, as a control character is"
    is "$(printf 'rust\r\njava\r\n' | embed $precision | sha256sum)" \
        "$(printf 'rust\njava\n' | embed $precision | sha256sum)" \
        "$precision: CR LF ends a line"
done
head -c 1048576 /dev/zero | tr '\0' 'x' >"$work/long"
is "$(embed int8 <"$work/long" | sha256sum)" \
    "$(echo zebra | embed int8 | sha256sum)" "a word of 1 MB is one unknown word"
yes 'rust java' | head -c 1048570 | tr '\n' ' ' >"$work/long"
is "$(embed int8 <"$work/long" | sha256sum)" \
    "$(head -c 4000 "$work/long" | embed int8 | sha256sum)" \
    "of a line of 1 MB the first tokens count"
head -c 300000 /dev/urandom >"$work/noise"
embed int8 <"$work/noise" >"$work/one"
is $? 0 "noise is text, too"
embed int8 <"$work/noise" | cmp -s - "$work/one"
ok $? "and gives the same vectors again"
out=$(echo rust | "$program" embed --model tiny | tr -d '[]' | tr ',' '\n')
is "$(wc -l <<<"$out")" $size "as JSON a vector has all its numbers"

# --- packs ------------------------------------------------------------------

good=$work/good
cp "$work/models/tiny/f32.pack" "$good"
pack=$work/models/tiny/f32.pack

# Puts bytes (as printf knows them) at an offset of a fresh copy.
damage() {
    cp "$good" "$pack"
    printf "$2" | dd of="$pack" bs=1 seek="$1" conv=notrunc status=none
}
# refused PATTERN NAME
refused() {
    local err status
    err=$(echo rust | "$program" embed --model tiny --precision f32 \
        2>&1 >"$work/vectors")
    status=$?
    is $status 1 "$2 is an error"
    like "$err" "$1" "$2: one sentence that says what to do"
    [ ! -s "$work/vectors" ]
    ok $? "$2: no vector is written"
}
number() {
    od -An -t"u$2" -j"$1" -N"$2" "$good" | tr -d ' '
}
# Where the section of a kind begins; the table has entries of 48 bytes.
section() {
    local n at
    n=$(number 24 4)
    for ((at = 64; at < 64 + 48 * n; at += 48)); do
        [ "$(number $at 4)" -eq "$1" ] || continue
        number $((at + 32)) 8
        return
    done
}

damage 0 X
refused 'is not a packed model.*models pull' "a foreign file"
damage 8 '\x63'
refused 'another version.*models pack' "a pack of another version"
out=$("$program" doctor --model tiny --precision f32)
is $? 1 "doctor with a stale pack"
like "$out" '^  --  model' "has a row that says so"
like "$(tr -s '\n ' ' ' <<<"$out")" 'another version; .*Pack it again' \
    "with what to do"
is "$(grep -cE '^  (ok|--)  (entities|extractor|skills|limits|service)' \
    <<<"$out")" 5 "and prints all the other rows"
damage 12 '\x01\x02\x03\x04'
refused 'byte order.*models pull' "a pack of the other byte order"
damage 80 '\x77'
refused 'damaged.*models pull' "a changed table"
for cut in 0 10 63 64 1000 $(($(stat -c %s "$good") - 1)); do
    head -c "$cut" "$good" >"$pack"
    refused 'cut off|not a packed model|is empty' "a pack cut after $cut bytes"
done
{ cat "$good"; echo; } >"$pack"
refused 'bytes too many' "a pack with bytes behind it"
head -c 100000 /dev/urandom >"$pack"
refused 'is not a packed model' "noise"
damage $(($(section 1) + 40)) '\x01'
refused 'earlier version.*models pack --precision f32' "a pack of an old revision"
nan='\x00\x00\xc0\x7f'
damage $(($(section 48) + 8)) "$nan"
refused 'no number' "a norm that is no number"
damage $(($(section 32) + 64)) "$nan"
refused 'no number for a text.*models verify' "a weight that is no number"
"$program" models verify tiny >"$work/out" 2>&1
is $? 1 "verify notices a changed weight"
damage $(($(section 16) + 100)) '\x11'
echo rust | embed f32 >/dev/null
is $? 0 "a weight with another value is used as it is"
"$program" models verify tiny >"$work/out" 2>&1
is $? 1 "and noticed by verify"
like "$(cat "$work/out")" 'f32.pack has the SHA-256' "by its hash"
damage $(($(section 1) + 40)) '\x01'
"$program" models pack tiny --precision f32 >/dev/null
is $? 0 "models pack makes it anew"
cmp -s "$good" "$pack"
ok $? "with the same bytes"

finish
