"""For whoever writes frameworks and tests them: rows that earn all or nothing, simulated stations, cases.

`stationeval.testing.strategies` has the hypothesis strategies; only it needs hypothesis.
"""

from __future__ import annotations

from stationeval.testing.cases import check_framework
from stationeval.testing.marks import full_marks, zero_marks
from stationeval.testing.simulated import random_stations

__all__ = ["check_framework", "full_marks", "random_stations", "zero_marks"]
