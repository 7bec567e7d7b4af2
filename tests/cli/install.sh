#!/bin/bash
# make install into a folder of its own, used from there by a host program.
. "$(dirname "$0")/../tap.sh"

make -s install PREFIX="$work/usr" >"$work/log" 2>&1
is $? 0 "make install"
out=$("$work/usr/bin/resume-scorer" extract data/samples/amara.pdf)
like "$out" 'Amara Okafor' "the installed program finds its helper"
like "$(head -n 1 "$work/usr/share/man/man1/resume-scorer.1")" '^\.TH' "the manual page"

cat >"$work/host.c" <<'C'
#include <resume_scorer.h>
#include <stdio.h>
/* A name that is also one of the library's own; they must not meet. */
int arena_alloc(void);
int arena_alloc(void) { return 42; }
int main(void)
{
    rsc_options options;
    rsc_engine *engine;
    rsc_error err;
    rsc_options_init(&options);
    if (rsc_engine_open(&engine, &options, &err))
        return 1;
    rsc_engine_close(engine);
    printf("%s %d\n", rsc_version(), arena_alloc());
    return 0;
}
C
export PKG_CONFIG_PATH=$work/usr/lib/pkgconfig
# shellcheck disable=SC2046
cc "$work/host.c" -o "$work/host" $(pkg-config --cflags --libs resume_scorer) 2>"$work/err"
is $? 0 "a host links with pkg-config alone"
like "$("$work/host")" '^[0-9.]+ 42$' "and keeps its own functions"
make -s uninstall PREFIX="$work/usr" >/dev/null
is "$(find "$work/usr" -type f | wc -l)" 0 "make uninstall leaves no file"
make -s install DESTDIR="$work/stage" PREFIX=/usr >/dev/null 2>&1
[ -x "$work/stage/usr/bin/resume-scorer" ]
ok $? "DESTDIR stages an installation"
finish
