#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a hostile client sends to the service, and what comes back.

usage: attack.py PROGRAM EXTRACTOR [--short] [--tap]

Starts the service on loopback, by words alone (no model needed), and prints a
table: what was tried, what came back, whether that is as it should be. --short
leaves out what takes long. Only Python's standard library; strace is used
where it is installed.
"""
import json, os, random, re, shutil, signal, socket, subprocess, sys
import tempfile, threading, time

CRLF = b"\r\n"
NEXT = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
JOB = "We need a C developer with 3 years of experience in Linux and SQL."
RESUME = b"Ann Example\n\nSkills\nC, Linux, SQL\n"


class Table:
    def __init__(self, tap):
        self.tap, self.n, self.failed = tap, 0, 0

    def head(self, text):
        if not self.tap:
            print(f"\n{text}\n" + "-" * len(text))

    def row(self, name, came, good):
        self.n += 1
        self.failed += not good
        if self.tap:
            print(f"{'ok' if good else 'not ok'} {self.n} - {name}: {came}")
        else:
            print(f"  {'ok' if good else 'BAD':4}{name:58} {came}")
        sys.stdout.flush()


class Service:
    """The program on a free port, with its log and its memory."""

    def __init__(self, program, extractor, settings="", wrap=()):
        self.folder = tempfile.mkdtemp()
        ini = os.path.join(self.folder, "x.ini")
        with open(ini, "w") as f:
            f.write(settings)
        self.log = open(os.path.join(self.folder, "log"), "w+")
        self.state = os.path.join(self.folder, "state")
        self.p = subprocess.Popen(
            [*wrap, program, "serve", "--port", "0", "--config", ini,
             "--models", os.path.join(self.folder, "none"), "--state",
             self.state, "--extractor", extractor],
            stderr=self.log)
        for _ in range(600):
            time.sleep(0.05)
            found = re.search(r"event=ready .*port=(\d+)", self.text())
            if found or self.p.poll() is not None:
                break
        self.port = int(found.group(1)) if found else 0

    def text(self):
        with open(self.log.name) as f:
            return f.read()

    def pid(self):
        out = subprocess.run(["pgrep", "-P", str(self.p.pid)],
                             capture_output=True, text=True).stdout.split()
        return int(out[0]) if out and "strace" in self.p.args[0] else self.p.pid

    def rss_mb(self):
        with open(f"/proc/{self.pid()}/status") as f:
            for line in f:
                if line.startswith("VmRSS"):
                    return int(line.split()[1]) / 1024

    def connect(self, source=None, timeout=30):
        return socket.create_connection(
            ("127.0.0.1", self.port), timeout=timeout,
            source_address=(source, 0) if source else None)

    def ask(self, path="/healthz", data=None, kind=None, source=None):
        """One request on its own connection: status and body."""
        head = f"{'POST' if data is not None else 'GET'} {path} HTTP/1.1\r\n" \
               "Host: x\r\nConnection: close\r\n"
        if data is not None:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(data)}\r\n"
        with self.connect(source) as s:
            s.sendall(head.encode() + CRLF + (data or b""))
            return parse(read_all(s))

    def stop(self):
        os.kill(self.pid(), signal.SIGTERM)
        status = self.p.wait(60)
        shutil.rmtree(self.folder)
        return status


def read_all(s, wait=None):
    out = b""
    if wait:
        s.settimeout(wait)
    try:
        while True:
            piece = s.recv(65536)
            if not piece:
                return out
            out += piece
    except OSError:
        return out


def parse(reply):
    head, _, body = reply.partition(CRLF * 2)
    found = re.match(rb"HTTP/1\.1 (\d{3})", head)
    return (int(found.group(1)) if found else 0), body


def form(parts, boundary=b"BOUNDARY"):
    out = b""
    for disposition, data in parts:
        out += b"--" + boundary + CRLF + b"Content-Disposition: form-data; " + \
            disposition + CRLF * 2 + data + CRLF
    return out + b"--" + boundary + b"--" + CRLF


FORM = "multipart/form-data; boundary=BOUNDARY"


# --- requests that no parser should take -----------------------------------

def post(fields, body=b""):
    return (b"POST /embed HTTP/1.1\r\nHost: x\r\n"
            b"Content-Type: application/json\r\n" + fields + CRLF + body)


def get(fields=b"", first=b"GET /healthz HTTP/1.1"):
    return first + CRLF + b"Host: x\r\n" + fields + CRLF


def chunked(body):
    return post(b"Transfer-Encoding: chunked\r\n", body)


MALFORMED = [
    ("Content-Length with Transfer-Encoding",
     post(b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
          b"0\r\n\r\n")),
    ("Transfer-Encoding with Content-Length",
     post(b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
          b"0\r\n\r\n")),
    ("two lengths that differ",
     post(b"Content-Length: 4\r\nContent-Length: 5\r\n", b"abcde")),
    ("two lengths that agree",
     post(b"Content-Length: 4\r\nContent-Length: 4\r\n", b"abcd")),
    ("a list of lengths", post(b"Content-Length: 4, 4\r\n", b"abcd")),
    ("Content-Length with a space before the colon",
     post(b"Content-Length : 0\r\n")),
    ("Content-Length: +5", post(b"Content-Length: +5\r\n", b"abcde")),
    ("Content-Length: -1", post(b"Content-Length: -1\r\n")),
    ("Content-Length: 0x4", post(b"Content-Length: 0x4\r\n", b"abcd")),
    ("Content-Length: four", post(b"Content-Length: four\r\n", b"abcd")),
    ("an empty Content-Length", post(b"Content-Length: \r\n")),
    ("a length of 2^64 + 4",
     post(b"Content-Length: 18446744073709551620\r\n", b"abcd")),
    ("NUL in a header's value", get(b"X-A: a\0bc\r\n")),
    ("NUL at a value's end", get(b"X-A: abc\0\r\n")),
    ("NUL in a header's name", get(b"X\0A: abc\r\n")),
    ("NUL in the path", get(first=b"GET /healthz\0x HTTP/1.1")),
    ("%00 in the path", get(first=b"GET /healthz%00x HTTP/1.1")),
    ("NUL in the method", get(first=b"G\0ET /healthz HTTP/1.1")),
    ("NUL behind the version", get(first=b"GET /healthz HTTP/1.1\0")),
    ("a folded header", get(b"X-A: a\r\n b\r\nX-B: c\r\n")),
    ("a folded last header", get(b"X-A: a\r\n\tb\r\n")),
    ("a folded Content-Length", post(b"Content-Length:\r\n 4\r\n", b"abcd")),
    ("bare LF everywhere", b"GET /healthz HTTP/1.1\nHost: x\n\n"),
    ("bare LF behind the first line",
     b"GET /healthz HTTP/1.1\nHost: x\r\n\r\n"),
    ("bare LF behind a header", get(b"X-A: b\nX-B: c\r\n")),
    ("bare LF behind the last header", get(b"X-A: b\n")),
    ("bare LF for the empty line",
     b"GET /healthz HTTP/1.1\r\nHost: x\r\n\n"),
    ("bare CR in a value", get(b"X-A: b\rc\r\n")),
    ("a control character in a value", get(b"X-A: b\x01c\r\n")),
    ("two Hosts", get(b"Host: y\r\n")),
    ("no Host", b"GET /healthz HTTP/1.1\r\nX-A: b\r\n\r\n"),
    ("Transfer-Encoding: gzip, chunked",
     post(b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n")),
    ("Transfer-Encoding twice",
     post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          b"0\r\n\r\n")),
    ("Transfer-Encoding: xchunked",
     post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n")),
    ("Transfer-Encoding with a space before the colon",
     post(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n")),
    ("chunked in HTTP/1.0",
     b"POST /embed HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
     b"0\r\n\r\n"),
    ("a header without a colon", get(b"X-A b\r\n")),
    ("a header without a name", get(b": b\r\n")),
    ("a space in a header's name", get(b"X A: b\r\n")),
    ("a space before the first header",
     b"GET /healthz HTTP/1.1\r\n Host: x\r\n\r\n"),
    ("two spaces in the first line", get(first=b"GET  /healthz HTTP/1.1")),
    ("a tab in the first line", get(first=b"GET\t/healthz HTTP/1.1")),
    ("a space behind the version", get(first=b"GET /healthz HTTP/1.1 ")),
    ("no version", get(first=b"GET /healthz")),
    ("HTTP/3.7", get(first=b"GET /healthz HTTP/3.7")),
    ("http/1.1", get(first=b"GET /healthz http/1.1")),
    ("a body where there is none", get(b"Content-Length: 4\r\n") + b"abcd"),
    ("a chunk of size -1", chunked(b"-1\r\n\r\n")),
    ("a chunk of size 0x4", chunked(b"0x4\r\nabcd\r\n0\r\n\r\n")),
    ("a chunk of size 4g", chunked(b"4g\r\nabcd\r\n0\r\n\r\n")),
    ("a chunk of size +4", chunked(b"+4\r\nabcd\r\n0\r\n\r\n")),
    ("a chunk of 2^64 bytes",
     chunked(b"10000000000000004\r\nabcd\r\n0\r\n\r\n")),
    ("a chunk that is longer than its size",
     chunked(b"2\r\nabcd\r\n0\r\n\r\n")),
]


def malformed(table, service):
    table.head("Malformed requests: refused, closed, and what stands behind "
               "them is not answered")
    rejected = 0
    for name, sent in MALFORMED:
        with service.connect() as s:
            s.sendall(sent + NEXT)
            reply = read_all(s, 3)
            s.settimeout(1)
            try:
                closed = s.recv(1) == b""
            except ConnectionError:
                closed = True
            except OSError:
                closed = False
        # libmicrohttpd's own error pages repeat their header: one answer.
        codes = set(re.findall(rb"HTTP/1\.1 (\d{3})", reply))
        good = closed and b"200" not in codes and len(codes) <= 1
        rejected += good
        came = b" ".join(codes).decode() or "nothing"
        table.row(name, came + (", closed" if closed else ", OPEN"), good)
    table.row("all of them", f"{rejected} of {len(MALFORMED)} rejected",
              rejected == len(MALFORMED))


def well_formed(table, service):
    """What must not be refused on the way."""
    table.head("Well-formed requests, in pieces of one byte")
    rows = [
        ("white space around a value", get(b"X-A: \t abc \t\r\n")),
        ("an empty value", get(b"X-A:\r\n")),
        ("a query with escapes", get(first=b"GET /healthz?a=b%20c HTTP/1.1")),
        ("a cookie between", get(b"Cookie: a=b; c=d\r\nX-B: c\r\n")),
        ("an empty line before", CRLF + get()),
        ("no header but Host", get()),
        ("a header of 12 KB", get(b"X-A: " + b"a" * 12000 + CRLF)),
        ("two requests at once", NEXT + NEXT),
        ("HTTP/1.0", b"GET /healthz HTTP/1.0\r\n\r\n"),
    ]
    for name, sent in rows:
        with service.connect() as s:
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for i in range(len(sent) if len(sent) < 300 else 1):
                s.sendall(sent[i:i + 1] if len(sent) < 300 else sent)
            codes = re.findall(rb"HTTP/1\.1 (\d{3})", read_all(s, 1))
        want = 2 if sent == NEXT + NEXT else 1
        table.row(name, b" ".join(codes).decode(), codes == [b"200"] * want)


# --- slow and large -----------------------------------------------------------

def drip(service, first, piece, pause, before=b""):
    """Seconds until a sender of a piece every `pause` seconds is cut. `before`
    is a whole request on the same connection, some idle time earlier."""
    with service.connect() as s:
        if before:
            s.sendall(before)
            s.recv(4096)
            time.sleep(2)
        s.sendall(first)
        start = time.monotonic()
        s.settimeout(pause)
        reply = b""
        while time.monotonic() - start < 60:
            try:
                got = s.recv(4096)
                if not got:
                    break
                reply += got
                continue
            except socket.timeout:
                pass
            except OSError:
                break
            try:
                s.sendall(piece)
            except OSError:
                break
        return time.monotonic() - start, parse(reply)[0]


def latencies(service, seconds, source, out):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        try:
            status = service.ask(source=source)[0]
        except OSError:
            status = 0
        out.append((time.monotonic() - start, status))
        time.sleep(0.02)


def slow(table, service, limit, n):
    table.head(f"Slow senders (header deadline {limit} s)")
    took, code = drip(service, b"GET /healthz HTTP/1.1\r\nX-A: ", b"a", 1)
    table.row("a header of 1 byte a second", f"{code} after {took:.1f} s",
              code == 408 and limit - 1 <= took <= limit + 2)
    took, code = drip(service, b"GET /healthz HTTP/1.1\r\nX-A: ", b"a", 1,
                      before=b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    table.row("the same on a connection that was used",
              f"{code} after {took:.1f} s",
              code == 408 and limit - 1 <= took <= limit + 2)
    took, code = drip(service, post(b"Content-Length: 100000\r\n"), b"a", 1)
    table.row("a body of 1 byte a second", f"{code} after {took:.1f} s",
              code == 408 and took < 20)
    held = []
    for i in range(n):
        try:
            s = service.connect(f"127.0.1.{i % 50 + 1}", 5)
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ")
            held.append(s)
        except OSError:
            pass
    rss, times = service.rss_mb(), []
    latencies(service, limit, "127.0.2.1", times)
    ok = sum(status == 200 for _, status in times)
    worst = sorted(t for t, _ in times)[int(len(times) * 0.99) - 1]
    time.sleep(2)
    gone = 0
    for s in held:
        s.settimeout(0.01)
        try:
            while s.recv(4096):
                pass
            gone += 1
        except socket.timeout:
            pass
        except OSError:
            gone += 1
        s.close()
    table.row(f"{n} half headers: another client meanwhile",
              f"{ok} of {len(times)} served, p99 {worst * 1000:.0f} ms, "
              f"{rss:.0f} MB resident", ok == len(times))
    table.row(f"{n} half headers: cut", f"{gone} of {len(held)}",
              gone == len(held))


def large(table, service, limit):
    table.head("Oversize")
    blob = b"a" * ((limit << 20) + 1)
    for name, path, kind, data, want in [
        ("a JSON body over 2,000,000 bytes", "/embed", "application/json",
         b'{"inputs":"' + b"a" * 2000000 + b'"}', {413}),
        ("a form over its limit", "/analyze", FORM,
         form([(b'name="resume"; filename="a.txt"', blob)]), {413}),
        ("a batch over its limit", "/batch-analyze", FORM,
         form([(b'name="resumes"; filename="a.txt"', blob)] * 2), {413}),
    ]:
        try:
            code = service.ask(path, data, kind)[0]
        except OSError:
            code = 0
        table.row(name, code or "cut off", code in want)
    sent = chunked(b"")
    with service.connect() as s:
        try:
            s.sendall(sent)
            for _ in range(400):
                s.sendall(b"10000\r\n" + b"a" * 65536 + CRLF)
            s.sendall(b"0\r\n\r\n")
        except OSError:
            pass
        code = parse(read_all(s, 3))[0]
    table.row("25 MB in chunks for 2 MB", code or "cut off", code == 413)
    with service.connect() as s:
        try:
            s.sendall(get(b"X-A: " + b"a" * (1 << 20)))
        except OSError:
            pass
        code = parse(read_all(s, 3))[0]
    table.row("a header of 1 MB", code or "cut off", code in (0, 400, 413, 431))
    with service.connect() as s:
        s.sendall(get(b"".join(b"X-%d: 1\r\n" % i for i in range(150))))
        code = parse(read_all(s, 3))[0]
    table.row("150 headers", code, code == 431)


# --- forms ---------------------------------------------------------------------

def forms(table, service, parts):
    table.head("Forms")
    one = b'name="resume"; filename="a.txt"'
    job = (b'name="job_summary"', JOB.encode())
    before = service.rss_mb()
    for name, body, want in [
        (f"{parts} parts", form([(b'name="p%d"' % i, b"x")
                                 for i in range(parts)]), {413}),
        ("no end boundary", form([(one, RESUME), job])[:-14], {400}),
        ("a part's header of 1 MB",
         b"--BOUNDARY\r\nX: " + b"a" * (1 << 20) + b"\r\n\r\nx\r\n", {400}),
        ("a part's header without an end", b"--BOUNDARY\r\nX: a", {400}),
        ("a part without a name", form([(b'filename="a"', RESUME)]), {400}),
        ("bytes before the first boundary", b"x" + form([(one, RESUME), job]),
         {400}),
        ("bytes behind the last one", form([(one, RESUME), job]) + b"x", {400}),
        ("LF for CRLF", form([(one, RESUME), job]).replace(CRLF, b"\n"), {400}),
        ("a boundary only", b"--BOUNDARY", {400}),
        ("an end only", b"--BOUNDARY--\r\n", {422}),
        ("nothing", b"", {400}),
        ("a NUL in a part's header",
         form([(b'name="resume\0"; filename="a"', RESUME)]), {400}),
        ("the file twice", form([(one, RESUME), (one, RESUME), job]), {422}),
        ("a name of 100 bytes", form([(b'name="' + b"a" * 100 + b'"', b"x")]),
         {400}),
    ]:
        code = service.ask("/analyze", body, FORM)[0]
        table.row(name, code, code in want)
    for kind in ["multipart/form-data", "multipart/form-data; boundary=",
                 "multipart/form-data; boundary=" + "a" * 71,
                 "multipart/form-data; boundary=\"a b\x7f\"",
                 "multipart/form-data; boundary=A; boundary=B",
                 "multipart/mixed; boundary=BOUNDARY"]:
        code = service.ask("/analyze", form([(one, RESUME), job]), kind)[0]
        table.row(kind[:50].replace("\x7f", "?"), code, code in (400, 415))
    grown = service.rss_mb() - before
    table.row("memory that stays behind", f"{grown:+.1f} MB", grown < 16)


def near_boundaries(table, service):
    """Data that all but ends with the delimiter, and the request cut in two
    at every offset: both must be read to the byte."""
    delimiter = b"\r\n--BOUNDARY"
    bad = 0
    for i in range(1, len(delimiter)):
        text = RESUME + delimiter[:i] + b"@" + delimiter[:i]
        body = form([(b'name="resume"; filename="a.txt"', text)])
        code, reply = service.ask("/debug/extract", body, FORM)
        read = json.loads(reply).get("full_result", {}).get("text", "")
        want = text.decode().replace("\r\n", "\n").strip()
        bad += code != 200 or read.replace("\r", "\n").strip().split() != \
            want.split()
    table.row("all but a boundary in the data", f"{bad} misread of "
              f"{len(delimiter) - 1}", bad == 0)
    body = form([(b'name="resume"; filename="a.txt"', RESUME)])
    head = (f"POST /debug/extract HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}"
            f"\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    sent, answers = head + body, set()
    for i in range(1, len(sent)):
        with service.connect() as s:
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            s.sendall(sent[:i])
            if i % 7 == 0:
                time.sleep(0.002)
            s.sendall(sent[i:])
            reply = b""
            while not reply.endswith(b"}"):
                piece = s.recv(65536)
                if not piece:
                    break
                reply += piece
        answers.add(parse(reply))
    table.row(f"split at each of {len(sent) - 1} offsets",
              f"{len(answers)} different answers, "
              f"{' '.join(str(c) for c, _ in answers)}",
              [c for c, _ in answers] == [200])


# --- names -----------------------------------------------------------------------

def names():
    rlo, zwsp = "\u202e".encode(), "\u200b".encode()
    out = [b"../" * i + b"etc/passwd" for i in range(1, 9)]
    out += [b"/etc/passwd", b"//etc/passwd", b"file:///etc/passwd",
            b"/proc/self/environ", b"/dev/zero", b"C:\\Windows\\win.ini",
            b"..\\..\\boot.ini", b"\\\\host\\share\\x", b"a/../../b.txt",
            b"....//....//x", b"..%2f..%2fx", b"..%252fx", b"%2e%2e%2fx",
            b"~root/.ssh/id", b".", b"..", b"...", b"./x", b".htaccess",
            b"con", b"NUL.txt", b"aux.pdf", b"x.txt:stream", b"x.txt.",
            b"x ", b" x", b"-rf", b"--help", b"$(id)", b"`id`", b"|id",
            b";id", b"&id", b"x' OR '1'='1", b"<script>alert(1)</script>.txt",
            b"=cmd()", b"{{7*7}}", b"%s%n%x", b"a" * 255]
    out += [rlo + b"fdp.exe", b"a" + zwsp + b"b.txt", "名前.pdf".encode(),
            "naïve.pdf".encode()]
    # Not UTF-8, control characters, header injection: the form is refused.
    out += [b"\xc0\xae\xc0\xae/x", b"\xe0\x80\xae/x", b"\xf0\x80\x80\xaf/x",
            b"\xff\xfe", b"a\0.txt", b"a\rb", b"a\nb", b"a\x1bb", b"a" * 300,
            b"x\r\nX-Evil: 1"]
    return out


def file_names(table, program, extractor, settings):
    table.head("Path names in file names: labels, never paths")
    # LeakSanitizer does not run where something traces the program.
    strace = None if "ASAN_OPTIONS" in os.environ else shutil.which("strace")
    trace = tempfile.mktemp()
    service = Service(program, extractor, settings, [
        strace, "-f", "-q", "-e", "trace=file", "-e", "signal=none", "-o",
        trace] if strace else ())
    codes, bad = {}, []
    job = (b'name="job_summary"', JOB.encode())
    for name in names():
        quoted = name.replace(b'"', b"%22")
        body = form([(b'name="resumes"; filename="' + quoted + b'"', RESUME),
                     job])
        code, reply = service.ask("/batch-analyze", body, FORM)
        codes[code] = codes.get(code, 0) + 1
        if code == 200:
            label, answer = list(json.loads(reply)["results"].items())[0]
            if "/" in label or "\\" in label or any(c < " " for c in label) \
                    or label in ("", ".", "..") or "score" not in answer:
                bad.append(name)
        elif code != 400 or set(json.loads(reply)) != {"error"}:
            bad.append(name)
    found = sorted(os.listdir(service.state)) if os.path.isdir(
        service.state) else []
    status = service.stop()
    table.row(f"{len(names())} names", f"{codes}, {len(bad)} bad: {bad[:3]}",
              not bad and len(names()) >= 60)
    table.row("the folder of state afterwards", " ".join(found) or "empty",
              all(f.split(".")[0] in ("vectors", "results", "secret", "skills",
                                      "forget") for f in found))
    if strace:
        with open(trace, errors="replace") as f:
            text = f.read()
        os.unlink(trace)
        touched = [n for n in names() if len(n) > 4 and
                   n.decode(errors="replace") in text]
        touched = [n for n in touched if not n.startswith((b"/proc", b"/dev"))]
        table.row("files that were opened by such a name (strace)",
                  f"{len(touched)} {touched[:3]}", not touched)
    table.row("ends well", status, status == 0)


# --- many at once ---------------------------------------------------------------

def uploads(table, service, n, size):
    table.head(f"{n} uploads of {size >> 10} KB at once")
    rnd = random.Random(1)
    blob = form([(b'name="resume"; filename="a.pdf"',
                  rnd.randbytes(size)),
                 (b'name="job_summary"', JOB.encode())])
    codes, health, lock = {}, [], threading.Lock()

    def send(i):
        try:
            code = service.ask("/analyze", blob, FORM, f"127.0.3.{i % 4 + 1}")[0]
        except OSError:
            code = 0
        with lock:
            codes[code] = codes.get(code, 0) + 1

    threads = [threading.Thread(target=send, args=(i,)) for i in range(n)]
    for t in threads:
        t.start()
    while any(t.is_alive() for t in threads):
        latencies(service, 0.2, "127.0.4.1", health)
    for t in threads:
        t.join()
    times = sorted(t for t, _ in health)
    table.row("answers", codes, set(codes) <= {0, 413, 415, 422, 429, 503})
    table.row("health meanwhile",
              f"{sum(s == 200 for _, s in health)} of {len(health)}, "
              f"p99 {times[int(len(times) * 0.99) - 1] * 1000:.0f} ms",
              all(s == 200 for _, s in health))


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(args) != 2:
        sys.exit(__doc__)
    short, tap = "--short" in sys.argv, "--tap" in sys.argv
    program, extractor = map(os.path.abspath, args)
    table = Table(tap)
    header = 3 if short else 10
    limit = 2 if short else 16
    settings = f"[server]\nheader_seconds = {header}\nupload_mb = {limit}\n" \
               f"batch_mb = {2 * limit}\nbodies_mb = {8 * limit}\n"
    service = Service(program, extractor, settings)
    malformed(table, service)
    well_formed(table, service)
    large(table, service, limit)
    forms(table, service, 1000 if short else 100000)
    near_boundaries(table, service)
    slow(table, service, header, 300 if short else 1000)
    uploads(table, service, 30 if short else 100, 1 << 20)
    status = service.stop()
    table.row("the service ends well", status, status == 0)
    file_names(table, program, extractor, settings)
    if tap:
        print(f"1..{table.n}")
    else:
        print(f"\n{table.n} rows, {table.failed} not as they should be")
    return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
