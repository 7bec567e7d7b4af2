# Sourced by the scripts beside it: $dump, $helper and the folder $files.
#
# HELPER=asan takes the helper with sanitizers.
. "$(dirname "${BASH_SOURCE[0]}")/../tap.sh"
build=build${HELPER:+/$HELPER}
dump=$PWD/build/tests/extract/dump
helper=$PWD/$build/resume-scorer-extract
files=$PWD/build/tests/extract/files
if ! [ -x "$dump" ] || ! [ -x "$helper" ]; then
    skip "the helper" "it is not built; make test builds it"
    finish
fi
make_files=build/tests/extract/make_files
if ! [ "$files/done" -nt $make_files ]; then
    mkdir -p "$files"
    $make_files "$files" && touch "$files/done" || exit 1
fi
