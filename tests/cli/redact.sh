#!/bin/bash
# redact: of who the samples' people are nothing is left.
. "$(dirname "$0")/../tap.sh"

# keeps_out FILE WORD...
keeps_out() {
    local file=$1 out word
    shift
    out=$("$program" redact "data/samples/$file")
    is $? 0 "$file"
    like "$out" '\[name\]' "$file: a sign for the name"
    for word in "$@" '@'; do
        ! grep -qiF -- "$word" <<<"$out"
        ok $? "$file: no $word"
    done
}

keeps_out amara.pdf amara okafor 131 0123
keeps_out jun.docx watanabe 555 0188
keeps_out tomas.txt tomas berglund '+46' 555

# bare NAME TITLE: a resume without an address or number.
bare() {
    printf '%s\n\nSUMMARY\nBuilds.\n\nEDUCATION\n%s, 2015\n' "$1" "$2" |
        "$program" redact - | head -n 1
}
is "$(bare 'PRIYA RAMANATHAN' 'BSc Physics')" '[name]' "capitals alone"
is "$(bare 'NURSING CAREER' 'BSc Nursing')" 'NURSING CAREER' "a trade"
finish
