#!/bin/bash
# Installs what is missing. Usage: install-deps.sh build|test|demo|fuzz|tidy
#
# On Debian and its like, as root or with sudo, missing packages are installed
# with apt-get. Elsewhere, or without the right to, one line says what to
# install. Nothing happens, and nothing is asked, when nothing is missing.
set -u
goal=${1:-build}

# What it is for, how to see that it is there, and its package names.
# check: "bin NAME" a program; "pc NAME" a pkg-config module; "hdr FILE" a
# header; "python NAME" a module; "pip" a pip that works; "fuzzer" clang's
# libFuzzer; "sysroot" the arm64 C library.
table='
build | bin make        | make            | make            | make
build | bin cc          | gcc             | gcc             | gcc
build | bin c++         | g++             | gcc-c++         | g++
build | hdr stdio.h     | libc6-dev       | glibc-devel     | musl-dev
build | bin objcopy     | binutils        | binutils        | binutils
build | bin pkg-config  | pkg-config      | pkgconf         | pkgconf
build | bin awk         | mawk            | gawk            | gawk
build | pc libsodium    | libsodium-dev   | libsodium-devel | libsodium-dev
build | pc jansson      | libjansson-dev  | jansson-devel   | jansson-dev
build | pc libpcre2-8   | libpcre2-dev    | pcre2-devel     | pcre2-dev
build | pc inih         | libinih-dev     | inih-devel      | inih-dev
build | pc sqlite3       | libsqlite3-dev  | sqlite-devel    | sqlite-dev
build | pc libmicrohttpd | libmicrohttpd-dev | libmicrohttpd-devel | libmicrohttpd-dev
build | pc libcurl      | libcurl4-openssl-dev | libcurl-devel | curl-dev
build | pc libzip       | libzip-dev      | libzip-devel    | libzip-dev
build | pc libutf8proc  | libutf8proc-dev | utf8proc-devel  | utf8proc-dev
build | pc xlsxwriter   | libxlsxwriter-dev | libxlsxwriter-devel | libxlsxwriter-dev
build | hdr poppler/OutputDev.h | libpoppler-private-dev | poppler-devel | poppler-dev
build | pc poppler      | libpoppler-dev  | poppler-devel   | poppler-dev
build | pc expat        | libexpat1-dev   | expat-devel     | expat-dev
test  | pc zlib         | zlib1g-dev      | zlib-devel      | zlib-dev
build | pc uchardet     | libuchardet-dev | uchardet-devel  | uchardet-dev
build | pc libseccomp   | libseccomp-dev  | libseccomp-devel | libseccomp-dev
fetch | pip             | python3-pip     | python3-pip     | py3-pip
fetch | hdr_any ca      | ca-certificates | ca-certificates | ca-certificates
test  | pc cmocka       | libcmocka-dev   | libcmocka-devel | cmocka-dev
test  | bin curl        | curl            | curl            | curl
test  | python yaml     | python3-yaml    | python3-pyyaml  | py3-yaml
test  | asan            | libasan8        | libasan         | -
test  | bin clang-format | clang-format   | clang-tools-extra | clang-extra-tools
test  | bin qemu-aarch64 | qemu-user      | qemu-user-static | qemu-aarch64
test  | bin aarch64-linux-gnu-gcc | gcc-aarch64-linux-gnu | gcc-aarch64-linux-gnu | -
fuzz  | bin clang       | clang           | clang           | clang
fuzz  | fuzzer          | libclang-rt-dev | compiler-rt     | compiler-rt
tidy  | bin clang-tidy  | clang-tidy      | clang-tools-extra | clang-extra-tools
test  | sysroot         | libc6-dev-arm64-cross | sysroot-aarch64-fc39-glibc | -
'

case $goal in
build) wanted="build" ;;
demo) wanted="build fetch" ;;
test) wanted="build fetch test" ;;
fuzz | tidy) wanted="build $goal" ;;
*)
    echo "usage: install-deps.sh build|test|demo|fuzz|tidy" >&2
    exit 2
    ;;
esac

is_there() {
    case $1 in
    bin) command -v "$2" >/dev/null ;;
    pc) pkg-config --exists "$2" 2>/dev/null ;;
    hdr) echo "#include <$2>" | c++ -E -x c++ - >/dev/null 2>&1 ||
        [ -e "/usr/include/$2" ] ;;
    hdr_any) [ -e /etc/ssl/certs/ca-certificates.crt ] ||
        [ -e /etc/pki/tls/certs/ca-bundle.crt ] ||
        [ -e /etc/ssl/cert.pem ] ;;
    pip) python3 -m pip --version >/dev/null 2>&1 ||
        pip3 --version >/dev/null 2>&1 ;;
    python) python3 -c "import $2" 2>/dev/null ||
        /usr/bin/python3 -c "import $2" 2>/dev/null ;;
    asan) echo 'int main(void){return 0;}' |
        cc -fsanitize=address,undefined -x c - -o /dev/null 2>/dev/null ;;
    fuzzer) echo 'int LLVMFuzzerTestOneInput(void); int
            LLVMFuzzerTestOneInput(void) { return 0; }' |
        clang -fsanitize=fuzzer,address -x c - -o /dev/null 2>/dev/null ;;
    sysroot) [ -e /usr/aarch64-linux-gnu/include/stdio.h ] ||
        [ -e /usr/aarch64-linux-gnu/sys-root/usr/include/stdio.h ] ;;
    esac
}

debian=() fedora=() alpine=()
while IFS='|' read -r purpose check deb fed alp; do
    purpose=${purpose// /}
    [ -n "$purpose" ] || continue
    [[ " $wanted " == *" $purpose "* ]] || continue
    # shellcheck disable=SC2086
    is_there $check && continue
    debian+=(${deb// /}) fedora+=(${fed// /}) alpine+=(${alp// /})
done <<<"$table"
[ ${#debian[@]} -eq 0 ] && exit 0

run=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        run=(sudo)
    else
        run=(no)
    fi
fi
if command -v apt-get >/dev/null && [ "${run[*]-}" != no ]; then
    echo "Installing: ${debian[*]}"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if "${run[@]}" apt-get update -q >"$log" 2>&1 &&
        "${run[@]}" apt-get install -y -q --no-install-recommends \
            "${debian[@]}" >>"$log" 2>&1; then
        rm -f "$log"
        exit 0
    fi
    tail -n 15 "$log" >&2
    rm -f "$log"
    echo "apt-get failed; mend that, or install by hand: ${debian[*]}" >&2
    exit 1
fi
echo "Missing packages. Debian, Ubuntu: apt-get install ${debian[*]}" \
    "| Fedora: dnf install ${fedora[*]}" \
    "| Alpine: apk add ${alpine[*]}" >&2
exit 1
