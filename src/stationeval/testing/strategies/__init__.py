"""Hypothesis strategies: small frameworks with everything in them, and tables that sit on their edges."""

from __future__ import annotations

from stationeval.testing.strategies.data import tables
from stationeval.testing.strategies.drawing import COUNTY, POSITIVE, decimals
from stationeval.testing.strategies.frameworks import HEAD, documents

__all__ = ["COUNTY", "HEAD", "POSITIVE", "decimals", "documents", "tables"]
