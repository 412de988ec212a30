"""One scored example for all tests of reports."""

from __future__ import annotations

import pytest

import stationeval as se
from stationeval.datasets import haining
from stationeval.evaluation.results import Scores


@pytest.fixture(scope="session")
def example() -> Scores:
    """Haining's 12 towns, simulated, under the reading."""
    return se.score(haining() / "社工站数据采集表.xlsx", "haining-sppe@2021+reading")
