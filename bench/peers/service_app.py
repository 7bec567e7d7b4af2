# SPDX-License-Identifier: MIT
"""The service as Python would have it: FastAPI, uvicorn, sentence-transformers
and pypdf with the same model. service_peer.py starts it.

POST /analyze embeds the whole resume and the whole job, each cut at the
model's 256 tokens; POST /analyze-lines embeds every line, as ours does. Both
count the skills that the texts have in common and keep whole answers.
"""
import hashlib
import io
import os
import re
import sys
from collections import OrderedDict

import torch
import uvicorn
from fastapi import FastAPI, File, Form, UploadFile
from pydantic import BaseModel
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer

SKILLS = ("python java javascript typescript c c++ c# go rust sql linux docker "
          "kubernetes aws azure gcp terraform ansible jenkins git react angular "
          "django flask spring postgresql mysql mongodb redis kafka spark "
          "hadoop excel tableau agile scrum leadership communication").split()
torch.set_num_threads(1)
app = FastAPI()
model = SentenceTransformer(sys.argv[2], device="cpu")
answers = OrderedDict()


def text_of(data):
    if not data.startswith(b"%PDF-"):
        return data.decode("utf-8", "replace")
    return "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(data)).pages)


def skills_of(text):
    words = set(re.findall(r"[a-z+#]+", text.lower()))
    return {s for s in SKILLS if s in words}


def score(resume, job, units):
    a = model.encode(units(resume), normalize_embeddings=True)
    b = model.encode(units(job), normalize_embeddings=True)
    meaning = float((b @ a.T).max(axis=1).mean())
    wanted, found = skills_of(job), skills_of(resume)
    share = len(wanted & found) / max(1, len(wanted))
    return {"score": round(60 * meaning + 40 * share, 2),
            "matched": sorted(wanted & found),
            "missing": sorted(wanted - found)}


def analyze(upload, job, units):
    data = upload.file.read()
    key = hashlib.sha256(data + b"\0" + job.encode()).digest()
    if key not in answers:
        answers[key] = score(text_of(data), job, units)
        if len(answers) > 500:
            answers.popitem(last=False)
    return answers[key]


@app.post("/analyze")
def analyze_whole(resume: UploadFile = File(), job_summary: str = Form()):
    return analyze(resume, job_summary, lambda text: [text])


@app.post("/analyze-lines")
def analyze_lines(resume: UploadFile = File(), job_summary: str = Form()):
    return analyze(resume, job_summary, lambda text: [
        s for s in re.split(r"\n|(?<=\.) ", text) if s.strip()])


class Inputs(BaseModel):
    inputs: list[str]


@app.post("/embed")
def embed(body: Inputs):
    return model.encode(body.inputs, normalize_embeddings=True).tolist()


@app.get("/health")
def health():
    return {"status": "ok", "pid": os.getpid()}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), workers=1,
                log_level="warning", timeout_keep_alive=120)
