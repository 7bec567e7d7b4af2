#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills a service with SIGKILL at random moments while it fills its cache.

usage: kill_service.py PROGRAM MODELS ROUNDS

Every round starts the service on the same state folder, asks for vectors of
texts, some of them seen before, and kills it after a random time. It fails
when the service does not start, or a vector differs from the first answer for
its text. Only Python's standard library.
"""
import http.client, json, os, random, re, signal, subprocess, sys
import tempfile, threading, time


def start(program, models, state):
    p = subprocess.Popen([program, "serve", "--port", "0", "--models", models,
                          "--state", state, "--store"],
                         stderr=subprocess.PIPE)
    for line in p.stderr:
        found = re.search(rb"event=ready .*port=(\d+)", line)
        if found:
            threading.Thread(target=p.stderr.read, daemon=True).start()
            return p, int(found.group(1))
    return p, None


def ask(port, texts):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    c.request("POST", "/embed", json.dumps({"inputs": texts}),
              {"Content-Type": "application/json"})
    r = c.getresponse()
    data = r.read()
    return json.loads(data) if r.status == 200 else None


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    program, models, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    known, answers, wrong, refused = {}, 0, 0, 0
    rnd = random.Random(1)
    with tempfile.TemporaryDirectory() as state:
        for _ in range(rounds):
            p, port = start(program, models, state)
            if port is None:
                refused += 1
                continue
            killer = threading.Timer(rnd.uniform(0, 0.3),
                                     lambda: os.kill(p.pid, signal.SIGKILL))
            killer.start()
            try:
                while True:
                    texts = [f"text number {rnd.randrange(300)}"
                             for _ in range(4)]
                    for text, vector in zip(texts, ask(port, texts) or []):
                        answers += 1
                        wrong += known.setdefault(text, vector) != vector
            except (OSError, http.client.HTTPException, ValueError):
                pass  # killed, as it was meant to be
            killer.join()
            p.wait()
        names = sorted(os.listdir(state))
    print(f"{rounds} kills, {answers} vectors, {wrong} wrong, {refused} "
          f"refusals to start; state: {' '.join(names)}")
    return 1 if wrong or refused else 0


if __name__ == "__main__":
    sys.exit(main())
