#!/bin/bash
# Two collections of files that this project does not contain: broken and odd
# documents, and real resumes. Every file gives text or a reason, in time, and
# no helper crashes. TABLE=1 prints what became of each.
. "$(dirname "$0")/setup.sh"

collection() {
    local folder=../shared/data/$1 n=0 bad=0 line name
    if ! [ -d "$folder" ]; then
        skip "$1" "the collection is not here"
        return
    fi
    for f in "$folder"/*; do
        case $f in *.md | *.json) continue ;; esac
        n=$((n + 1))
        line=$("$dump" "$helper" -s "$f" 2>&1)
        [ "${TABLE:-}" ] && echo "# $line"
        name=${f##*/}
        if grep -qE ' ms  (io|internal):|crashed|killed the reader' \
            <<<"$line" || ! grep -qE ' ms  ' <<<"$line"; then
            echo "# $line"
            bad=$((bad + 1))
        fi
    done
    is $bad 0 "$1: $n files, each with text or a reason"
}

collection hostile
collection resumes
finish
