#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares our encoder with sentence-transformers on models of the family.

    tools/encoder_family.py            full-size models of random weights in
                                       the shapes of the published ones
    tools/encoder_family.py --golden   writes tests/golden/family/NAME.f32: the
                                       vectors of tests/golden/family.txt by
                                       the small models of make_tiny_model

Each model is saved, pulled with `models pull NAME --from DIR`, and asked for
vectors in each precision; fails below the cosines of GATES. The weights are
random, so the gate of int8 is wider than a trained model would need.

Makes build/venv-sentence-transformers on first use (about 2 GB are fetched).
"""
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests/golden"
sys.path.insert(0, str(ROOT / "tools"))
GATES = {"f32": 0.99999, "bf16": 0.999, "int8": 0.99}
# Name, layers, longest text, pooling, whether it normalises, prefix, type.
SHAPES = [
    ("paraphrase-MiniLM-L3-v2", 3, 128, "mean", False, "", "float32"),
    ("all-MiniLM-L12-v2", 12, 128, "mean", True, "", "float32"),
    ("bge-small-en-v1.5", 12, 512, "cls", True, "", "float32"),
    ("e5-small-v2", 12, 512, "mean", True, "query: ", "float32"),
    ("gte-small", 12, 512, "mean", True, "", "float16"),
    ("own-in-bf16", 6, 64, "mean", True, "", "bfloat16"),
]


def texts():
    """The calibration texts, and one that is longer than every model takes."""
    lines = (ROOT / "data/calibration.txt").read_text().splitlines()
    lines = [t for t in lines if t and not t.startswith(";")][:60]
    return lines + [" ".join(lines), ""]


def vocabulary():
    """Words of the texts, their letters, and the pieces of these."""
    words = sorted({w for t in texts() for w in t.lower().split()
                    if w.isalpha()})
    letters = sorted({c for t in texts() for c in t.lower() if c != " "})
    return (["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + letters
            + ["##" + c for c in letters if c.isalnum()]
            + [w for w in words[::2] if len(w) > 1])


def make(folder, layers, length, pooling, normalize, dtype):
    """A model of random weights, as sentence-transformers saves it."""
    import torch
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel, BertTokenizerFast

    words = vocabulary()
    (folder / "vocab.txt").write_text("\n".join(words) + "\n")
    torch.manual_seed(layers * 1000 + length)
    bert = BertModel(BertConfig(
        vocab_size=len(words), hidden_size=384, num_hidden_layers=layers,
        num_attention_heads=12, intermediate_size=1536,
        max_position_embeddings=512, initializer_range=0.06))
    for name, weights in bert.named_parameters():
        if name.endswith("LayerNorm.weight"):
            torch.nn.init.normal_(weights, 0.9, 0.1)
        elif name.endswith("bias"):
            torch.nn.init.normal_(weights, 0, 0.1)
    bert.to(getattr(torch, dtype)).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    modules = [models.Transformer(str(folder), max_seq_length=length),
               models.Pooling(384, pooling_mode=pooling)]
    if normalize:
        modules.append(models.Normalize())
    saved = folder / "saved"
    SentenceTransformer(modules=modules, device="cpu").save_pretrained(
        str(saved))
    return saved


def reference(folder, lines, prefix):
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu").to(torch.float32)
    return model.encode([prefix + t for t in lines], batch_size=1)


def ours(name, folder, store, precision, lines):
    import numpy as np

    program = ROOT / "build/resume-scorer"
    subprocess.run([program, "models", "pull", name, "--from", folder,
                    "--models", store, "--precision", precision],
                   check=True, capture_output=True)
    out = subprocess.run(
        [program, "embed", "--format", "f32", "--precision", precision,
         "--models", store, "--model", name],
        input="".join(t + "\n" for t in lines).encode(), check=True,
        stdout=subprocess.PIPE)
    return np.frombuffer(out.stdout, "<f4").reshape(len(lines), -1)


def compare(name, expected, vectors, precision):
    """Cosines, and that the lengths of the vectors agree."""
    import numpy as np

    a, b = (np.linalg.norm(v, axis=1) for v in (expected, vectors))
    cosine = (expected * vectors).sum(1) / (a * b)
    stretch = abs(b / a - 1).max()
    good = cosine.min() >= GATES[precision] and stretch < (
        1e-4 if precision == "f32" else 0.05)
    print(f"{name:24} {precision:5} cosine least {cosine.min():.7f}, mean "
          f"{cosine.mean():.7f}; lengths within {stretch:.1e}"
          f"{'' if good else '  FAILED'}", flush=True)
    return good


def full_size():
    good = True
    for name, layers, length, pooling, normalize, prefix, dtype in SHAPES:
        with tempfile.TemporaryDirectory() as work:
            folder = make(Path(work), layers, length, pooling, normalize,
                          dtype)
            expected = reference(folder, texts(), prefix)
            for precision in GATES:
                vectors = ours(name, folder, Path(work) / "models", precision,
                               texts())
                good &= compare(name, expected, vectors, precision)
    sys.exit(0 if good else 1)


def golden():
    maker = ROOT / "build/tests/make_tiny_model"
    subprocess.run(["make", "-s", maker.relative_to(ROOT)], cwd=ROOT,
                   check=True)
    lines = (GOLDEN / "family.txt").read_text().split("\n")[:-1]
    (GOLDEN / "family").mkdir(exist_ok=True)
    cases = subprocess.run([maker], check=True, stdout=subprocess.PIPE,
                           text=True).stdout
    for case in cases.splitlines():
        name, prefix = case.split("\t")
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([maker, folder, name], check=True)
            vectors = reference(folder, lines, prefix)
        (GOLDEN / f"family/{name}.f32").write_bytes(
            vectors.astype("<f4").tobytes())
        print(f"{name}: {vectors.shape}")


def main():
    if len(sys.argv) > 2 or sys.argv[1:] not in ([], ["--golden"]):
        sys.exit(__doc__)
    import peer_venv
    peer_venv.enter("sentence-transformers==6.2.0", "scipy==1.17.1")
    if sys.argv[1:]:
        golden()
    else:
        full_size()


if __name__ == "__main__":
    main()
