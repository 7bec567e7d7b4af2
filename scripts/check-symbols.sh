#!/bin/bash
# The library may show names that begin with rsc_, and no other, so that a
# host's own functions never meet ours. Usage: check-symbols.sh LIBRARY
set -u
# A sanitizer adds names of its own, all in double underscores.
foreign=$(nm -g --defined-only "$1" 2>/dev/null | awk 'NF == 3 { print $3 }' |
    grep -vE '^(rsc_|__asan|__odr_asan|__ubsan|_GLOBAL)' | sort -u)
if [ -n "$foreign" ]; then
    echo "check-symbols: $1 shows more than rsc_*:"
    head -n 20 <<<"$foreign"
    exit 1
fi
