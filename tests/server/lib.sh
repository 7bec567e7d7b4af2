# For the tests of the service. Source it after tap.sh: starts a server on a
# free port of loopback, by words alone, so that no model is needed.
# RSC_PROGRAM is another build to test, such as build/asan/resume-scorer.
program=${RSC_PROGRAM:-$program}
server_pid=

# start OPTION...: sets $port and $url; the log is $work/log.
start() {
    : >"$work/log"
    "$program" serve --port 0 --models "$work/none" --state "$work/state" \
        --extractor "${RSC_EXTRACTOR:-$PWD/build/resume-scorer-extract}" \
        "$@" 2>>"$work/log" &
    server_pid=$!
    for _ in $(seq 600); do
        port=$(grep -oE 'event=ready .*port=[0-9]+' "$work/log" |
            grep -oE '[0-9]+$')
        [ -n "$port" ] && break
        kill -0 $server_pid 2>/dev/null || break
        sleep 0.1
    done
    url=http://127.0.0.1:$port
}

# stop: SIGTERM; $? is the server's exit status.
stop() {
    [ -n "$server_pid" ] || return 0
    kill -TERM $server_pid 2>/dev/null
    wait $server_pid
    local status=$?
    server_pid=
    return $status
}
trap '[ -n "$server_pid" ] && kill -9 $server_pid 2>/dev/null; rm -rf "$work"' EXIT

# get CURL-ARGUMENT...: the body goes to $work/body, the status to $code.
get() {
    code=$(curl -sS --max-time 60 -o "$work/body" -D "$work/head" \
        -w '%{http_code}' "$@" 2>"$work/curl")
}

# raw SECONDS: sends standard input as it is, prints what comes back.
raw() {
    exec 9<>"/dev/tcp/127.0.0.1/$port" || return 1
    cat >&9
    timeout "$1" cat <&9
    exec 9>&-
}
