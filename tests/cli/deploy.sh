#!/bin/bash
# The deployment files hold to their rules, and a file that does not is told.
. "$(dirname "$0")/../tap.sh"
python3 -c 'import yaml' 2>/dev/null ||
    { skip "the deployment files" "python3-yaml is missing"; finish; }
check=$PWD/scripts/check-deploy.py

out=$("$check")
is $? 0 "render.yaml, Dockerfile and docker-compose.yml are as they should be"
is "$out" "" "and nothing is said"

folders="src server cli extractor include data scripts tools"
copy() {
    rm -rf "$work/copy"
    mkdir "$work/copy"
    cp -r render.yaml Dockerfile .dockerignore docker-compose.yml Makefile \
        LICENSE deploy "$work/copy/"
    local folder
    for folder in $folders; do
        ln -s "$PWD/$folder" "$work/copy/$folder"
    done
}

# refused SED FILE WHAT: the check names what is wrong after the edit.
refused() {
    copy
    sed -i "$1" "$work/copy/$2"
    out=$("$check" "$work/copy" 2>&1)
    local status=$?
    [ $status -eq 1 ] && grep -q -- "$3" <<<"$out"
    ok $? "$2, $1: $3"
    [ $status -eq 1 ] || printf '# status %s: %s\n' $status "$out"
}
refused 's/runtime: docker/env: python/' render.yaml 'env was given up'
refused 's/runtime: docker/runtime: python/' render.yaml "'python' is not allowed"
refused 's/plan: free/plan: gratis/' render.yaml "'gratis' is not allowed"
refused '/plan: free/d' render.yaml 'plan is missing'
refused 's/region: .*/region: mars/' render.yaml "'mars' is not allowed"
refused 's/plan: free/&\n    disk: {name: a, mountPath: \/a}/' render.yaml 'disk needs a paid plan'
refused 's/plan: free/&\n    scaling: {minInstances: 1}/' render.yaml 'scaling needs a paid plan'
refused 's/plan: free/&\n    numInstances: 2/' render.yaml 'more than one instance'
refused 's/plan: free/&\n    healthCheckInterval: 30/' render.yaml 'healthCheckInterval is no field'
refused 's/autoDeployTrigger: .*/autoDeploy: true/' render.yaml 'autoDeploy was given up'
refused 's/autoDeployTrigger: .*/autoDeployTrigger: onCommit/' render.yaml "'onCommit' is not allowed"
refused 's/Seconds: 30/Seconds: 301/' render.yaml '301 is not allowed'
refused 's/healthz/health-check/' render.yaml 'is no route'
refused 's/RESUME_SCORER_LOG_LEVEL/RESUME_SCORER_LOGLEVEL/' render.yaml 'is no setting'
refused 's/generateValue: true/generateValue: "yes"/' render.yaml "'yes' is not allowed"
refused 's/src\/\*\*/source\/**/' render.yaml 'is not there'
refused 's/name: resume/ name: resume/' render.yaml 'check-deploy: render.yaml'
refused 's/disk:/numInstances: 2\n    disk:/' deploy/render-paid.yaml 'nor a disk'
refused 's/sizeGB: 1/sizeGB: 0/' deploy/render-paid.yaml '0 is not allowed'
refused 's/^USER .*/USER root/' Dockerfile 'name a user by number'
refused 's/FROM scratch/FROM debian:12-slim/' Dockerfile 'not from scratch'
refused 's/SCORER_MODELS=/SCORER_MODEL=/' Dockerfile 'is no setting'
refused 's/read_only: true/read_only: false/' docker-compose.yml 'read_only is not True'
refused 's/"127.0.0.1:10000/"10000/' docker-compose.yml 'open to everybody'
refused 's/resume-scorer:10000/resume-scorer:8000/' deploy/prometheus.yml 'does not scrape'
# The tree of the image; the script tries it itself where it is root.
if "$program" models verify all-MiniLM-L6-v2 >/dev/null 2>&1 &&
    "$program" models verify en_core_web_sm >/dev/null 2>&1; then
    RESUME_SCORER_MODELS=$("$program" models path --dir)
    export RESUME_SCORER_MODELS
    for round in first second; do
        scripts/render-build.sh --skip-install --tree "$work/tree" \
            >"$work/log" 2>&1
        ok $? "render-build.sh: the $round run"
        (cd "$work/tree" && find . -type f -exec sha256sum {} + | sort -k2) \
            >"$work/$round"
    done
    cmp -s "$work/first" "$work/second"
    ok $? "and both give the same files"
    # The image is built where int8 alone is packed; here may be more.
    size=$(du -sm --exclude='f32.pack' --exclude='bf16.pack' "$work/tree")
    [ "${size%%[!0-9]*}" -lt 120 ]
    ok $? "the tree is under 120 MB"
    is "$(find "$work/tree" ! -type l -perm -o+w ! -path "$work/tree/tmp")" "" \
        "nobody but its owner may write in it"
    [ "$(id -u)" -ne 0 ] || like "$(cat "$work/log")" 'verification of the tree' \
        "it was tried"
else
    skip "the image's tree" "the models are not installed"
fi
finish
