#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times Python spaCy and bench_entities on the same texts, in one run.

usage: entities_peer.py PIPELINE TEXTS.jsonl [ROUNDS]

PIPELINE is the folder of a spaCy pipeline, TEXTS.jsonl has one JSON object
with "text" per line. Both run on one core and one thread; a round of ours
follows each round of Python's, and the medians of the processor times are
compared. Python has only
tok2vec, parser and ner switched on, once as single calls and once as
nlp.pipe. `make build/bench/bench_entities` builds our side. Makes its own virtual environment with spacy in build/ on first use.
"""
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import peer_venv  # noqa: E402


def resident_mb():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main():
    if len(sys.argv) < 3 or "--help" in sys.argv:
        sys.exit(__doc__)
    peer_venv.enter("spacy")
    folder, path = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    for name in ("OMP_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    import spacy

    start = time.process_time()
    nlp = spacy.load(folder, enable=["tok2vec", "parser", "ner"])
    load = time.process_time() - start
    texts = [json.loads(line)["text"] for line in open(path, encoding="utf8")]
    ours = subprocess.Popen(
        [str(ROOT / "build/bench/bench_entities"), folder, path, "--step"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def step():
        ours.stdin.write("\n")
        ours.stdin.flush()
        ns, tokens, entities = ours.stdout.readline().split()
        return int(ns) / 1e6, int(tokens), int(entities)

    step(), [nlp(t) for t in texts[:8]]
    single, pipe, c = [], [], []
    for _ in range(rounds):
        t = time.process_time()
        docs = [nlp(text) for text in texts]
        single.append((time.process_time() - t) * 1e3)
        ms, tokens, entities = step()
        c.append(ms)
        assert tokens == sum(len(d) for d in docs)
        assert entities == sum(len(d.ents) for d in docs)
        del docs
        t = time.process_time()
        for _ in nlp.pipe(texts):
            pass
        pipe.append((time.process_time() - t) * 1e3)
        c.append(step()[0])
    ours.stdin.close()
    per = 1000 / tokens
    s, p, m = (statistics.median(x) for x in (single, pipe, c))
    print(f"{len(texts)} texts, {tokens} tokens, {entities} entities (equal), "
          f"{rounds} rounds")
    print(f"Python spaCy {spacy.__version__}: load {load * 1e3:.0f} ms; "
          f"{s * per:.1f} ms per 1,000 tokens in single calls, "
          f"{p * per:.1f} with nlp.pipe; {resident_mb():.0f} MB resident")
    print(f"ours: {m * per:.1f} ms per 1,000 tokens")
    print(f"ratio: {s / m:.1f} x single calls, {p / m:.1f} x nlp.pipe "
          f"(best round to best round: {min(single) / min(c):.1f} x, "
          f"{min(pipe) / min(c):.1f} x)")


if __name__ == "__main__":
    main()
