# SPDX-License-Identifier: MIT
"""Runs a tool inside a virtual environment that has the packages it needs.

The product needs no Python package; only these tools, which compare with or
generate from one, do. `enter("tokenizers==0.23.3")` restarts the calling
script under build/venv-NAME, which it makes on the first use.
"""
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def has(requirement):
    from importlib import metadata

    name, _, version = requirement.partition("==")
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return not version or found == version


def enter(*requirements):
    """Returns in an interpreter that has every requirement (NAME==VERSION)."""
    if all(has(r) for r in requirements):
        return
    home = ROOT / "build" / ("venv-" + requirements[0].partition("==")[0])
    if Path(sys.prefix) == home:
        sys.exit(f"{home} lacks {' '.join(requirements)}; remove it and retry")
    python = home / "bin" / "python"
    if not python.exists():
        print(f"making {home} with {' '.join(requirements)}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *requirements], check=True
    )
    os.execv(python, [str(python), *sys.argv])
