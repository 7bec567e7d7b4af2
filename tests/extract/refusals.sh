#!/bin/bash
# Files that are no resume, or are made to break a reader: each is refused
# with its status and a sentence, in time, and the helper never crashes.
. "$(dirname "$0")/setup.sh"

# refused FILE STATUS PATTERN [OPTION...]
refused() {
    local file=$1 status=$2 pattern=$3
    shift 3
    local start end out
    start=$(date +%s%N)
    out=$("$dump" "$helper" "$@" "$files/$file" 2>&1)
    end=$((($(date +%s%N) - start) / 1000000))
    like "$out" "^FAILED $status: .*$pattern" "$file: $status"
    [ $end -lt 4000 ]
    ok $? "$file: in time ($end ms)"
}
# read_in_time FILE PATTERN
read_in_time() {
    local start end out
    start=$(date +%s%N)
    out=$("$dump" "$helper" "$files/$1" 2>&1)
    end=$((($(date +%s%N) - start) / 1000000))
    like "$out" "$2" "$1: is read"
    [ $end -lt 4000 ]
    ok $? "$1: in time ($end ms)"
}

refused empty invalid 'is empty'
refused spaces no_text 'has no text'
refused scan.pdf no_text 'is a scan'
refused ocr.pdf no_text 'is a scan: .*invisible text layer'
refused picture.pdf no_text 'has pictures and no text'
refused blank.pdf no_text 'has no text'
refused allwhite.pdf no_text 'all text .* is hidden'
refused encrypted.pdf unsupported 'password'
refused locked.docx unsupported 'password'
refused locked.odt unsupported 'password'
refused old.doc unsupported 'old Word document \(.doc\)'
refused letter.pages unsupported 'Apple Pages'
refused sheet.xlsx unsupported 'Excel'
refused sheet.ods unsupported 'OpenDocument file of another kind'
refused slides.pptx unsupported 'PowerPoint'
refused book.epub unsupported 'EPUB'
refused some.zip unsupported 'archive \(ZIP\)'
refused a.png unsupported 'image \(PNG\)'
refused a.jpg unsupported 'image \(JPEG\)'
refused a.elf unsupported 'program'
refused a.gz unsupported 'gzip'
refused a.rar unsupported 'RAR'
refused fake.pdf unsupported 'image \(GIF\)'
refused noise.bin unsupported 'no kind of document'
refused long_noise.bin unsupported 'no kind of document'
refused cut.pdf format 'damaged'
refused only_magic.pdf format 'damaged'
refused cut.zip format 'damaged'
refused cut.docx format 'damaged'
refused pages.pdf limit '10000 pages'
refused pages_51.pdf limit '51 pages'
refused loop.pdf format 'no pages'
refused nested.pdf no_text 'no text'
refused laughs.docx format 'DOCTYPE'
refused outside.docx format 'DOCTYPE'
refused deep.docx format 'nested too deeply'
refused attributes.docx format 'too many attributes'
refused ratio.docx limit 'unpacks to more'
refused members.docx limit 'too many parts'
refused overlap.docx '(format|limit)' '.'
refused flate_1gb.pdf timeout 'took longer than 1.0 s' --timeout=1000
refused flate_q.pdf timeout 'took longer than 1.0 s' --timeout=1000
refused rich.docx limit 'more than the limit' --max-bytes=1000
if [ -z "${HELPER:-}" ]; then
    # Sanitizers need the address space themselves, and three million small
    # pieces of memory cost them a minute.
    refused nested_object.pdf '(format|limit)' '.'
    refused nested_object.pdf '(format|limit)' '.' --memory=100000000
fi

read_in_time deep.html '^deep text'
read_in_time wide.html '^wide text'
read_in_time mixed.html '^x'
read_in_time deep.rtf '^deep text'
read_in_time flate_text.pdf 'WARNING page 1 has more characters'
read_in_time long.docx '^WARNING the text is longer than 50000 characters'
read_in_time long.pdf '^WARNING the text is longer than 50000 characters'

out=$("$dump" "$helper" --max-chars=20 "$files/utf8.txt" 2>&1)
like "$out" '^WARNING the text is longer than 20' "a text limit of the caller"
out=$("$dump" /nonexistent "$files/utf8.txt" 2>&1)
like "$out" '^FAILED io: .*cannot start' "a helper that is not there"
out=$("$dump" /bin/true "$files/utf8.txt" 2>&1)
like "$out" '^FAILED internal: .*status 0' "a helper that says nothing"
out=$("$dump" /bin/false "$files/utf8.txt" 2>&1)
like "$out" '^FAILED internal: .*status 1' "a helper that fails"

fake() {
    printf '#!/bin/sh\n%s\n' "$1" >"$work/fake"
    chmod +x "$work/fake"
    "$dump" "$work/fake" --timeout=1000 "$files/utf8.txt" 2>&1
}
like "$(fake 'echo nonsense')" '^FAILED internal: .*protocol' "nonsense"
like "$(fake 'kill -SEGV $$')" '^FAILED format: .*crashed' "a crash"
like "$(fake 'kill -KILL $$')" '^FAILED limit: .*killed' "an early death"
like "$(fake 'kill -XCPU $$')" '^FAILED timeout: .*processor' "too much time"
like "$(fake 'while :; do :; done')" '^FAILED timeout' "a hang"
like "$(fake 'exec 1>&-; while :; do :; done')" '^FAILED timeout' \
    "a hang after closing the pipe"
like "$(fake 'exec cat /dev/zero')" '^FAILED' "endless nonsense"
exec 9</dev/null
out=$(fake 'ls /proc/$$/fd | tr "\n" " " | sed "s/^/ /" >&2')
! grep -q ' 9 ' <<<"$out"
ok $? "no other descriptor is passed"
exec 9<&-

out=$("$dump" "$helper")
like "$out" 'seccomp 1 no_new_privs 1 rlimits 1' "the sandbox is closed"
"$helper" --help | grep -q '^Usage: resume-scorer-extract'
ok $? "the helper explains itself"
"$helper" --version | grep -q '^resume-scorer-extract [0-9]'
ok $? "and says its version"
"$helper" file.pdf </dev/null >/dev/null 2>"$work/err"
is $? 2 "a file name is a wrong argument"
"$helper" --max-bytes=x </dev/null >/dev/null 2>"$work/err"
is $? 2 "so is a wrong number"
finish
