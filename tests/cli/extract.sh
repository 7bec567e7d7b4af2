#!/bin/bash
# extract from outside: every sample, limits, standard input.
. "$(dirname "$0")/../tap.sh"

out=$("$program" extract data/samples/amara.pdf)
is $? 0 "a PDF"
like "$out" '^Own the settlement service' "its right column reads as one"
like "$out" '^Docker, Kubernetes$' "light text on a dark column is visible"
out=$("$program" extract data/samples/jun.docx)
is $? 0 "a DOCX"
like "$out" 'Liffey Market.*01/2021 to present' "a table row is one line"
out=$("$program" extract - <data/samples/tomas.txt)
is $? 0 "plain text from standard input"
like "$out" 'Nordkaj Telecom' "its text"
# Of the kinds that need a converter of the C library, and one that does not.
printf 'Jos\xe9 said \x93yes\x94 for 10 \x80 in M\xfcnchen.\n' >"$work/old.txt"
is "$("$program" extract "$work/old.txt")" 'José said “yes” for 10 € in München.' \
    "text of Windows"
printf '{\\rtf1\\ansi\\ansicpg1252 Jos\\'"'"'e9 \\'"'"'93yes\\'"'"'94}' >"$work/old.rtf"
is "$("$program" extract "$work/old.rtf")" 'José “yes”' "RTF of Windows"
printf 'José said “yes” for 10 €.\n' >"$work/new.txt"
is "$("$program" extract "$work/new.txt")" 'José said “yes” for 10 €.' "UTF-8"
out=$("$program" extract --json data/samples/amara.pdf)
like "$out" '"kind": "pdf"' "JSON names the kind"
like "$out" '"page": 1' "and pages"
: >"$work/empty"
out=$("$program" extract --json "$work/empty" 2>"$work/err")
is $? 1 "an empty file is refused"
like "$out" '"error"' "with an error in the JSON"
"$program" extract --max-text 1000 data/samples/amara.pdf >"$work/out" 2>"$work/err"
is $? 0 "a long text is cut"
like "$(cat "$work/err")" 'note:' "and that is told"
printf '<p>Seen</p><p style="color:#fff">Expert</p>' >"$work/hidden.html"
is "$("$program" extract "$work/hidden.html" 2>"$work/err")" Seen "hidden text is left out"
like "$(cat "$work/err")" 'note: text .*cannot see is left out: 1 place.*page 1' "and that is told"
head -c 3000000 /dev/urandom >"$work/noise"
"$program" extract --max-file 1 "$work/noise" >/dev/null 2>"$work/err"
is $? 1 "a large file is refused"
"$program" extract --extractor=/nonexistent data/samples/amara.pdf >/dev/null 2>"$work/err"
is $? 1 "a missing helper is an error"
"$program" extract "$work" >/dev/null 2>"$work/err"
is $? 1 "a folder is no file"
like "$(cat "$work/err")" 'folder' "and that is told"
finish
