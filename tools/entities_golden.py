#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what Python spaCy makes of some texts, for tests/entity_compare.h.

usage: entities_golden.py PIPELINE TEXTS.txt OUT.jsonl

PIPELINE is the folder of a spaCy pipeline. TEXTS.txt has one text per line, as
a JSON string. Each line of OUT.jsonl is an object:

  text        the text
  tokens      [text, start in code points, 1 if a space follows]
  lex         distinct rows [NORM, PREFIX, SUFFIX, SHAPE, SPACY, IS_SPACE]
  lex_of      the row of each token
  head, dep, sent_start, tag
  ents        [text, label, start token, end token, start, end]

tests/golden/entities.jsonl comes from a random pipeline that a test writes:

  build/asan/tests/unit/test_entity_pipeline --write FOLDER
  tools/entities_golden.py FOLDER tests/golden/entities.txt \\
      tests/golden/entities.jsonl

and tests/golden/entities_real.jsonl from the installed one:

  tools/entities_golden.py "$(build/resume-scorer models path en_core_web_sm)" \\
      tests/golden/entities_real.txt tests/golden/entities_real.jsonl

Makes its own virtual environment with spacy in build/ on first use.
"""
import json
import sys

import peer_venv

ATTRIBUTES = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]


def annotate(nlp, text):
    doc = nlp(text)
    rows, numbers = {}, []
    for row in doc.to_array(ATTRIBUTES).reshape(-1, 6) if len(doc) else []:
        key = tuple(str(int(v)) for v in row[:4]) + (int(row[4]), int(row[5]))
        numbers.append(rows.setdefault(key, len(rows)))
    return {
        "text": text,
        "tokens": [[t.text, t.idx, int(bool(t.whitespace_))] for t in doc],
        "lex": [list(k) for k in rows],
        "lex_of": numbers,
        "head": [t.head.i - t.i for t in doc],
        "dep": [t.dep_ for t in doc],
        "tag": [t.tag_ for t in doc],
        "sent_start": [1 if t.is_sent_start else -1 for t in doc],
        "ents": [[e.text, e.label_, e.start, e.end, e.start_char, e.end_char]
                 for e in doc.ents],
    }


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    peer_venv.enter("spacy")
    import spacy

    nlp = spacy.load(sys.argv[1])
    with open(sys.argv[2], encoding="utf8") as texts, \
            open(sys.argv[3], "w", encoding="utf8") as out:
        for line in texts:
            row = annotate(nlp, json.loads(line))
            out.write(json.dumps(row, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
