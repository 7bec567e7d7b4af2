#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the encoder's speed with what a user would pick instead.

    bench/peers/encoder_peer.py [--model DIR] [--lines FILE] [--json FILE]
                                [--svg FILE] [--quick]
    bench/peers/encoder_peer.py --draw JSON --svg FILE

Runs sentence-transformers, ONNX Runtime (f32, int8) and OpenVINO (f32, int8)
on one thread, interleaved with build/bench/bench_encoder: in every round each
of them does the same batch once, so that a busy machine troubles all alike.
Prints milliseconds per sequence (processor time, the least of the rounds) and
the ratio to ours. DIR holds the published files of all-MiniLM-L6-v2; without
it, that of the installed model. FILE holds real texts, one per line; without
it that part is left out.

--draw only draws what --json has written.

Needs a virtual environment; makes build/venv-sentence-transformers on first
use (about 2 GB are fetched). Exported models are kept in build/peers.
"""
import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
LENGTHS = [16, 32, 64, 128, 256]


def export_onnx(source, target):
    """The model's graph without pooling; inputs of any batch and length."""
    import torch
    from transformers import AutoModel

    class Hidden(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.bert = AutoModel.from_pretrained(
                source, attn_implementation="eager")

        def forward(self, ids, mask):
            return self.bert(input_ids=ids, attention_mask=mask)[0]

    model = Hidden().eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        model, (ids, ids), str(target), dynamo=False, opset_version=14,
        input_names=["input_ids", "attention_mask"],
        output_names=["hidden"],
        dynamic_axes={n: axes for n in
                      ("input_ids", "attention_mask", "hidden")})


def inputs(lengths, names=("input_ids", "attention_mask")):
    """A padded batch, as these runtimes need it."""
    import numpy as np

    longest = max(lengths)
    ids = np.zeros((len(lengths), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for i, n in enumerate(lengths):
        ids[i, :n] = 1000 + (np.arange(n) * 7919 + i) % 25000
        mask[i, :n] = 1
    return dict(zip(names, (ids, mask)))


def torch_peer(source):
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    model = SentenceTransformer(str(source), device="cpu")

    def run(lengths):
        features = {k: torch.from_numpy(v) for k, v in inputs(lengths).items()}
        start = time.process_time()
        with torch.inference_mode():
            model.forward(features)
        return time.process_time() - start
    return run


def ort_peer(path):
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(str(path), options,
                                   providers=["CPUExecutionProvider"])

    def run(lengths):
        feed = inputs(lengths)
        start = time.process_time()
        session.run(None, feed)
        return time.process_time() - start
    return run


def quantize_ort(source, target):
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(str(source), str(target), per_channel=True,
                     weight_type=QuantType.QInt8)


def open_tokenizer(folder):
    """From vocab.txt, which an installed model always has."""
    from tokenizers import BertWordPieceTokenizer

    return BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)


def quantize_openvino(source, target, texts, folder):
    import nncf
    import openvino as ov

    tokenizer = open_tokenizer(folder)
    data = []
    for text in texts:
        encoding = tokenizer.encode(text)
        data.append(inputs([len(encoding.ids)]))
        data[-1]["input_ids"][0] = encoding.ids
    model = ov.Core().read_model(str(source))
    model = nncf.quantize(model, nncf.Dataset(data), subset_size=len(data),
                          model_type=nncf.ModelType.TRANSFORMER,
                          preset=nncf.QuantizationPreset.MIXED)
    ov.save_model(model, str(target))


def openvino_peer(path):
    import openvino as ov

    model = ov.Core().compile_model(str(path), "CPU", {
        "INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1,
        "INFERENCE_PRECISION_HINT": "f32"})
    request = model.create_infer_request()

    def run(lengths):
        feed = inputs(lengths)
        start = time.process_time()
        request.infer(feed)
        return time.process_time() - start
    return run


def our_peer(process, precision):
    def run(lengths):
        process.stdin.write(f"{precision} {' '.join(map(str, lengths))}\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:  # what is wrong, it has said itself
            sys.exit(f"{process.args[0]} stopped; is the model installed? "
                     "(build/resume-scorer models pull)")
        return float(answer) / 1e3
    return run


def measure(peers, cases, rounds):
    """Least seconds per peer and case, all interleaved."""
    least = {}
    for case, lengths in cases.items():
        for _ in range(rounds):
            for name, run in peers.items():
                seconds = run(lengths)
                key = name, case
                least[key] = min(seconds, least.get(key, 1e9))
    return least


def best_lines(peers, lengths, rounds):
    """Milliseconds per line, best of batches of 1, 8 and 32 sorted lines."""
    ordered = sorted(lengths)
    result = {}
    for batch in (1, 8, 32):
        chunks = [ordered[i:i + batch]
                  for i in range(0, len(ordered), batch)]
        total = {name: 0.0 for name in peers}
        for chunk in chunks:
            least = measure(peers, {"chunk": chunk}, rounds)
            for name in peers:
                total[name] += least[name, "chunk"]
        for name, seconds in total.items():
            ms = seconds * 1e3 / len(ordered)
            result[name] = min(result.get(name, (1e9, 0)), (ms, batch))
    return result


def table(peers, cases, least, ours):
    print("| runtime | " + " | ".join(cases) + " |")
    print("|---" * (len(cases) + 1) + "|")
    for name in peers:
        cells = []
        for case, lengths in cases.items():
            ms = least[name, case] * 1e3 / len(lengths)
            ratio = least[name, case] / least[ours, case]
            cells.append(f"{ms:.2f} ({ratio:.2f}x)")
        print(f"| {name} | " + " | ".join(cells) + " |")
    print(f"\nms per sequence; in brackets, how many times as long as {ours}")


COLOURS = {
    "ours int8": "#0b6e4f", "ours bf16": "#4f9d80", "ours f32": "#95c9b4",
    "OpenVINO int8": "#3d5a80", "OpenVINO f32": "#98b4d4",
    "ORT int8": "#a9744f", "ORT f32": "#ddbea0", "torch f32": "#8d99ae",
}


def plot(path, ratios, ours):
    """Bars to the right, one group per length: how many times as long as
    ours each takes. `ratios` has seconds by "NAME / LENGTH tokens"."""
    names = list(dict.fromkeys(k.split(" / ")[0] for k in ratios))
    groups = [f"{n} tokens" for n in LENGTHS]
    left, bar, gap, top = 108, 15, 16, 46
    height = top + len(groups) * (len(names) * bar + gap) + 8
    worst = max(ratios[f"{n} / {g}"] / ratios[f"{ours} / {g}"]
                for n in names for g in groups)
    scale = (760 - left - 60) / worst
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" '
           f'height="{height}" viewBox="0 0 760 {height}" '
           'font-family="DejaVu Sans, Verdana, sans-serif" font-size="12">',
           f'<rect width="760" height="{height}" fill="#ffffff"/>',
           '<text x="12" y="20" font-size="15" font-weight="bold" '
           'fill="#222222">Processor time per text, as a multiple of '
           f'{ours}</text>',
           '<text x="12" y="36" fill="#555555">one thread, one text at a '
           'time; shorter is better</text>']
    y = top
    for group in groups:
        base = ratios[f"{ours} / {group}"]
        for name in names:
            seconds = ratios[f"{name} / {group}"]
            width = seconds / base * scale
            weight = "bold" if name.startswith("ours") else "normal"
            out.append(f'<text x="{left - 6}" y="{y + 12}" font-size="11" '
                       f'text-anchor="end" font-weight="{weight}" '
                       f'fill="#222222">{name}</text>'
                       f'<rect x="{left}" y="{y + 1}" width="{width:.1f}" '
                       f'height="{bar - 2}" fill="{COLOURS[name]}"/>'
                       f'<text x="{left + width + 5:.1f}" y="{y + 12}" '
                       f'font-size="11" fill="#222222">'
                       f'{seconds / base:.1f}x</text>')
            y += bar
        out.append(f'<text x="750" y="{y - len(names) * bar / 2 + 5:.0f}" '
                   f'text-anchor="end" font-size="13" font-weight="bold" '
                   f'fill="#222222">{group}</text>')
        y += gap
        if group != groups[-1]:
            out.append(f'<line x1="12" x2="750" y1="{y - gap / 2}" '
                       f'y2="{y - gap / 2}" stroke="#dddddd"/>')
    Path(path).write_text("\n".join(out + ["</svg>"]) + "\n")


def prepare(folder, work):
    work.mkdir(parents=True, exist_ok=True)
    f32, int8 = work / "model.onnx", work / "model-int8.onnx"
    ov8 = work / "model-int8.xml"
    texts = [t for t in (ROOT / "data/calibration.txt").read_text()
             .splitlines() if t and not t.startswith(";")]
    if not f32.exists():
        export_onnx(folder, f32)
    if not int8.exists():
        quantize_ort(f32, int8)
    if not ov8.exists():
        quantize_openvino(f32, ov8, texts, folder)
    return f32, int8, ov8


def installed_model():
    home = os.environ.get("RESUME_SCORER_MODELS")
    if not home:
        sys.exit("give --model DIR or set RESUME_SCORER_MODELS")
    return Path(home) / "all-MiniLM-L6-v2/source"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--draw", type=Path)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()

    if args.draw:
        plot(args.svg, json.loads(args.draw.read_text()), "ours int8")
        return
    from peer_venv import enter
    enter("sentence-transformers", "onnx", "onnxruntime", "openvino", "nncf")
    folder = args.model or installed_model()
    f32, int8, ov8 = prepare(folder, ROOT / "build/peers")
    bench = subprocess.Popen([ROOT / "build/bench/bench_encoder", "--pipe"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             text=True)
    peers = {
        "ours int8": our_peer(bench, "int8"),
        "ours bf16": our_peer(bench, "bf16"),
        "ours f32": our_peer(bench, "f32"),
        "OpenVINO int8": openvino_peer(ov8),
        "ORT int8": ort_peer(int8),
        "OpenVINO f32": openvino_peer(f32),
        "ORT f32": ort_peer(f32),
        "torch f32": torch_peer(folder),
    }
    cases = {f"{n} tokens": [n] for n in LENGTHS}
    cases["128 x 8"] = [128] * 8
    least = measure(peers, cases, 8 if args.quick else 40)
    table(peers, cases, least, "ours int8")
    ratios = {f"{n} / {c}": s for (n, c), s in least.items()}
    if args.lines:
        tokenizer = open_tokenizer(folder)
        tokenizer.enable_truncation(256)
        lines = [t for t in args.lines.read_text().splitlines() if t.strip()]
        lengths = [len(e.ids) for e in tokenizer.encode_batch(lines[:1200])]
        best = best_lines(peers, lengths, 2 if args.quick else 4)
        print(f"\n{len(lengths)} lines, {sum(lengths)} tokens, sorted by "
              "length, best batch of 1, 8, 32\n")
        for name, (ms, batch) in best.items():
            print(f"{name:14} {ms:7.3f} ms per line (batch {batch}), "
                  f"{ms / best['ours int8'][0]:.2f}x")
            ratios[f"{name} / lines"] = ms / 1e3
    bench.stdin.close()
    bench.wait()
    if args.json:
        args.json.write_text(json.dumps(ratios, indent=1) + "\n")
    if args.svg:
        plot(args.svg, ratios, "ours int8")


if __name__ == "__main__":
    main()
