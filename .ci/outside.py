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
scores = se.score([full_marks(framework)], framework)
print(home)
print(scores.to_dict())
