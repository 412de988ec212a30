"""Texts as a person reviewed them: compared line by line; `STATIONEVAL_GOLDEN=write` writes them anew for review."""

from __future__ import annotations

import os
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
HASH = re.compile(r"sha256:[0-9a-f]{64}")


def check(name: str, text: str) -> None:
    """Compare a text with the one reviewed; hashes of frameworks are left out of both."""
    text = HASH.sub("sha256:…", text)
    path = FOLDER / name
    if os.environ.get("STATIONEVAL_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()
