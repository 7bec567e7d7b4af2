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
# Each step may be repeated at no cost.
set -euo pipefail
cd "$(dirname "$0")/.."

tree= from= install=1
while [ $# -gt 0 ]; do
    case $1 in
    --tree) tree=$2; shift 2 ;;
    --models-from) from=$2; shift 2 ;;
    --skip-install) install=; shift ;;
    *) sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
say() { printf '==> %s\n' "$*"; }

# --- variables --------------------------------------------------------------
# Those of the Python service are set for its tools; here they mean nothing.
export MODE=release
models=${RESUME_SCORER_MODELS:-$PWD/build/models}
jobs=$(nproc)

# --- packages ---------------------------------------------------------------
if [ -n "$install" ]; then
    say "packages"
    command -v make >/dev/null ||
        { apt-get update -q && apt-get install -y -q --no-install-recommends make; }
    scripts/install-deps.sh demo
fi

# --- build ------------------------------------------------------------------
say "build"
make -j"$jobs" all

# --- models: download, once -------------------------------------------------
say "models"
if ! build/resume-scorer models verify --models "$models" >/dev/null 2>&1; then
    build/resume-scorer models pull --models "$models" ${from:+--from "$from"}
fi

# --- verification -----------------------------------------------------------
say "verification"
build/resume-scorer models verify --models "$models"
build/resume-scorer score --models "$models" --job data/samples/job.txt \
    --json data/samples/amara.pdf >/dev/null
build/resume-scorer config show >/dev/null

# --- permissions ------------------------------------------------------------
say "permissions"
chmod -R u=rwX,go=rX "$models"
chmod 755 build/resume-scorer build/resume-scorer-extract

[ -n "$tree" ] || { say "done"; exit 0; }

# --- the tree ---------------------------------------------------------------
say "tree in $tree"
rm -rf "$tree"
mkdir -p "$tree"/{usr/bin,usr/share/resume-scorer/models,etc,tmp}
chmod 1777 "$tree/tmp"
install -m 755 -s build/resume-scorer build/resume-scorer-extract "$tree/usr/bin/"

# A library goes where the loader looks for it, with the name it asks for.
copy_libraries() {
    ldd "$@" | awk '/=> \//{print $3} /^\t\/.*ld-linux/{print $1}' | sort -u |
        while read -r lib; do
            mkdir -p "$tree$(dirname "$lib")"
            cp -Lu "$lib" "$tree$lib"
        done
}
copy_libraries build/resume-scorer build/resume-scorer-extract
# What getaddrinfo and poppler open by name.
printf 'nobody:x:65534:65534:nobody:/tmp:/usr/sbin/nologin\n' >"$tree/etc/passwd"
printf 'nogroup:x:65534:\n' >"$tree/etc/group"
printf '127.0.0.1 localhost\n' >"$tree/etc/hosts"
for folder in /usr/share/poppler/cMap /usr/share/poppler/unicodeMap; do
    [ -d "$folder" ] || continue
    mkdir -p "$tree$folder" && cp -rL "$folder/." "$tree$folder/"
done

# --- clean-up: only what the service maps -----------------------------------
# A pack holds everything; the published files are not needed any more.
(cd "$models" && find . -type f ! -path '*/source/*' ! -name 'f32.pack' \
    -exec cp --parents {} "$tree/usr/share/resume-scorer/models/" \;)
chmod -R u=rwX,go=rX "$tree"
chmod 1777 "$tree/tmp"
say "$(du -sm "$tree" | cut -f1) MB in $tree"
