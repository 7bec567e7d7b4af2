#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sets the service beside the same written in Python (service_app.py).

    bench/peers/service_peer.py [--rounds N] [--small]

Both run on the same core with one thread and the same model, and are asked in
turn by four clients: analyses of 700 words that were never sent before, the same again, the
same as PDF, and vectors for 8 new lines. Prints requests per second, processor
time per request, memory, and the processor time from start to the first
answer. --small starts each in a control group of 512 MB and a tenth of a core
(needs root) and tells whether and when it answers.

Needs a virtual environment; takes build/venv-sentence-transformers, which is
made on first use (about 2 GB are fetched).
"""
import argparse
import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "bench")]
from documents import JOB, form, pdf, resume  # noqa: E402
from limits import Group  # noqa: E402

PACKAGES = ("sentence-transformers==6.2.0", "fastapi==0.165.0",
            "uvicorn==0.54.0", "python-multipart==0.0.34", "pypdf==7.1.1")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, name, command, port, core=None, join=None):
        def prepare():
            if core is not None:
                os.sched_setaffinity(0, {core})
            if join:
                join()
        self.name, self.port, self.made = name, port, time.time()
        self.process = subprocess.Popen(
            command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            preexec_fn=prepare, env=dict(os.environ, OMP_NUM_THREADS="1"))
        self.own = threading.local()  # a connection for each client

    def ask(self, method, path, body=None, kind=None, timeout=120):
        if not getattr(self.own, "connection", None):
            self.own.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=timeout)
        try:
            self.own.connection.request(
                method, path, body, {"Content-Type": kind} if kind else {})
            r = self.own.connection.getresponse()
            return r.status, r.read()
        except (OSError, http.client.HTTPException):
            self.own.connection.close()
            self.own.connection = None
            raise

    def wait(self, seconds):
        """Seconds until it answers, or None."""
        while time.time() < self.made + seconds:
            if self.process.poll() is not None:
                return None
            try:
                if self.ask("GET", "/health")[0] == 200:
                    return time.time() - self.made
            except (OSError, http.client.HTTPException):
                time.sleep(0.005)
        return None

    def cpu_ms(self):
        """Of all threads, and of the helpers that have ended."""
        clock = (~self.process.pid << 3) | 2  # as clock_getcpuclockid has it
        stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        helpers = sum(int(x) for x in stat.rsplit(")", 1)[1].split()[13:15])
        return (time.clock_gettime(clock) * 1000
                + helpers * 1000 / os.sysconf("SC_CLK_TCK"))

    def memory_mb(self, field):
        text = open(f"/proc/{self.process.pid}/status").read()
        return int(re.search(rf"{field}:\s+(\d+)", text).group(1)) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_ours(state, **how):
    port = free_port()
    return Server("ours", [ROOT / "build" / "resume-scorer", "serve",
                           "--port", str(port), "--threads", "1", "--workers",
                           "1", "--preload-models", "--state", state,
                           "--log-level", "error"], port, **how)


def start_peer(model, **how):
    port = free_port()
    return Server("Python", [sys.executable,
                             str(Path(__file__).with_name("service_app.py")),
                             str(port), str(model)], port, **how)


def analysis(seed, as_pdf):
    data = pdf(resume(seed)) if as_pdf else resume(seed).encode()
    return form([("resume", "cv", data)], {"job_summary": JOB})


def lines(seed):
    body = {"inputs": [s[2:] for s in resume(seed).split("\n")
                       if s.startswith("- ")][:8]}
    return json.dumps(body).encode(), "application/json"


# Name, path of ours, path of the peer, requests of each in a round, body.
WORK = [
    ("analysis, new", "/analyze", "/analyze", 12, 6,
     lambda seed, i: analysis(f"{seed}.{i}", False)),
    ("the same, line by line", "/analyze", "/analyze-lines", 12, 2,
     lambda seed, i: analysis(f"l{seed}.{i}", False)),
    ("analysis of a PDF, new", "/analyze", "/analyze", 12, 6,
     lambda seed, i: analysis(f"p{seed}.{i}", True)),
    ("analysis, seen before", "/analyze", "/analyze", 1000, 100,
     lambda seed, i: analysis("again", False)),
    ("8 new lines to /embed", "/embed", "/embed", 20, 4,
     lambda seed, i: lines(f"e{seed}.{i}")),
]


def measure(server, path, bodies, clients):
    """Requests per second, and milliseconds of processor time for each."""
    cpu, began = server.cpu_ms(), time.perf_counter()
    codes = set(clients.map(lambda b: server.ask("POST", path, *b)[0], bodies))
    took = time.perf_counter() - began
    if codes != {200}:
        sys.exit(f"{server.name} answers {path} with {codes}")
    return len(bodies) / took, (server.cpu_ms() - cpu) / len(bodies)


def compare(ours, peer, rounds):
    results = {}
    clients = ThreadPoolExecutor(4)
    for r in range(rounds + 1):  # the first one warms up
        for name, path, peer_path, n, m, make in WORK:
            for server, p, k in ((ours, path, n), (peer, peer_path, m)):
                bodies = [make(r, i) for i in range(k)]
                got = measure(server, p, bodies, clients)
                if r:
                    results.setdefault((name, server.name), []).append(got)
    print("| requests per second (processor ms each) | ours | Python | ratio "
          "(of processor time) |\n|---|---|---|---|")
    for name, *_ in WORK:
        a, b = ([statistics.median(x) for x in zip(*results[name, s.name])]
                for s in (ours, peer))
        print(f"| {name} | {a[0]:.1f} ({a[1]:.2f}) | {b[0]:.1f} ({b[1]:.2f}) "
              f"| {a[0] / b[0]:.1f}x ({b[1] / a[1]:.1f}x) |")


def run_free(model, rounds):
    core = min(os.sched_getaffinity(0))
    others = os.sched_getaffinity(0) - {core}
    if others:
        os.sched_setaffinity(0, others)
    servers = []
    with tempfile.TemporaryDirectory() as state:
        try:
            for start in (lambda: start_ours(state, core=core),
                          lambda: start_peer(model, core=core)):
                servers.append(start())
                if servers[-1].wait(120) is None:
                    sys.exit(f"{servers[-1].name} does not start")
                print(f"{servers[-1].name}: {servers[-1].cpu_ms():.0f} ms of "
                      "processor time to the first answer", flush=True)
            compare(*servers, rounds)
            for server in servers:
                print(f"{server.name}: {server.memory_mb('VmRSS'):.0f} MB "
                      f"resident, at most {server.memory_mb('VmHWM'):.0f} MB")
        finally:
            for server in servers:
                server.stop()


def run_small(model):
    with tempfile.TemporaryDirectory() as state:
        for start in (lambda **how: start_ours(state, **how),
                      lambda **how: start_peer(model, **how)):
            with Group(512 << 20, 0.1, 128) as group:
                server = start(join=group.join)
                ready = server.wait(600)
                line = f"{server.name} in 512 MB and a tenth of a core: "
                if ready is None:
                    line += "no answer in 600 s"
                else:
                    began = time.time()
                    body, kind = analysis("small", False)
                    code, _ = server.ask("POST", "/analyze", body, kind, 600)
                    line += (f"answers after {ready:.1f} s, an analysis takes "
                             f"{time.time() - began:.1f} s ({code})")
                server.stop()
                print(f"{line}; peak {group.peak_bytes() >> 20} MB with file "
                      f"pages, killed for memory {group.kills()}", flush=True)


def main():
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--small", action="store_true")
    a = p.parse_args()
    model = subprocess.run(
        [ROOT / "build" / "resume-scorer", "models", "path"], check=True,
        capture_output=True, text=True).stdout.strip()
    model = Path(model).parent / "source"
    if a.small:
        run_small(model)
    else:
        run_free(model, a.rounds)


if __name__ == "__main__":
    from peer_venv import enter
    enter(*PACKAGES)
    main()
