#!/bin/bash
# The example of README.md is what the program prints.
. "$(dirname "$0")/../tap.sh"

if ! "$program" models path >/dev/null 2>&1; then
    skip "the example of README.md" "no model is installed"
    finish
fi
example=$(sed -n '/^\$ cd data\/samples; /,/^```/p' README.md | sed '/^```/d')
like "$example" 'of 100, .* match' "README.md has an example"
command=$(sed -n '1s/^\$ //p' <<<"$example")
out=$(PATH=${program%/*}:$PATH bash -c "$command")
is $? 0 "$command"
sed 1d <<<"$example" | grep -v '^ *\.\.\.$' | while IFS= read -r line; do
    grep -qxF -- "$line" <<<"$out" || echo "#   not printed: $line"
done >"$work/differ"
is "$(cat "$work/differ")" "" "every line of it is printed"
finish
