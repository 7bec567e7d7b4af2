#!/bin/bash
# score and rank from outside: the samples, bad files, standard input, JSON.
. "$(dirname "$0")/../tap.sh"
job=data/samples/job.txt
samples=(data/samples/amara.pdf data/samples/jun.docx data/samples/tomas.txt)
none=--models=$work/none # no model: by words alone, so that nothing is needed
as_of=--as-of=2026-11

# The number behind a top-level key of a result.
number() { grep -m1 -oE "\"$1\": [0-9.]+" | grep -oE '[0-9.]+'; }

for resume in "${samples[@]}"; do
    "$program" score $none $as_of --job $job --json "$resume" >"$work/a" 2>"$work/err"
    is $? 0 "score $resume"
    "$program" score $none $as_of --job $job --json "$resume" >"$work/b"
    cmp -s "$work/a" "$work/b"
    ok $? "twice the same bytes for $resume"
done

"$program" score $none $as_of --job - "${samples[2]}" <$job >"$work/in"
is $? 0 "the job from standard input"
"$program" score $none $as_of --job $job - <"${samples[2]}" >"$work/out"
is $? 0 "the resume from standard input"
grep -q $'\x1b' "$work/out"
is $? 1 "no colours when the output is no terminal"

out=$("$program" rank $none $as_of --job $job --json "${samples[@]}")
is $? 0 "rank"
like "$out" '"place": 1' "has a first place"
first=$(grep -m1 -oE '"file": "[^"]*"' <<<"$out")
is "$first" '"file": "data/samples/amara.pdf"' "the strongest sample is first"

printf 'not a pdf at all, only \x00\x01\x02 bytes' >"$work/broken.pdf"
: >"$work/empty.txt"
out=$("$program" rank $none $as_of --job $job --json "${samples[0]}" \
    "$work/broken.pdf" "$work/empty.txt" "$work/missing.pdf" 2>"$work/err")
is $? 4 "some files failed"
is "$(grep -cE '"code": "(format|enotext|no_text|io|unsupported|invalid)"' <<<"$out")" 3 "each failed file is in the JSON"
is "$(grep -vc ^note "$work/err")" 3 "and told in one line"
"$program" rank $none --job $job "$work/empty.txt" >"$work/out" 2>&1
is $? 1 "all files failed"
"$program" score $none --job "$work/empty.txt" "${samples[2]}" >/dev/null 2>"$work/err"
is $? 1 "an empty job is bad input"
printf 'We offer a pension and free coffee. We are an equal opportunity employer.\n' >"$work/only.txt"
"$program" score $none --job "$work/only.txt" "${samples[2]}" >"$work/out" 2>"$work/err"
is $? 1 "a job that is only boilerplate gets no number"
"$program" score $none --job $job --as-of 2026-13 "${samples[2]}" >/dev/null 2>"$work/err"
is $? 2 "a month that does not exist is wrong usage"
"$program" score $none --job $job --weights nonsense "${samples[2]}" >/dev/null 2>"$work/err"
is $? 2 "weights that make no sense are wrong usage"
"$program" rank $none --job $job --as-of soon "${samples[2]}" >"$work/out" 2>"$work/err"
is $? 2 "and so are they for rank"
is "$(grep -vc ^note "$work/err")" 1 "told once, not for each file"
"$program" score $none --job $job --what-if nosuchskill "${samples[2]}" >/dev/null 2>"$work/err"
is $? 1 "an unknown what-if skill"
"$program" score --precision f17 --job $job "${samples[2]}" >/dev/null 2>"$work/err"
is $? 1 "an unknown precision"
like "$(cat "$work/err")" 'int8.*f32' "names the known ones"
"$program" embed $none </dev/null >/dev/null 2>"$work/err"
is $? 0 "nothing to embed needs no model"
echo hello | "$program" embed $none >/dev/null 2>"$work/err"
is $? 3 "embed without a model"
like "$(cat "$work/err")" 'models pull' "says how to get it"
if [ -c /dev/full ]; then
    "$program" score $none --job $job "${samples[2]}" >/dev/full 2>"$work/err"
    is $? 1 "an answer that cannot be written is an error"
    like "$(cat "$work/err")" 'cannot write' "and is told"
fi
mkfifo "$work/pipe"
mkdir "$work/mixed"
cp "${samples[2]}" "$work/mixed/"
mv "$work/pipe" "$work/mixed/"
timeout 20 "$program" rank $none --job $job "$work/mixed" >/dev/null 2>&1
is $? 0 "a pipe in a folder is passed over"
"$program" score $none --job $job --max-text 50001 "${samples[2]}" >/dev/null 2>"$work/err"
is $? 2 "more text than is judged cannot be asked for"
like "$(cat "$work/err")" 'from 1000 to 50000' "and the most is told"
"$program" extract --max-text 1000000 "${samples[2]}" >/dev/null
is $? 0 "reading alone may have more"

# A folder stands for what may be a resume in it.
folder=$work/folder
mkdir -p "$folder/old"
cp "${samples[2]}" "$folder/tomas.txt"
cp "$job" "$folder/job.txt"
echo 'About these files.' >"$folder/README.md"
echo 'a,b' >"$folder/list.csv"
"$program" rank $none --job "$folder/job.txt" "$folder/" >"$work/out" 2>"$work/err"
is $? 0 "a folder with other things in it"
grep -q -- "//" "$work/out" "$work/err"
is $? 1 "its slash is not doubled"
for why in 'README.md tells about the folder' 'job.txt is named by an option' \
    'list.csv is no document by its name' 'old is a folder'; do
    like "$(cat "$work/err")" "$why" "told: $why"
done
is "$("$program" rank $none --job "$folder/job.txt" --json "$folder/" |
    grep -c '"why"')" 4 "what is skipped is in the JSON"
"$program" rank $none --job $job "$folder/old" 2>"$work/err"
is $? 2 "an empty folder is nothing to rank"
"$program" score --model nosuch --job $job "${samples[2]}" >/dev/null 2>&1
is $? 3 "a model that was named must be there"
finish
