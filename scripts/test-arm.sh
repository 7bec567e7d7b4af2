#!/bin/bash
# The encoder as arm64 under qemu against the native one, in TAP: both check
# their own instruction sets and print checksums, which must be equal.
# Usage: test-arm.sh FOLDER-FOR-OBJECTS
set -u
cd "$(dirname "$0")/.." || exit 2
out=${1:-build/arm}
mkdir -p "$out"
source='src/base/arena.c src/base/clock.c src/base/cpu.c src/base/ctx.c
    src/base/file.c src/base/mem.c src/base/pool.c src/base/str.c
    src/base/vec.c src/model/checksum.c src/model/json_read.c
    src/model/pack.c src/model/safetensors.c tests/arm/encoder_bytes.c'
source="$source $(echo src/tensor/*.c src/embed/encoder*.c)"
# As strict as the Makefile: nobody else compiles these kernels here.
flags='-std=c17 -O2 -Wall -Wextra -Wshadow -Wconversion -Werror -ffp-contract=off -D_GNU_SOURCE -Iinclude -Isrc -Itests'

if ! command -v qemu-aarch64 >/dev/null ||
   ! command -v aarch64-linux-gnu-gcc >/dev/null; then
    echo "ok 1 - arm64 # SKIP qemu-user and gcc-aarch64-linux-gnu are missing"
    exit 0
fi
${CC:-cc} $flags $source -o "$out/native" -lm -pthread &&
    aarch64-linux-gnu-gcc -static $flags $source -o "$out/arm64" -lm -pthread ||
    { echo "not ok 1 - builds"; exit 1; }
"$out/native" >"$out/native.txt" 2>"$out/native.log" ||
    { cat "$out/native.log"; echo "not ok 1 - native"; exit 1; }
n=0
# The second processor has neither dot products nor products of matrices.
for cpu in max cortex-a72; do
    n=$((n + 1))
    if qemu-aarch64 -cpu $cpu "$out/arm64" >"$out/$cpu.txt" 2>"$out/$cpu.log" &&
       cmp -s "$out/native.txt" "$out/$cpu.txt"; then
        echo "ok $n - arm64 $cpu gives the native bytes:" \
            "$(grep -c 'as scalar' "$out/$cpu.log") checks"
    else
        sed 's/^/# /' "$out/$cpu.log"
        diff "$out/native.txt" "$out/$cpu.txt" | sed 's/^/# /'
        echo "not ok $n - arm64 $cpu gives the native bytes"
        exit 1
    fi
done
