#!/bin/bash
# Shows the program at work on the samples.
set -eu
cd "$(dirname "$0")/.."
show() {
    echo
    echo "\$ $*"
    "$@"
}
PATH=$PWD/build:$PATH
show resume-scorer rank --job data/samples/job.txt \
    data/samples/amara.pdf data/samples/jun.docx data/samples/tomas.txt
show resume-scorer score --job data/samples/job.txt data/samples/amara.pdf
echo
echo "Now try your own: build/resume-scorer score --job JOB RESUME"
