#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Proves that our tokenizer gives the tokens of Python spaCy.

Random and hand-made strings (affixes, exceptions, URLs, odd spaces, case
rules, all planes of Unicode) go through both; tokens, their places, the space
behind them and the ids of NORM, PREFIX, SUFFIX and SHAPE must be equal. Prints
the number of differences and fails when there is one. spaCy is installed into
build/venv-spacy on the first use; `make build/tools/entities_tokens` builds
our side.

  tools/entities_proof.py PIPELINE [COUNT [SEED]]

PIPELINE is the folder of a spaCy pipeline, COUNT the number of random strings
(400000).
"""
import random
import struct
import subprocess
import sys
import threading

import peer_venv

if len(sys.argv) < 2 or "--help" in sys.argv:
    sys.exit(__doc__)
peer_venv.enter("spacy")
import numpy as np
import spacy

BATCH = 2000
TOKEN = np.dtype([("start", "u4"), ("chars", "u4"), ("flags", "u4"),
                  ("padding", "u4"), ("ids", "u8", 4)])
SPACES = " \t\n\r\v\f\x1c\x1f\x85\xa0\u1680\u2000\u2009\u2028\u202f\u3000"
PUNCT = ".,:;!?()[]{}<>\"'`-_/\\&*#@%+=~^|$\u2026\u2018\u2019\u201c\u201d" \
    "\u201e\u00ab\u00bb\u2013\u2014\u20ac\u00a3\u00a5\u20b9\u060c\u3002\uff0c"
ODD = "\u180e\u200b\u200d\u0301\u0308\u20dd\ufeff\u0130\u0131\u03a3\u03c2" \
    "\u00b2\u2460\u2160\u00bd\u0660\u01c5\u1e9e\u00df\ufb01\u0345\u02b0" \
    "\u4e2d\u6587\u3042\uac00\u0e1a\u0e32\u0939\u093f\u0416\u0451\u05d0\u0627" \
    "\U00010400\U0001d7d8\U0001f600\U0001f1e6\U0001f3fd\U000e0061\U0010ffff"
WORDS = ["I", "can't", "won't", "Dr.", "U.S.", "a.m.", "p.m", "e.g.", "it's",
         "Its", "O'Neil", "colour", "X", "NUM", "C++", ":)", ":-(", "<3", "km",
         "10km", "5%", "$3.50", "US$5", "1,234.56", "2018-2020", "end.Next",
         "x--y", "well-known", "a/b", "http://x.org/y?z=1#q", "me@x.co.uk",
         "www.example.com", "192.168.0.1", "10.0.0.1:8080", "a.b.c", "...",
         "--", "''", "``", "don\u2019t", "we'll", "y'all", "'Cause", "cannot",
         "gonna", "\u039f\u0394\u039f\u03a3", "na\u00efve", "word", "The",
         "Jan", "1st", "4:30pm", "COVID-19", "I/O", "R&D", "(and)", "\u00a7"]


def code_point(rnd):
    while True:
        c = rnd.randrange(0x20, rnd.choice([0x250, 0x3000, 0x11000, 0x110000]))
        if not 0xD800 <= c < 0xE000:
            return chr(c)


def piece(rnd, nlp_rules):
    kind = rnd.random()
    if kind < 0.35:
        return rnd.choice(WORDS)
    if kind < 0.50:
        return rnd.choice(nlp_rules)
    if kind < 0.65:
        return "".join(rnd.choice(PUNCT) for _ in range(rnd.randint(1, 4)))
    if kind < 0.75:
        return "".join(rnd.choice(ODD) for _ in range(rnd.randint(1, 3)))
    if kind < 0.85:
        return "".join(code_point(rnd) for _ in range(rnd.randint(1, 3)))
    return "".join(rnd.choice("abzXYZ019\u00e9\u00c4")
                   for _ in range(rnd.randint(1, 12)))


def text(rnd, nlp_rules):
    out = []
    for _ in range(rnd.randint(1, 6)):
        out.append(piece(rnd, nlp_rules))
        if rnd.random() < 0.45:
            out.append(rnd.choice(SPACES) if rnd.random() < 0.3 else " ")
            if rnd.random() < 0.15:
                out.append(rnd.choice(SPACES))
    return "".join(out)


def made(rules):
    """Every exception alone and with each of some affixes on it."""
    for rule in rules:
        for form in ("%s", "(%s)", "%s.", "%s,", "\u201c%s\u201d", "x %s y",
                     "%s-%s", "%s's", "%s%s", "...%s...", " %s  %s\n"):
            yield form.replace("%s", rule)


class Ours:
    def __init__(self, folder):
        program = peer_venv.ROOT / "build/tools/entities_tokens"
        self.pipe = subprocess.Popen([program, folder], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE)

    def run(self, texts):
        data = b"".join(struct.pack("I", len(t)) + t
                        for t in (x.encode() for x in texts))
        writer = threading.Thread(target=lambda: (
            self.pipe.stdin.write(data), self.pipe.stdin.flush()))
        writer.start()
        for _ in texts:
            n = struct.unpack("I", self.pipe.stdout.read(4))[0]
            yield np.frombuffer(self.pipe.stdout.read(n * TOKEN.itemsize),
                                dtype=TOKEN)
        writer.join()


def theirs(nlp, t):
    doc = nlp.make_doc(t)
    out = np.zeros(len(doc), dtype=TOKEN)
    if len(doc) == 0:
        return out
    rows = doc.to_array(["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY",
                         "IS_SPACE"]).reshape(-1, 6)
    out["start"] = [x.idx for x in doc]
    out["chars"] = [len(x) for x in doc]
    out["flags"] = rows[:, 4] + 2 * rows[:, 5]
    out["ids"] = rows[:, :4]
    return out


def main():
    folder = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 400000
    rnd = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    nlp = spacy.load(folder, enable=[])
    ours = Ours(folder)
    rules = [r for r in nlp.tokenizer.rules if r]
    todo = list(made(rules)) + [text(rnd, rules) for _ in range(count)]
    tokens = differences = 0
    for at in range(0, len(todo), BATCH):
        batch = todo[at:at + BATCH]
        for t, got in zip(batch, ours.run(batch)):
            want = theirs(nlp, t)
            tokens += len(want)
            if np.array_equal(got, want):
                continue
            differences += 1
            if differences <= 20:
                print("different:", ascii(t))
    print(f"spaCy {spacy.__version__}, Unicode of the Python "
          f"{sys.version.split()[0]}: {len(todo)} strings, {tokens} tokens, "
          f"{differences} strings different")
    return differences != 0


if __name__ == "__main__":
    sys.exit(main())
