#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes src/embed/wordpiece_tables.c from the `tokenizers` package.

Every code point is put between two letters and through BertNormalizer and
BertPreTokenizer; what comes out decides its class. So the tables follow the
package where it differs from the Unicode standard. The package is installed
into build/venv-tokenizers on the first use.

  tools/wordpiece_tables.py            write the file
  tools/wordpiece_tables.py --check    fail if the file would change
"""
import argparse
import sys

import peer_venv

peer_venv.enter("tokenizers==0.23.3")
import tokenizers
from tokenizers import normalizers, pre_tokenizers

OUTPUT = peer_venv.ROOT / "src/embed/wordpiece_tables.c"
SURROGATES = range(0xD800, 0xE000)
HANGUL = range(0xAC00, 0xD7A4)

# As in src/embed/wordpiece_tables.h.
WORD, DROP, BREAK, SPACE, ISOLATED, SYLLABLE, MARK, MAPPED = (
    0, 1, 2, 3, 4, 5, 16, 256)

# One well-known mark for each canonical combining class that can matter;
# only their order is used, and the package itself is asked about it.
PROBES = [
    0x0334, 0x302A, 0x3099, 0x094D, 0x05B0, 0x05B1, 0x05B2, 0x05B3, 0x05B4,
    0x05B5, 0x05B6, 0x05B7, 0x05B8, 0x05B9, 0x05BB, 0x05BC, 0x05BD, 0x05BF,
    0x05C1, 0x05C2, 0xFB1E, 0x064B, 0x064C, 0x064D, 0x064E, 0x064F, 0x0650,
    0x0651, 0x0652, 0x0670, 0x0711, 0x0C55, 0x0C56, 0x0E38, 0x0E48, 0x0EB8,
    0x0EC8, 0x0F71, 0x0F72, 0x0F74, 0x0321, 0x031B, 0x0F39, 0x302D, 0x059A,
    0x0316, 0x1DFA, 0x302E, 0x05AE, 0x0300, 0x0315, 0x035C, 0x035D, 0x0345]

bert = normalizers.BertNormalizer(
    clean_text=True, handle_chinese_chars=True, strip_accents=None,
    lowercase=True)
nfd = normalizers.NFD()
splitter = pre_tokenizers.BertPreTokenizer()


def swapped(a, b):
    """Whether canonical ordering puts b before a."""
    return nfd.normalize_str("a" + a + b) != "a" + a + b


def combining_class(char):
    """0 for a starter, else a number that orders as the package orders."""
    if not swapped(char, chr(PROBES[0])) and not swapped(chr(PROBES[-1]), char):
        return 0
    above = sum(swapped(char, chr(p)) for p in PROBES)
    below = sum(swapped(chr(p), char) for p in PROBES)
    return 1 + 2 * above + (above + below == len(PROBES))


def look(char):
    """(class without mark, normal form) of one code point."""
    text = bert.normalize_str("a" + char + "b")
    assert text[0] == "a" and text[-1] == "b", hex(ord(char))
    pieces = [p for p, _ in splitter.pre_tokenize_str(text)]
    form = text[1:-1]
    if len(pieces) == 1:
        return (WORD, form) if form else (DROP, "")
    if len(pieces) == 2:
        assert pieces == ["a", "b"] and not form.strip(), hex(ord(char))
        return SPACE, ""
    assert len(pieces) == 3 and len(pieces[1]) == 1, hex(ord(char))
    return ISOLATED, pieces[1]


def classify():
    """Value of every code point, and the list of (isolated, form)."""
    seen = {c: look(chr(c)) for c in range(0x110000) if c not in SURROGATES}
    order = {c: combining_class(chr(c)) for c, (kind, form) in seen.items()
             if kind == WORD and form == chr(c)}
    ranks = {v: n for n, v in enumerate(sorted(set(order.values()) - {0}))}
    assert MARK + len(ranks) <= MAPPED
    marks = sorted((v, c) for c, v in order.items() if v)
    low, high = chr(marks[0][1]), chr(marks[-1][1])
    assert bert.normalize_str(high + low) == low + high

    values, forms = [DROP] * 0x110000, {}
    for c, (kind, form) in seen.items():
        if kind == DROP:
            # A starter that is stripped still ends a run of marks.
            kept = bert.normalize_str(high + chr(c) + low)
            assert kept in (high + low, low + high)
            values[c] = BREAK if kept == high + low else DROP
        elif kind == SPACE:
            values[c] = SPACE
        elif form == chr(c):
            assert kind == WORD or combining_class(form) == 0
            mark = MARK + ranks[order[c]] if order.get(c) else WORD
            values[c] = ISOLATED if kind == ISOLATED else mark
        elif c in HANGUL:
            assert form == jamo(c)
            values[c] = SYLLABLE
        else:
            values[c] = MAPPED + forms.setdefault((kind, form), len(forms))
    for kind, form in forms:
        # What a form is made of must stand for itself.
        for f in form:
            v = values[ord(f)]
            assert v == ISOLATED if kind == ISOLATED else (
                v == WORD or MARK <= v < MAPPED), (form, v)
    return values, list(forms)


def jamo(c):
    c -= HANGUL.start
    tail = chr(0x11A7 + c % 28) if c % 28 else ""
    return chr(0x1100 + c // 588) + chr(0x1161 + c % 588 // 28) + tail


def blocks_of(values, shift):
    blocks, index = {}, []
    for start in range(0, len(values), 1 << shift):
        block = tuple(values[start:start + (1 << shift)])
        index.append(blocks.setdefault(block, len(blocks)))
    return list(blocks), index


def rows(numbers):
    lines, line = [], "   "
    for n in numbers:
        item = f" {n},"
        if len(line) + len(item) > 80:
            lines.append(line)
            line = "   "
        line += item
    return "\n".join(lines + [line])


def source():
    values, forms = classify()
    blocks, index = blocks_of(values, 7)
    assert len(blocks) <= 256
    pool, starts = bytearray(), []
    for kind, form in forms:
        starts.append(len(pool))
        data = form.encode()
        assert len(data) < 128
        pool.append(len(data) | (128 if kind == ISOLATED else 0))
        pool += data
    assert len(pool) < 65536
    return f"""/* SPDX-License-Identifier: MIT */
/* Generated by tools/wordpiece_tables.py from tokenizers \
{tokenizers.__version__}. */
#include "embed/wordpiece_tables.h"

const uint8_t wordpiece_block[{len(index)}] = {{
{rows(index)}
}};

const uint16_t wordpiece_class[{len(blocks)} * 128] = {{
{rows(v for b in blocks for v in b)}
}};

const uint16_t wordpiece_form_start[{len(starts)}] = {{
{rows(starts)}
}};

const uint8_t wordpiece_form[{len(pool)}] = {{
{rows(pool)}
}};
"""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    text = source()
    if not args.check:
        OUTPUT.write_text(text)
    elif OUTPUT.read_text() != text:
        sys.exit(f"{OUTPUT} is not what the package says; run {sys.argv[0]}")


main()
