#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Mixed load on the service under the limits of Render's free tier.

usage: load_service.py [SECONDS] [--memory MB] [--cpu SHARE]

Starts build/resume-scorer with RENDER=true in a control group of 512 MB and a
tenth of a core (needs root) and sends, all at the same time: health every
second; analyses of 700 words as text, each another one, and every third the
same again; as PDF; batches of 10; uploads of 20 MB, noise and real PDFs in
turn; five clients that send a byte every half second. Then a second service
without limits and with nothing cached is asked the same again: an answer is
wrong when it differs by a byte, and lost when none came. Sends to 127.0.0.1
only. Exit status 1 when an answer was wrong or lost, or something was killed.
Only Python's standard library.
"""
import argparse
import hashlib
import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from documents import JOB, form, pdf, resume
from limits import Group

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = {"upload": (415,)}
CHECKED_AGAIN = 60
LARGE = (20 << 20) - (64 << 10)  # room for what stands around it


def serve(state, join=None):
    """A service that is ready, and its port."""
    command = [ROOT / "build" / "resume-scorer", "serve", "--workers=1",
               "--preload-models", "--host", "127.0.0.1", "--port", "0",
               "--state", state]
    # The rate limit would be what is measured: all comes from one address.
    env = dict(os.environ, RENDER="true",
               RESUME_SCORER_SERVER_RATE_PER_MINUTE="0")
    env.pop("PORT", None)
    p = subprocess.Popen(command, env=env, stderr=subprocess.PIPE,
                         preexec_fn=join)
    for line in p.stderr:
        found = re.search(rb"event=ready .*port=(\d+)", line)
        if found:
            threading.Thread(target=p.stderr.read, daemon=True).start()
            return p, int(found.group(1))
    raise SystemExit("the service does not start")


def ask(port, method, path, body=None, kind=None, timeout=120):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        c.request(method, path, body, {"Content-Type": kind} if kind else {})
        r = c.getresponse()
        return r.status, r.read()
    finally:
        c.close()


def document(kind, seed):
    """Name and bytes of what was sent under this kind and seed."""
    if kind == "pdf":
        return "cv.pdf", pdf(resume(seed))
    if kind == "large pdf":
        return "cv.pdf", pdf(resume(seed), random.Random(1).randbytes(LARGE))
    return "cv.txt", resume(seed, 200 if kind == "batch" else 700).encode()


def analysis(kind, seed):
    name, data = document(kind, seed)
    return form([("resume", name, data)], {"job_summary": JOB})


class Load:
    def __init__(self, port, seconds):
        self.port, self.end = port, time.time() + seconds
        self.lock = threading.Lock()
        self.times, self.codes, self.answers = {}, {}, {}
        self.wrong = self.lost = self.unexpected = self.not_cut = 0

    def send(self, kind, *request, timeout=120):
        began = time.time()
        try:
            code, data = ask(self.port, *request, timeout=timeout)
        except (OSError, http.client.HTTPException) as e:
            code, data = type(e).__name__, b""
        took = time.time() - began
        with self.lock:
            counts = self.codes.setdefault(kind, {})
            counts[code] = counts.get(code, 0) + 1
            self.times.setdefault(kind, []).append(took)
            self.lost += not isinstance(code, int)
            self.unexpected += code not in EXPECTED.get(kind, (200,))
        return code, data

    def note(self, kind, seed, data):
        """The same question must get the same bytes."""
        digest = hashlib.sha256(data).digest()
        with self.lock:
            self.wrong += self.answers.setdefault((kind, seed),
                                                  digest) != digest

    def analyze(self, kind, document_kind, seed):
        body, ctype = analysis(document_kind, seed)
        code, data = self.send(kind, "POST", "/analyze", body, ctype)
        if code == 200:
            self.note(document_kind, seed, data)

    def pace(self, seconds, work):
        n = 0
        while time.time() < self.end:
            n += 1
            work(n)
            time.sleep(seconds)

    def health(self, _):
        self.send("health", "GET", "/health", timeout=30)

    def text(self, n):
        again = n % 3 == 0
        self.analyze("cached" if again else "text", "text",
                     n - 1 if again else n)

    def pdf(self, n):
        self.analyze("pdf", "pdf", f"p{n}")

    def batch(self, n):
        seeds = [f"b{n}.{i}" for i in range(10)]
        body, ctype = form([("resumes", s, document("batch", s)[1])
                            for s in seeds], {"job_summary": JOB})
        code, data = self.send("batch", "POST", "/batch-analyze", body, ctype)
        if code != 200:
            return
        results = json.loads(data)["results"]
        with self.lock:
            self.lost += len(set(seeds) - set(results))
        for seed, entry in results.items():
            self.note("batch", seed, json.dumps(entry).encode())

    def upload(self, n):
        if n % 2:
            return self.analyze("large pdf", "large pdf", "large")
        body, ctype = form([("resume", "a.bin",
                             random.Random(n).randbytes(LARGE))],
                           {"job_summary": JOB})
        return self.send("upload", "POST", "/analyze", body, ctype)

    def slow(self, _):
        try:
            s = socket.create_connection(("127.0.0.1", self.port), 30)
            for byte in b"POST /analyze HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaa":
                s.send(bytes([byte]))
                time.sleep(0.5)
            s.close()
            with self.lock:
                self.not_cut += 1
        except OSError:
            pass  # cut, as it should be

    def run(self):
        plan = [(1, self.health), (0.5, self.text), (5, self.pdf),
                (20, self.batch), (15, self.upload)] + [(1, self.slow)] * 5
        threads = [threading.Thread(target=self.pace, args=p) for p in plan]
        for t in threads:
            t.start()
        for t in threads:
            t.join()


def resident_kb(pid):
    try:
        text = open(f"/proc/{pid}/status").read()
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", text)
    return int(found.group(1)) if found else 0


class Watch(threading.Thread):
    """The most that server and helpers had resident together."""

    def __init__(self, group):
        super().__init__(daemon=True)
        self.group, self.peak_kb = group, 0

    def run(self):
        while True:
            try:
                pids = self.group.processes()
            except OSError:
                return
            self.peak_kb = max(self.peak_kb, sum(map(resident_kb, pids)))
            time.sleep(0.05)


def check_again(load):
    """Some of the answers, from a service that was never in a hurry."""
    picked = random.Random(1).sample(
        sorted(load.answers, key=str), min(CHECKED_AGAIN, len(load.answers)))
    with tempfile.TemporaryDirectory() as state:
        p, port = serve(state)
        for kind, seed in picked:
            body, ctype = analysis(kind, seed)
            code, data = ask(port, "POST", "/analyze", body, ctype)
            if kind == "batch":
                data = json.dumps(json.loads(data)).encode()
            if code != 200 or (hashlib.sha256(data).digest()
                               != load.answers[kind, seed]):
                load.wrong += 1
                print(f"another answer for {kind} {seed}: {code}")
        p.terminate()
        p.wait()
    return len(picked)


def report(load, group, watch, server_kb, checked):
    for kind, t in sorted(load.times.items()):
        t.sort()
        at = [t[min(len(t) - 1, int(len(t) * q))] * 1000 for q in (.95, .99)]
        print(f"{kind:9} n={len(t):5} p50={statistics.median(t) * 1000:8.1f} ms"
              f" p95={at[0]:8.1f} ms p99={at[1]:8.1f} ms", load.codes[kind])
    print(f"wrong answers {load.wrong} ({checked} of {len(load.answers)} asked "
          f"again without limits), lost {load.lost}, unexpected "
          f"{load.unexpected}, slow clients not cut {load.not_cut}, "
          f"killed for memory {group.kills()}")
    print(f"resident peak: server {server_kb / 1024:.1f} MB, with helpers "
          f"{watch.peak_kb / 1024:.1f} MB; the group's peak with file pages "
          f"{group.peak_bytes() / 1048576:.1f} MB; throttled "
          f"{group.throttled()} times, processor "
          f"{group.cpu_seconds() or 0:.1f} s")


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("seconds", type=int, nargs="?", default=180)
    p.add_argument("--memory", type=int, default=512)
    p.add_argument("--cpu", type=float, default=0.1)
    a = p.parse_args()
    with Group(a.memory << 20, a.cpu, 128) as group, \
            tempfile.TemporaryDirectory() as state:
        service, port = serve(state, group.join)
        watch = Watch(group)
        watch.start()
        load = Load(port, a.seconds)
        load.run()
        status = open(f"/proc/{service.pid}/status").read()
        server_kb = int(re.search(r"VmHWM:\s+(\d+)", status).group(1))
        service.terminate()
        ended = service.wait()
        checked = check_again(load)
        report(load, group, watch, server_kb, checked)
        bad = (load.wrong or load.lost or load.unexpected or load.not_cut
               or group.kills() or ended)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
