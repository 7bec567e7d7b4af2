#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares skill matching with what a user would pick instead.

    bench/peers/skills_peer.py FILE...

FlashText and an Aho-Corasick automaton (pyahocorasick) look for all names and
other names of the skills that `resume-scorer skills list` knows. They find
exact words only: no plurals, no spellings, no context, no negation. In every
round each of them and build/bench/bench_skills read the file once; the best
round of each counts, so that a busy machine troubles all alike.

Needs a virtual environment; makes build/venv-flashtext on first use.
"""
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
ROUNDS = 5


def names():
    listed = subprocess.run(
        [ROOT / "build/resume-scorer", "skills", "list", "--json"],
        check=True, capture_output=True)
    for skill in json.loads(listed.stdout):
        yield skill["name"]
        yield from skill["aliases"]


def flashtext_peer(terms):
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for term in terms:
        processor.add_keyword(term)
    return lambda text: len(processor.extract_keywords(text))


def automaton_peer(terms):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for term in terms:
        automaton.add_word(term.lower(), len(term))
    automaton.make_automaton()

    def run(text):
        lower = text.lower()
        hits = 0
        for end, length in automaton.iter_long(lower):
            start = end - length
            hits += not (start >= 0 and lower[start].isalnum()) and not (
                end + 1 < len(lower) and lower[end + 1].isalnum())
        return hits

    return run


def ours(path):
    """MB/s of the matcher alone."""
    out = subprocess.run([ROOT / "build/bench/bench_skills", "--ours", path],
                         check=True, capture_output=True, text=True).stdout
    return float(out.split("skill_match ")[1].split()[0])


def compare(path, peers):
    text = Path(path).read_text(encoding="utf-8", errors="replace")
    size = len(text.encode()) / 1e6
    best = dict.fromkeys(["ours", *peers], 0.0)
    for _ in range(ROUNDS):
        best["ours"] = max(best["ours"], ours(path))
        for name, run in peers.items():
            start = time.process_time()
            run(text)
            spent = time.process_time() - start
            best[name] = max(best[name], size / spent)
    print(path)
    for name, speed in best.items():
        print(f"  {name:12} {speed:8.1f} MB/s, "
              f"ours is {best['ours'] / speed:5.1f}x as fast")


def main():
    import peer_venv

    files = sys.argv[1:]
    if not files or files[0] in ("-h", "--help"):
        sys.exit(__doc__)
    peer_venv.enter("flashtext==2.7", "pyahocorasick==2.1.0")
    terms = sorted(set(names()))
    print(f"{len(terms)} names")
    peers = {"FlashText": flashtext_peer(terms),
             "Aho-Corasick": automaton_peer(terms)}
    for path in files:
        compare(path, peers)


if __name__ == "__main__":
    main()
