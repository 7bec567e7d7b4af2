#!/bin/bash
# Measures the judgement on development data, where that is at hand. The data
# is not part of this project: EVAL_DATA names its folder (../shared/data).
set -u
cd "$(dirname "$0")/.."
data=${EVAL_DATA:-../shared/data}
tools=build/tools
pack=$(build/resume-scorer models path 2>/dev/null)

section() { printf '\n== %s\n\n' "$1"; }
missing() { echo "skipped: $1 is not there (EVAL_DATA=DIR says where the data is)"; }

section "Ranking against human labels"
if [ -d "$data/ranking_dev" ]; then
    $tools/eval_ranking "$data/ranking_dev" build/resume-scorer-extract ${pack:+"$pack"}
else
    missing "$data/ranking_dev"
fi
section "Our own resumes: the job's line of work against others"
$tools/eval_fields tests/cases "${pack:--}"
section "Names of public lists that the ontology knows"
if [ -d "$data/taxonomies" ]; then
    $tools/eval_coverage "$data/taxonomies"
else
    missing "$data/taxonomies"
fi
section "Skills against human spans"
if [ -d "$data/skillspan_dev" ]; then
    $tools/eval_skills "$data/skillspan_dev/skillspan_dev.json"
else
    missing "$data/skillspan_dev"
fi
section "Parsing of our own labelled resumes and jobs"
$tools/eval_parse tests/cases
entities=$(build/resume-scorer models path en_core_web_sm 2>/dev/null)
if [ -n "$entities" ]; then
    section "The same, with the entities of $entities"
    $tools/eval_parse --pipeline "$entities" tests/cases
fi
section "What must not change a score: other people, other formats, copies"
jobs=$(ls tests/cases/jobs/*.txt 2>/dev/null)
# shellcheck disable=SC2086
$tools/eval_scores build/resume-scorer-extract "${pack:--}" \
    tests/cases/resumes/*.txt -- data/samples/job.txt $jobs
section "Whether the precision of the encoder changes a score"
if [ -n "$pack" ] && [ -d "${pack%/*}/source" ]; then
    $tools/eval_precision "${pack%/*}/source" tests/cases/resumes/*.txt -- \
        data/samples/job.txt tests/cases/jobs/*.txt
else
    echo "skipped: the encoder is not installed (resume-scorer models pull)"
fi
