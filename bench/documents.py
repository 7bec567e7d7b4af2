# SPDX-License-Identifier: MIT
"""Resumes for benchmarks, as text and as PDF: every seed gives another one."""
import random
import textwrap

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
    return "\n".join(lines + ["", "Skills", "C, Linux, SQL", ""])


def pdf(text, ballast=b""):
    """One column in Helvetica; ballast is an image that no page shows."""
    lines = [piece for line in text.split("\n")
             for piece in textwrap.wrap(line, 90) or [""]]
    pages = [lines[i:i + 50] for i in range(0, len(lines), 50)]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for i, page in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in page)
        stream = f"BT /F 10 Tf 14 TL 60 780 Td\n{shown}ET".encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            b"<< /Font << /F 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * i))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream"
                       % (len(stream), stream))
    if ballast:
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height %d /ColorSpace"
            b" /DeviceGray /BitsPerComponent 8 /Length %d >>\nstream\n%s\n"
            b"endstream" % (len(ballast), len(ballast), ballast))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for i, body in enumerate(objects):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += (b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(objects) + 1, xref))
    return bytes(out)


def form(files, fields):
    """Body and type of a form: files are (field, name, bytes)."""
    mark = "BOUNDARY%016x" % random.getrandbits(64)
    out = bytearray()
    for field, name, data in files:
        out += (f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; '
                f'filename="{name}"\r\n\r\n').encode() + data + b"\r\n"
    for field, value in fields.items():
        out += (f'--{mark}\r\nContent-Disposition: form-data; name="{field}"'
                f"\r\n\r\n{value}\r\n").encode()
    out += f"--{mark}--\r\n".encode()
    return bytes(out), f"multipart/form-data; boundary={mark}"
