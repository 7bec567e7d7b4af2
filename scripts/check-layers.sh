#!/bin/bash
# Keeps the direction of the layers: reads the table "may include" from
# ARCHITECTURE.md and fails on an include that its row does not list, on a
# folder without a row, and on a cycle among the headers of one folder.
set -u
cd "$(dirname "$0")/.." || exit 2

grep -hnE '^[[:space:]]*#[[:space:]]*include[[:space:]]+"' -r src extractor \
    cli server --include='*.[ch]' --include='*.cc' --with-filename 2>/dev/null |
awk -v table=ARCHITECTURE.md '
BEGIN {
    while ((getline line < table) > 0) {
        if (line !~ /^\| *[a-z]+ *\|/)
            continue
        split(line, cell, "|")
        folder = cell[2]
        gsub(/ /, "", folder)
        known[folder] = 1
        n = split(cell[3], word, /[ ,]+/)
        for (i = 1; i <= n; i++)
            allowed[folder, word[i]] = 1
    }
    if (!("base" in known)) {
        print "check-layers: no table in " table
        exit bad = 1
    }
}
{
    match($0, /:[0-9]+:/)
    file = substr($0, 1, RSTART - 1)
    place = substr($0, 1, RSTART + RLENGTH - 2)
    split($0, quoted, "\"")
    target = quoted[2]
    part = split(file, path, "/")
    folder = path[1] == "src" ? path[2] : path[1]
    into = target
    sub(/\/.*/, "", into)
    if (index(target, "/") == 0)
        next # a header of the same folder
    if (!(folder in known)) {
        print place ": the folder " folder " has no row in " table
        bad = 1
    } else if (into != folder && !((folder, into) in allowed) &&
               !((folder, target) in allowed)) {
        print place ": " folder " may not include " target
        bad = 1
    }
    if (into == folder) {
        # An edge between modules of one folder (x.c and x.h are one).
        from = path[part]
        sub(/\.[^.]*$/, "", from)
        to = target
        sub(/.*\//, "", to)
        sub(/\.[^.]*$/, "", to)
        if (file ~ /\.h$/ && from != to)
            edge[folder "/" from, folder "/" to] = 1
    }
}
END {
    # Remove modules that nothing points to until none is left, or a cycle.
    for (e in edge) {
        split(e, m, SUBSEP)
        node[m[1]] = node[m[2]] = 1
    }
    do {
        changed = 0
        for (x in node) {
            pointed = 0
            for (e in edge) {
                split(e, m, SUBSEP)
                if (m[2] == x)
                    pointed = 1
            }
            if (!pointed) {
                for (e in edge) {
                    split(e, m, SUBSEP)
                    if (m[1] == x)
                        delete edge[e]
                }
                delete node[x]
                changed = 1
            }
        }
    } while (changed)
    for (e in edge) {
        split(e, m, SUBSEP)
        print "cycle: " m[1] " includes " m[2]
        bad = 1
    }
    exit bad
}'
