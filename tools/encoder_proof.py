#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares `resume-scorer embed` with sentence-transformers.

    tools/encoder_proof.py --model DIR [--lines FILE]... [--stsb FILE]
                           [--precision f32|bf16|int8] [--count 2000]

DIR holds the published files of all-MiniLM-L6-v2 (source/ of the installed
model). FILE of --lines holds real texts, one per line; FILE of --stsb is the
STS benchmark as CSV (sentence, sentence, score). Prints the least and the
mean cosine and the Spearman correlation of both; fails where a precision is
outside of its line in GATES.

Makes build/venv-sentence-transformers on first use (about 2 GB are fetched).
"""
import argparse
import csv
import subprocess
import sys
from pathlib import Path

# Least and mean cosine, and how far Spearman may be from the reference's.
GATES = {
    "f32": (0.99999, 0.99999, 0.0005),
    "bf16": (0.9995, 0.9999, 0.001),
    "int8": (0.998, 0.9992, 0.001),
}
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))


def ours(texts, precision):
    """float32 [n][dim] of resume-scorer embed."""
    import numpy as np

    lines = "".join(t.replace("\n", " ").replace("\r", " ") + "\n"
                    for t in texts)
    out = subprocess.run(
        [ROOT / "build" / "resume-scorer", "embed", "--format", "f32",
         "--precision", precision],
        input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return np.frombuffer(out.stdout, "<f4").reshape(len(texts), -1)


def read_lines(paths, count):
    """Distinct lines of at least 20 characters, in order."""
    seen = {}
    for path in paths:
        for line in Path(path).read_text("utf-8", "replace").splitlines():
            line = " ".join(line.split())
            if len(line) >= 20:
                seen.setdefault(line)
    return list(seen)[:count]


def compare_lines(model, texts, precision):
    cosine = (model.encode(texts, normalize_embeddings=True)
              * ours(texts, precision)).sum(1)
    print(f"{precision}: {len(texts)} lines, cosine to the reference: least "
          f"{cosine.min():.7f}, mean {cosine.mean():.7f}")
    least, mean, _ = GATES[precision]
    return cosine.min() >= least and cosine.mean() >= mean


def compare_stsb(model, path, precision):
    from scipy.stats import spearmanr

    with open(path, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if len(row) == 3]
    a, b = [r[0] for r in rows], [r[1] for r in rows]
    gold = [float(r[2]) for r in rows]
    theirs = (model.encode(a, normalize_embeddings=True)
              * model.encode(b, normalize_embeddings=True)).sum(1)
    mine = (ours(a, precision) * ours(b, precision)).sum(1)
    reference = spearmanr(theirs, gold).statistic
    value = spearmanr(mine, gold).statistic
    print(f"{precision}: {len(rows)} pairs, Spearman {value:.5f}, the "
          f"reference {reference:.5f}")
    return abs(value - reference) <= GATES[precision][2]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--lines", action="append", default=[])
    parser.add_argument("--stsb")
    parser.add_argument("--precision", default="f32", choices=list(GATES))
    parser.add_argument("--count", type=int, default=2000)
    args = parser.parse_args()

    import peer_venv
    peer_venv.enter("sentence-transformers==6.2.0", "scipy==1.17.1")
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(args.model, device="cpu")
    model.max_seq_length = 256
    good = True
    if args.lines:
        texts = read_lines(args.lines, args.count)
        good &= compare_lines(model, texts, args.precision)
    if args.stsb:
        good &= compare_stsb(model, args.stsb, args.precision)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
