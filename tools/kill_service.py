#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills a service with SIGKILL at random moments while it fills its cache.

usage: kill_service.py PROGRAM EXTRACTOR MODELS ROUNDS

Every round starts the service on the same state folder, asks for vectors and
for analyses that are stored, some of them seen before, and kills it after a
random time, one in five before it is ready. It fails when the service ends by
itself, or an answer differs from the first one to the same question. Without
a model only analyses are asked for. Only Python's standard library.
"""
import http.client, json, os, random, re, signal, subprocess, sys
import tempfile, threading, time

RESUME = """Ann Example

Experience
Software Engineer, Acme, 2015 - 2022
- Wrote C code for Linux servers with SQL, task number {}.

Skills
C, Linux, SQL
"""


class Round:
    """One start of the service, and its end."""

    def __init__(self, command, life):
        self.p = subprocess.Popen(command, stderr=subprocess.PIPE)
        self.killed = False
        self.timer = threading.Timer(life, self.kill)
        self.timer.start()
        self.port = None
        for line in self.p.stderr:
            found = re.search(rb"event=ready .*port=(\d+)", line)
            if found:
                self.port = int(found.group(1))
                break
        threading.Thread(target=self.p.stderr.read, daemon=True).start()

    def kill(self):
        self.killed = True
        os.kill(self.p.pid, signal.SIGKILL)

    def end(self):
        """Whether it was us who ended it."""
        self.timer.join()
        return self.p.wait() == -signal.SIGKILL and self.killed

    def ask(self, path, body):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        c.request("POST", path, json.dumps(body),
                  {"Content-Type": "application/json"})
        r = c.getresponse()
        data = r.read()
        if len(data) != int(r.headers["Content-Length"]):
            raise OSError("cut off")
        return json.loads(data) if r.status == 200 else None


class Judge:
    def __init__(self):
        self.known, self.counts, self.wrong = {}, {}, 0

    def take(self, kind, question, answer):
        if answer is None:
            return
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.wrong += self.known.setdefault((kind, question), answer) != answer


def work(service, judge, rnd):
    """Asks until the service is gone."""
    while True:
        texts = [f"text number {rnd.randrange(300)}" for _ in range(4)]
        for text, vector in zip(texts, service.ask("/embed", {
                "inputs": texts}) or []):
            judge.take("vectors", text, vector)
        n = rnd.randrange(100)
        judge.take("analyses", n, service.ask("/v1/score", {
            "resume": RESUME.format(n),
            "job": "We need a C developer with 3 years of experience in "
                   f"Linux, SQL and task {n % 7}."}))


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    program, extractor, models = sys.argv[1:4]
    rounds, early, refused = int(sys.argv[4]), 0, 0
    rnd, judge = random.Random(1), Judge()
    with tempfile.TemporaryDirectory() as state:
        command = [program, "serve", "--port", "0", "--models", models,
                   "--extractor", extractor, "--state", state, "--store"]
        for _ in range(rounds):
            life = rnd.uniform(0, 0.03) if rnd.random() < 0.2 else \
                rnd.uniform(0.05, 0.6)
            service = Round(command, life)
            early += service.port is None
            try:
                if service.port:
                    work(service, judge, rnd)
            except (OSError, http.client.HTTPException, ValueError):
                pass  # killed, as it was meant to be
            refused += not service.end()
        names = sorted(os.listdir(state))
    print(f"{rounds} kills, {early} before it was ready; "
          f"{judge.counts} answers, {judge.wrong} wrong; {refused} refusals "
          f"to start; state: {' '.join(names)}")
    return 1 if judge.wrong or refused else 0


if __name__ == "__main__":
    sys.exit(main())
