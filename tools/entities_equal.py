#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares `resume-scorer entities --json` with Python spaCy on your own texts.

usage: entities_equal.py [--pipeline FOLDER] FILE...

FILE is a text file, or a .jsonl whose lines are strings or objects with
"text". FOLDER is the pipeline's (the installed en_core_web_sm). Entities,
sentences and tokens with tag, label and head must be those of Doc.to_json;
each difference is printed, and the sums at the end.

Makes its own virtual environment with spacy in build/ on first use.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import peer_venv

PROGRAM = peer_venv.ROOT / "build/resume-scorer"
# What only spaCy's rule components set.
NOT_OURS = ("pos", "morph", "lemma")


def texts(paths):
    for path in map(Path, paths):
        data = path.read_bytes().decode("utf8", "replace")
        if path.suffix != ".jsonl":
            yield path.name, data
            continue
        for i, line in enumerate(filter(None, data.split("\n")), 1):
            item = json.loads(line)
            yield f"{path.name}:{i}", item if isinstance(item, str) \
                else item["text"]


def ours(folder, text):
    run = subprocess.run(
        [PROGRAM, "entities", "--pipeline", folder, "--raw", "--json", "-"],
        input=text.encode(), stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def theirs(nlp, text):
    doc = nlp(text).to_json()
    tokens = [{k: v for k, v in t.items() if k not in NOT_OURS}
              for t in doc["tokens"]]
    return {"text": doc["text"], "ents": doc["ents"],
            "sents": doc.get("sents", []), "tokens": tokens}


def compare(name, a, b, sums):
    for key in ("ents", "sents", "tokens"):
        sums[key] = sums.get(key, 0) + len(b[key])
        wrong = abs(len(a[key]) - len(b[key]))
        for x, y in zip(a[key], b[key]):
            if x != y:
                wrong += 1
                print(f"{name}: {x} is {y} in Python")
        sums["wrong " + key] = sums.get("wrong " + key, 0) + wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pipeline")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    peer_venv.enter("spacy")
    import spacy

    folder = args.pipeline or subprocess.run(
        [PROGRAM, "models", "path", "en_core_web_sm"], check=True, text=True,
        stdout=subprocess.PIPE).stdout.strip()
    nlp = spacy.load(folder)
    n, sums = 0, {}
    for name, text in texts(args.files):
        compare(name, ours(folder, text), theirs(nlp, text), sums)
        n += 1
    print(n, "texts;", ", ".join(f"{v} {k}" for k, v in sums.items()))
    sys.exit(any(v for k, v in sums.items() if k.startswith("wrong")))


if __name__ == "__main__":
    main()
