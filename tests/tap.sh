# Test Anything Protocol for shell tests. Source it, call `ok` and `is`, and
# end with `finish`.
#
# $program is the program under test; $work an empty folder that is removed.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
program=$PWD/build/resume-scorer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tap_n=0 tap_failed=0

# ok STATUS NAME: passes where STATUS is 0.
ok() {
    tap_n=$((tap_n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tap_n - $2"
    else
        echo "not ok $tap_n - $2"
        tap_failed=1
    fi
}

# is GOT WANTED NAME
is() {
    [ "$1" = "$2" ]
    ok $? "$3"
    [ "$1" = "$2" ] || printf '#   got: %s\n#   wanted: %s\n' "$1" "$2"
}

# like TEXT PATTERN NAME: an extended regular expression.
like() {
    grep -qE -- "$2" <<<"$1"
    local status=$?
    ok $status "$3"
    [ $status -eq 0 ] || printf '%s\n' "$1" | head -n 20 | sed 's/^/#   /'
}

# skip NAME WHY
skip() {
    tap_n=$((tap_n + 1))
    echo "ok $tap_n - $1 # SKIP $2"
}

finish() {
    echo "1..$tap_n"
    exit $tap_failed
}
