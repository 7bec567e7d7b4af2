#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes tests/golden/encoder.f32: what sentence-transformers gives for the
lines of tests/golden/encoder.txt, little-endian floats [lines][384].

    tools/encoder_golden.py MODEL_FOLDER

Made with sentence-transformers 6.2. Needs a virtual environment; makes
build/venv-sentence-transformers on first use.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
GOLDEN = Path(__file__).resolve().parents[1] / "tests/golden"


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    from peer_venv import enter
    enter("sentence-transformers")
    from sentence_transformers import SentenceTransformer

    texts = (GOLDEN / "encoder.txt").read_text().splitlines()
    model = SentenceTransformer(sys.argv[1], device="cpu")
    vectors = model.encode(texts, normalize_embeddings=True, batch_size=1)
    (GOLDEN / "encoder.f32").write_bytes(vectors.astype("<f4").tobytes())


if __name__ == "__main__":
    main()
