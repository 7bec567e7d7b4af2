#!/bin/bash
# The other scripts of this folder once more, with the helper that checks
# every access to memory.
cd "$(dirname "$0")/../.." || exit 2
status=0
for script in formats refusals hostile; do
    HELPER=asan tests/extract/$script.sh || status=1
done
exit $status
