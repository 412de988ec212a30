"""Misspelt stations: the names in a file held against the townships of the county that a framework is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from stationeval.datasets import townships
from stationeval.errors import Place, Problem, Report
from stationeval.evaluation.prepare import read
from stationeval.framework.framework import Framework
from stationeval.messages import near

LARGEST = 2_000_000
"""Bytes of a file that may hold one county's stations; a larger one is not read for their names."""


def expected_stations(file: Path, framework: Framework, *, sheet: str | None = None) -> tuple[list[str] | None, Report]:
    """The stations that a file may name, so that one nearly like a township's is refused.

    Parameters
    ----------
    file, sheet
        The data.
    framework
        Only one for a county has a list to hold them against.

    Returns
    -------
    tuple
        The stations, or None where there is nothing to hold them against (no county, not one name in common, more data
        than a county has); and notes: townships that the file does not have, stations that are no township.
    """
    code = framework.doc.jurisdiction.code
    if code.endswith("00") or (file.is_file() and file.stat().st_size > LARGEST):
        return None, Report()
    listed = townships(code)
    roster = [township.name for township in listed]
    names = [name for name in dict.fromkeys(read(file, framework, sheet=sheet).table.stations) if name]
    common = [name for name in names if name in roster]
    if not common:
        return None, Report()
    county = (listed[0].province, listed[0].prefecture, listed[0].county)
    meant = {name: nearly(name, roster, county) for name in names if name not in roster}
    others = [name for name, close in meant.items() if close is None]
    close = [one for one in meant.values() if one is not None]
    absent = [name for name in roster if name not in common and name not in close]
    values = {"county": county[2]}
    notes = [Problem("station-not-a-township", Place(station=name), values=values, severity="note") for name in others]
    if absent:
        notes.append(
            Problem(
                "townships-absent", value="、".join(absent), values=values | {"count": len(absent)}, severity="note"
            )
        )
    return [*common, *others, *close], Report(tuple(notes))


def nearly(name: str, roster: Sequence[str], above: Sequence[str]) -> str | None:
    """The township that a name most likely means: misspelt, with the county before it, or without 镇 or 街道.

    Examples
    --------
    >>> nearly("海宁市盐官", ["盐官镇", "袁花镇"], ("浙江省", "嘉兴市", "海宁市"))
    '盐官镇'
    """
    bare = name
    for division in above:
        bare = bare.removeprefix(division).removeprefix(division[:-1])
    bare = re.sub(r"(?:社会工作服务站|社工站)\Z", "", bare)
    for candidate in roster:
        if bare in (candidate, re.sub(r"(?:镇|乡|街道)\Z", "", candidate)):
            return candidate
    return near(bare, list(roster)) or near(name, list(roster))
