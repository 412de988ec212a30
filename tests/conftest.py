"""What every test may lean on: where the repository is, and hypothesis without a clock."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("stationeval", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("stationeval")

REPO = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the checkout or of the unpacked source distribution."""
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of research material beside the checkout; not every checkout has one."""
    folder = REPO.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of research material is not beside this checkout")
    return folder
