#!/bin/bash
# Instructions of one forward pass of the encoder on the AVX2 path (valgrind
# knows no AVX-512): figures that do not move from run to run, for a
# before and after. Needs an installed model (RESUME_SCORER_MODELS).
# Usage: bench-callgrind.sh [PRECISION...]
set -u
cd "$(dirname "$0")/.." || exit 2
bench=build/bench/bench_encoder

if ! command -v valgrind >/dev/null; then
    echo "SKIP instruction counts: valgrind is not installed" \
        "(apt-get install valgrind)"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- int8 f32
printf 'million instructions per forward pass, avx2, by valgrind:\n'
for precision; do
    if ! $bench --pack "$precision" "$work/pack" 2>"$work/err"; then
        sed 's/^/SKIP /' "$work/err"
        exit 0
    fi
    for tokens in 16 128; do
        valgrind --tool=callgrind --toggle-collect=encoder_forward \
            --callgrind-out-file=/dev/null $bench --once avx2 "$work/pack" \
            $tokens >/dev/null 2>"$work/log" ||
            { cat "$work/log"; exit 1; }
        count=$(sed -n 's/.*Collected : //p' "$work/log")
        if [ -z "$count" ] || [ "$count" -eq 0 ]; then
            cat "$work/log"
            exit 1
        fi
        awk -v p="$precision" -v t=$tokens -v n="$count" 'BEGIN {
            printf "%-5s %3d tokens %9.3f  (%.3f per token)\n",
                p, t, n / 1e6, n / 1e6 / t }'
    done
done
