#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Proves that our WordPiece gives the token ids of the `tokenizers` package.

Every code point alone and between letters; every pair of a kept mark and a
sample of marks; and random strings of all hostile kinds, with lines of real
text mixed in. Prints the number of differences of each kind and fails when
there is one. The package is installed into build/venv-tokenizers on the first
use; `make build/tools/wordpiece_ids` builds our side.

  tools/wordpiece_proof.py --model DIR         DIR has vocab.txt (the model's)
  tools/wordpiece_proof.py --text FILE-OR-DIR  real lines to mix in
"""
import argparse
import random
import struct
import subprocess
import sys
import threading
from pathlib import Path

import peer_venv

peer_venv.enter("tokenizers==0.23.3")
from tokenizers import (
    Tokenizer, models, normalizers, pre_tokenizers, processors)

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def package(vocab, cap):
    """The tokenizer as the model's tokenizer.json builds it."""
    ids = {t.rstrip(): n for n, t in enumerate(
        vocab.read_text("utf-8").split("\n")) if t}
    made = Tokenizer(models.WordPiece(
        ids, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=None,
        lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[(t, ids[t]) for t in ("[CLS]", "[SEP]")])
    made.add_special_tokens([t for t in SPECIALS if t in ids])
    made.enable_truncation(cap)
    return made


class Ours:
    def __init__(self, vocab, cap):
        program = peer_venv.ROOT / "build/tools/wordpiece_ids"
        self.process = subprocess.Popen(
            [program, vocab, str(cap)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE)

    def encode(self, texts):
        pipe = self.process
        data = b"".join(struct.pack("I", len(t)) + t for t in texts)
        writer = threading.Thread(
            target=lambda: (pipe.stdin.write(data), pipe.stdin.flush()))
        writer.start()
        for _ in texts:
            n = self.numbers("I", 1)[0]
            yield (self.numbers("i", n), self.numbers("I", n),
                   self.numbers("I", n))
        writer.join()

    def numbers(self, kind, n):
        data = self.process.stdout.read(4 * n)
        if len(data) != 4 * n:
            sys.exit("wordpiece_ids ended")
        return struct.unpack(f"{n}{kind}", data)


def compare(name, theirs, ours, texts):
    """texts are bytes; returns how many differ."""
    bad = shifted = 0
    for at in range(0, len(texts), 4096):
        part = texts[at:at + 4096]
        strings = [t.decode("utf-8", "replace") for t in part]
        wanted = theirs.encode_batch(strings)
        for text, string, want, got in zip(
                part, strings, wanted, ours.encode(part)):
            if tuple(want.ids) != got[0]:
                bad += 1
                if bad <= 5:
                    print(f"  {text[:200]!r}\n    package {want.ids[:24]}"
                          f"\n    ours    {list(got[0][:24])}")
            elif text.isascii():
                # Characters are bytes, so the offsets can be compared too.
                want_spans = [o for o, s in zip(
                    want.offsets, want.special_tokens_mask) if not s]
                got_spans = [o for o, s in zip(
                    zip(got[1], got[2]), want.special_tokens_mask) if not s]
                if want_spans != got_spans:
                    shifted += 1
                    if shifted <= 5:
                        print(f"  {text[:200]!r}\n    package "
                              f"{want_spans[:12]}\n    ours {got_spans[:12]}")
    print(f"{name}: {len(texts)} texts, {bad} differ in ids, "
          f"{shifted} of the ASCII ones in offsets", flush=True)
    return bad + shifted


def code_points():
    for c in range(0x110000):
        if not 0xD800 <= c < 0xE000:
            yield chr(c)


def mark_strings(random_source):
    """Marks that the normaliser keeps, in every order."""
    bert = normalizers.BertNormalizer()
    nfd = normalizers.NFD()
    kept, other = [], []
    for c in code_points():
        if nfd.normalize_str("a\u0345" + c) != "a\u0345" + c and ord(c) > 127:
            (kept if bert.normalize_str("a" + c) != "a" else other).append(c)
    other = random_source.sample(other, min(len(other), 60)) + [
        "\ufe0f", "\u200d", "\u0300", "\u00e9", "\ud55c", "\u4e00", "\uf900"]
    for a in kept:
        for b in random_source.sample(kept, min(len(kept), 80)) + other:
            yield "a" + a + b + "b"
            yield b + a
    for _ in range(20000):
        n = random_source.choice((3, 5, 8, 101, 130))
        yield "x" + "".join(
            random_source.choice(random_source.choice((kept, other)))
            for _ in range(n)) + "y"


def random_string(r, lines):
    def one_of(*ranges):
        low, high = r.choice(ranges)
        return chr(r.randint(low, high))

    def many(make, most):
        return "".join(make() for _ in range(r.randint(0, most)))

    latin = ((0x20, 0x7E), (0xA0, 0x24F), (0x1E00, 0x1EFF))
    emoji = ((0x1F300, 0x1FAFF), (0x2600, 0x27BF), (0x200D, 0x200D),
             (0xFE0E, 0xFE0F), (0x1F1E6, 0x1F1FF), (0xE0020, 0xE007F))
    any_script = ((0x370, 0x1FFF), (0x2000, 0x2BFF), (0x2C00, 0xABFF))
    cjk = ((0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
           (0x3040, 0x30FF), (0x20000, 0x2FA1F))
    marks = ((0x300, 0x36F), (0x591, 0x5C7), (0x610, 0x6ED), (0x900, 0x1A1F),
             (0x1AB0, 0x1DFF), (0x20D0, 0x20F0), (0x1D165, 0x1D1AD))

    def everything():
        c = r.randrange(0x110000)
        return chr(c) if not 0xD800 <= c < 0xE000 else "\ufffd"

    kind = r.randrange(14)
    if kind <= 3 and lines:
        text = r.choice(lines)
        if kind == 3 and text:
            at = r.randrange(len(text))
            text = text[:at] + many(everything, 6) + text[at:]
        return text.encode()
    if kind == 4:
        return bytes(r.randrange(256) for _ in range(r.randint(0, 120)))
    if kind == 5:
        return bytes(r.choice(b"\x00\x01\x07\t\n\r\x0b\x1f\x7f\x80\xc2\xe2\xf0"
                              b"\xed\xa0\x9f aA.#") for _ in range(
                                  r.randint(0, 200)))
    if kind == 6:
        return many(lambda: r.choice(
            ["a", "B", "e", one_of(*marks)]), 200).encode()
    if kind == 7:
        return many(lambda: one_of(*cjk), 80).encode()
    if kind == 8:
        return many(lambda: one_of(*emoji, (0x41, 0x7A)), 60).encode()
    if kind == 9:
        word = one_of((0x61, 0x7A), (0xE0, 0xFF), (0x430, 0x44F))
        return (word * r.randint(95, 105) + r.choice(
            ["", " ", ".", "\u0301", "\u200b"]) + "end").encode()
    if kind == 10:
        return many(lambda: r.choice(
            SPECIALS + ["[", "]", "[cls]", "[CLS", "SEP]", " ", "##", "#",
                        "##ing", "ing", "[unused1]", "\u0301"]), 20).encode()
    if kind == 11:
        return many(lambda: one_of(*latin), 200).encode()
    if kind == 12:
        return many(lambda: one_of(*any_script), 100).encode()
    return many(everything, 100).encode()


def long_lines(r, lines):
    base = " ".join(lines or ["some words that say nothing at all"])
    million = (base + " ") * (1 + (1 << 20) // len(base))
    yield million[:1 << 20].encode()
    yield b"a" * (1 << 20)
    yield "\u00e9".encode() * (1 << 19)
    yield "\u0301".encode() * (1 << 19)
    yield "\U0001D165".encode() * (1 << 18)
    yield "\u4e00".encode() * 300000
    yield b"\x00" * (1 << 20)
    yield b"\xff" * (1 << 20)
    yield b" " * (1 << 20)
    yield b"x" + b"\x00" * (1 << 20) + b"y"
    yield b"." * (1 << 20)


def real_lines(paths):
    found = []
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".txt", ".md", ".json", ".csv", ".tsv"):
                text = file.read_text("utf-8", "replace")
                found += [s for s in text.splitlines() if s.strip()]
    return found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--text", type=Path, action="append", default=[])
    parser.add_argument("--strings", type=int, default=100000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    vocab = args.model / "vocab.txt"
    theirs, ours = package(vocab, 256), Ours(vocab, 256)
    r = random.Random(args.seed)
    lines = real_lines(args.text)
    print(f"{len(lines)} real lines, seed {args.seed}")
    bad = compare("alone", theirs, ours, [c.encode() for c in code_points()])
    bad += compare("between letters", theirs, ours,
                   [f"a{c}b".encode() for c in code_points()])
    bad += compare("marks", theirs, ours,
                   [s.encode() for s in mark_strings(r)])
    bad += compare("mixed", theirs, ours,
                   [random_string(r, lines) for _ in range(args.strings)])
    bad += compare("megabytes", theirs, ours, list(long_lines(r, lines)))
    # Everything, not only the first 254 tokens.
    bad += compare("uncapped", package(vocab, 1 << 24), Ours(vocab, 1 << 24),
                   [random_string(r, lines) for _ in range(args.strings // 5)])
    print("identical" if not bad else f"{bad} differences")
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
