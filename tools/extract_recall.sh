#!/bin/bash
# SPDX-License-Identifier: MIT
# How much of what pdftotext reads does the helper read too, and the other
# way round? Prints both shares of words per file and in all. Words are
# compared as bags without case and without what is neither letter nor digit.
#
#     tools/extract_recall.sh [-v] FILE.pdf...
#
# Needs poppler-utils and `make build/tests/extract/dump`.
cd "$(dirname "$0")/.." || exit 2
dump=build/tests/extract/dump helper=build/resume-scorer-extract
if ! command -v pdftotext >/dev/null; then
    echo "SKIP pdftotext is not installed (package poppler-utils)"
    exit 0
fi
[ "$1" = -v ] && verbose=1 && shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

words() {
    LC_ALL=C.UTF-8 sed 's/[^[:alnum:]]\+/\n/g' | tr '[:upper:]' '[:lower:]' |
        grep -v '^$' | LC_ALL=C sort
}

for f in "$@"; do
    "$dump" "$helper" "$f" 2>/dev/null | grep -v '^HIDDEN \|^WARNING ' |
        words >"$work/ours"
    pdftotext "$f" - 2>/dev/null | words >"$work/theirs"
    ours=$(wc -l <"$work/ours") theirs=$(wc -l <"$work/theirs")
    both=$(LC_ALL=C comm -12 "$work/ours" "$work/theirs" | wc -l)
    echo "$both $ours $theirs ${f##*/}"
    if [ "${verbose:-}" ]; then
        LC_ALL=C comm -13 "$work/ours" "$work/theirs" | head -n 30 |
            tr '\n' ' ' | sed 's/^/    only pdftotext: /'
        echo
        LC_ALL=C comm -23 "$work/ours" "$work/theirs" | head -n 30 |
            tr '\n' ' ' | sed 's/^/    only ours: /'
        echo
    fi
done | awk '
/^    / { print; next }
/^$/ { next }
{
    if ($3 > 0)
        printf "recall %.4f precision %.4f %s\n", $1 / $3,
            $2 ? $1 / $2 : 0, $4
    both += $1; ours += $2; theirs += $3
}
END {
    if (theirs > 0)
        printf "all: recall %.4f of %d words, precision %.4f of %d words\n",
            both / theirs, theirs, both / ours, ours
}'
