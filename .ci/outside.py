"""Run by an environment outside the repository: is the installed package whole without any extra?"""

from __future__ import annotations

import sys
from pathlib import Path

import stationeval as se
from stationeval.testing import full_marks

home = Path(se.__file__)
if not home.is_relative_to(sys.prefix):
    sys.exit(f"this is not the installed package but {home}")
framework = se.load("haining-sppe@2021+reading")
row = {"station": "盐官镇", **full_marks(framework)}
scores = se.score([{**row, "round": name} for name in framework.doc.rounds], framework)
print(home, scores.signature)
print(scores.to_frame())
if scores.to_frame()["total"].tolist() != [100]:
    sys.exit("full marks are not 100 points")
