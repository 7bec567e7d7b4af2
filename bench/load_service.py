#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Mixed load on a running service, and what came back.

usage: load_service.py URL SECONDS [--pid PID]

Health every second; single analyses as text (each resume another one, and
now and then the same again), as PDF, batches of 10, uploads of 20 MB, slow
clients. Every answer is checked: an analysis must have the score that the
same text got before. Only Python's standard library.
"""
import argparse, http.client, json, random, re, socket, statistics, sys
import threading, time, urllib.parse

WORDS = ("wrote tested designed measured Linux SQL Python servers reports team "
         "customers budget C network tables design data release review plan "
         "kernel drivers Kubernetes Docker build improved by percent for the "
         "and with of in a on monthly quarterly").split()
JOB = ("We look for a C developer with 3 years of experience in Linux, SQL and "
       "Docker. Kubernetes is a plus. Bachelor's degree.")


def resume(seed, words=700):
    rnd = random.Random(seed)
    lines = [f"Person {seed}", "", "Experience",
             "Software Engineer, Acme, 2015 - 2022"]
    n = 0
    while n < words:
        k = rnd.randint(8, 18)
        lines.append("- " + " ".join(rnd.choice(WORDS) for _ in range(k)) + ".")
        n += k
    return "\n".join(lines + ["", "Skills", "C, Linux, SQL", ""]).encode()


def form(files, fields):
    b = "BOUND%016x" % random.getrandbits(64)
    out = b""
    for name, filename, data in files:
        out += (f'--{b}\r\nContent-Disposition: form-data; name="{name}"; '
                f'filename="{filename}"\r\n\r\n').encode() + data + b"\r\n"
    for name, value in fields.items():
        out += (f'--{b}\r\nContent-Disposition: form-data; name="{name}"'
                f"\r\n\r\n{value}\r\n").encode()
    return out + f"--{b}--\r\n".encode(), f"multipart/form-data; boundary={b}"


class Load:
    def __init__(self, url, seconds, pdf):
        u = urllib.parse.urlparse(url)
        self.host, self.port = u.hostname, u.port
        self.end = time.time() + seconds
        self.lock = threading.Lock()
        self.times, self.codes, self.scores = {}, {}, {}
        self.wrong = self.lost = 0
        self.pdf = pdf

    def send(self, kind, method, path, body=None, ctype=None, timeout=120):
        began = time.time()
        try:
            c = http.client.HTTPConnection(self.host, self.port,
                                           timeout=timeout)
            c.request(method, path, body,
                      {"Content-Type": ctype} if ctype else {})
            r = c.getresponse()
            data, code = r.read(), r.status
            c.close()
        except (OSError, http.client.HTTPException) as e:
            data, code = b"", type(e).__name__
        took = time.time() - began
        with self.lock:
            self.codes.setdefault(kind, {}).setdefault(code, 0)
            self.codes[kind][code] += 1
            if code in (200, 202):
                self.times.setdefault(kind, []).append(took)
            elif not isinstance(code, int):
                self.lost += 1
        return code, data

    def check(self, seed, entry):
        with self.lock:
            if self.scores.setdefault(seed, entry["score"]) != entry["score"]:
                self.wrong += 1

    def health(self):
        while time.time() < self.end:
            self.send("health", "GET", "/health", timeout=30)
            time.sleep(1)

    def single(self):
        n = 0
        while time.time() < self.end:
            n += 1
            again = n % 3 == 0
            seed = n - 1 if again else n
            body, ctype = form([("resume", "cv.txt", resume(seed))],
                               {"job_summary": JOB})
            code, data = self.send("cached" if again else "text", "POST",
                                   "/analyze", body, ctype)
            if code == 200:
                self.check(seed, json.loads(data))
            time.sleep(0.5)

    def pdfs(self):
        n = 0
        while self.pdf and time.time() < self.end:
            n += 1
            # Bytes behind the end make it another file of the same text.
            data = self.pdf + b"\n%% %d\n" % n
            body, ctype = form([("resume", "cv.pdf", data)],
                               {"job_summary": JOB})
            code, data = self.send("pdf", "POST", "/analyze", body, ctype)
            if code == 200:
                self.check("pdf", json.loads(data))
            time.sleep(8)

    def batches(self):
        n = 0
        while time.time() < self.end:
            n += 1
            seeds = [f"b{n}.{i}" for i in range(10)]
            body, ctype = form([("resumes", s, resume(s, 200)) for s in seeds],
                               {"job_summary": JOB})
            code, data = self.send("batch", "POST", "/batch-analyze", body,
                                   ctype)
            if code == 200:
                results = json.loads(data)["results"]
                if sorted(results) != sorted(seeds):
                    with self.lock:
                        self.wrong += 1
                for s, entry in results.items():
                    self.check(s, entry)
            time.sleep(20)

    def uploads(self):
        noise = random.Random(1).randbytes(20 << 20)
        while time.time() < self.end:
            body, ctype = form([("resume", "big.bin", noise)],
                               {"job_summary": JOB})
            self.send("upload", "POST", "/analyze", body, ctype)
            del body
            time.sleep(15)

    def slow(self):
        while time.time() < self.end:
            try:
                s = socket.create_connection((self.host, self.port), 30)
                s.settimeout(30)
                for byte in b"POST /analyze HTTP/1.1\r\nHost: x\r\nX-A: aaaaa":
                    s.send(bytes([byte]))
                    time.sleep(0.5)
                s.close()
            except OSError:
                pass  # cut, as it should be
            time.sleep(1)

    def run(self):
        jobs = [self.health, self.single, self.pdfs, self.batches,
                self.uploads] + [self.slow] * 5
        threads = [threading.Thread(target=j) for j in jobs]
        for t in threads:
            t.start()
        for t in threads:
            t.join()


def peak_kb(pid):
    text = open(f"/proc/{pid}/status").read()
    return {k: int(re.search(rf"{k}:\s+(\d+)", text).group(1))
            for k in ("VmHWM", "VmRSS", "RssAnon", "RssFile")}


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("url")
    p.add_argument("seconds", type=int)
    p.add_argument("--pid", type=int)
    p.add_argument("--pdf", default="data/samples/amara.pdf")
    a = p.parse_args()
    load = Load(a.url, a.seconds, open(a.pdf, "rb").read())
    load.run()
    for kind, t in sorted(load.times.items()):
        t.sort()
        print(f"{kind:8} n={len(t):5} p50={statistics.median(t)*1000:8.1f} ms "
              f"p95={t[int(len(t)*.95)]*1000:8.1f} ms "
              f"p99={t[int(len(t)*.99)]*1000:8.1f} ms")
    print("codes", json.dumps({k: {str(c): n for c, n in v.items()}
                               for k, v in sorted(load.codes.items())}))
    print(f"wrong answers {load.wrong}, lost answers {load.lost}")
    if a.pid:
        print("memory kB", peak_kb(a.pid))
    return 1 if load.wrong or load.lost else 0


if __name__ == "__main__":
    sys.exit(main())
