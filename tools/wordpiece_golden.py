#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the token ids that the tests of WordPiece expect.

The strings are our own and come from this file; the ids come from the
`tokenizers` package, installed into build/venv-tokenizers on the first use.

  tools/wordpiece_golden.py              tests/golden/wordpiece.vocab, a small
                                         vocabulary, and wordpiece.tsv
  tools/wordpiece_golden.py --model DIR  tests/golden/wordpiece_model.tsv, with
                                         the vocab.txt of a model in DIR

A line is a text, a tab, and the ids. In the text a backslash and all bytes
that are not printable ASCII are written as \\xHH.
"""
import argparse
import random
import sys
from pathlib import Path

import peer_venv

peer_venv.enter("tokenizers==0.23.3")
import wordpiece_proof as proof

GOLDEN = peer_venv.ROOT / "tests/golden"
CAP = 64  # small, so that the cap is tested by ordinary strings

SENTENCES = """
Led the migration of 40 services to Kubernetes, cutting costs by 30%.
Built ETL pipelines in Python & SQL (PostgreSQL 14) for 2,500 users/day.
Senior C/C++ engineer; embedded Linux, CAN bus, real-time control.
Registered nurse in a 24-bed intensive care unit since March 2017
Managed a team of twelve: hiring, mentoring, budgets, roadmaps.
B.Sc. Computer Science, University of Somewhere, 2009 - 2013
Forklift operator, warehouse safety trainer, OSHA-10 certified!
Taught mathematics to 7th-graders; raised the pass rate from 61 to 84 percent
Skills: Node.js, React.js, C#, .NET, F#, Objective-C, R, Go, TypeScript
jane.doe@example.org | +1 (555) 010-9999 | https://example.org/~jane
Reduced latency from 350ms to 40ms; improved throughput 8x.
Cooked for 120 guests a night, ordered supplies and trained three juniors.
Responsible for accounts payable/receivable, month-end closing and audits.
Fluent in English, French and Portuguese; learning Japanese.
Designed low-noise analogue front-ends; wrote the firmware's test bench.
Must have 5+ years of experience with distributed systems.
Nice to have: a driving licence (category B), willingness to travel.
Awarded "Employee of the Year" twice -- 2018 and 2020.
""".strip().splitlines()

SPECIAL = [
    "", " ", "\t\n", "a", "I", "[UNK]", "[CLS] text [SEP]", "[MASK]ed",
    "[cls]", "[ SEP ]", "[[SEP]]", "x[PAD]y", "[UNK", "##ing", "# #",
    "na\u00efve r\u00e9sum\u00e9", "re\u0301sume\u0301", "\u00c5ngstr\u00f6m",
    "\u0130stanbul", "stra\u00dfe", "\ufb01nance", "\u212a \u2126 \u212b",
    "it\u2019s \u201cquoted\u201d", "2015\u20132019", "a\u2014b", "\u2022 item",
    "\u00a0no\u00a0break", "zero\u200bwidth", "soft\u00adhyphen", "\ufeffbom",
    "tab\tand\vvertical\ffeed", "line\u2028sep", "a\x00b", "bell\x07", "a\x7fb",
    "\u4e2d\u6587 mixed \u4e2dx\u6587", "\uf900\uf901", "\u3042\u30ab",
    "\ud55c\uad6d\uc5b4", "\uac00\u0301", "\u1112\u1161\u11ab",
    "\u0417\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443\u0439",
    "\u039f\u0394\u039f\u03a3 \u03c3\u03c2", "\u0e2a\u0e27\u0e31\u0e2a\u0e14",
    "\u0623\u0647\u0644\u0627\u064b", "\u0928\u092e\u0938\u094d\u0924\u0947",
    "\U0001f600 smile", "\U0001f469\u200d\U0001f4bb", "\U0001f1e9\U0001f1ea",
    "\u2260 \u226e \u226f", "a\u0338b", "\u037e", "\u1fef", "\U0001d15e",
    "x\U0001d165\U0001d16dy", "x\U0001d16d\U0001d165y", "\U0002b820",
    "\U0002f800", "\ufffd", "a\ufffdb", "\U0010ffff", "\ue000", "\u0378",
    "w" * 99, "w" * 100, "w" * 101, "w" * 300, "\u00e9" * 100, "\u00e9" * 101,
    "a" * 50 + "\u0301" * 60, "lead " * 80, "$" * 70, "unit\u00e9s " * 40,
    "100%", "C++", "C#", ".NET", "e-mail", "x_y", "a/b\\c", "~`!@^&*()={}|:;<>?",
]
DAMAGED = [
    b"\xff", b"a\xffb", b"caf\xc3", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f",
    b"\xf4\x90\x80\x80", b"\xc0\xafx", b"\xe2\x80", b"lead\xe2\x80team",
]


def texts():
    out = [s.encode() for s in SENTENCES]
    out += [s.upper().encode() for s in SENTENCES[:4]]
    out += [s.encode() for s in SPECIAL] + DAMAGED
    r = random.Random(7)
    out += [proof.random_string(r, SENTENCES) for _ in range(240)]
    return [t for t in out if len(t) <= 2000]


def small_vocabulary():
    """Specials, all characters that a common text has, then words and word
    ends out of the sentences."""
    words = sorted({w.lower() for s in SENTENCES for w in s.split()
                    if w.isalpha() and w.isascii()})
    letters = [chr(c) for c in range(33, 127) if not chr(c).isupper()]
    letters += list("\u4e2d\u6587\u8c48\u1112\u1161\u11ab\u03c3\u03c9\u0430"
                    "\u0432\u2022\u2013\u2019\u00df\u0e2a\U0001f600")
    tokens = ["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokens += letters + ["##" + c for c in letters if c.isalnum()]
    tokens += words[::2] + [w[:5] for w in words if len(w) > 6]
    tokens += ["##" + w[3:] for w in words[1::2] if len(w) > 5]
    tokens += ["lead", "leading", "##ing", "##s", "##ed", "\u0130", "Lost"]
    return list(dict.fromkeys(tokens))


def escape(text):
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else f"\\x{b:02x}"
                   for b in text)


def write(path, vocab):
    made = proof.package(vocab, CAP)
    with path.open("w") as file:
        file.write("# Generated by tools/wordpiece_golden.py; "
                   f"at most {CAP} tokens.\n")
        for text in texts():
            ids = made.encode(text.decode("utf-8", "replace")).ids
            file.write(escape(text) + "\t" + " ".join(map(str, ids)) + "\n")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path)
    args = parser.parse_args()
    if args.model:
        write(GOLDEN / "wordpiece_model.tsv", args.model / "vocab.txt")
        return
    small = GOLDEN / "wordpiece.vocab"
    small.write_text("".join(t + "\n" for t in small_vocabulary()))
    write(GOLDEN / "wordpiece.tsv", small)


main()
