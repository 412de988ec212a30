"""Data that ship with the package: townships, documented figures of provinces, the Haining example (simulated)."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stationeval.datasets.figures import ProvinceFigure as ProvinceFigure
from stationeval.datasets.figures import provinces as provinces

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Township:
    """A town, township or sub-district (乡镇、街道), by its nine-digit code of the National Bureau of Statistics."""

    code: str
    name: str
    county: str
    prefecture: str
    province: str


def townships(code: str | None = None) -> tuple[Township, ...]:
    """The townships of a province, prefecture or county, or all 41,352, sorted by code.

    Parameters
    ----------
    code
        2, 4 or 6 digits of a division (`"33"`, `"3304"`, `"330481"`; `"330000"` and `"330400"` are read as the first
        two), or the 9 of one township.

    Returns
    -------
    tuple of Township
        Empty where the list has no division of that code.

    Raises
    ------
    ValueError
        If the code is not 2, 4, 6 or 9 digits.

    Examples
    --------
    >>> [t.name for t in townships("330481")][:3], townships("330481110")[0].prefecture
    (['硖石街道', '海洲街道', '海昌街道'], '嘉兴市')
    """
    if code is not None and not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}", code, re.ASCII):
        raise ValueError(f"not the code of a division: {code!r}")
    prefix = "" if code is None else re.sub(r"(00){1,2}\Z", "", code) if len(code) == 6 else code
    text = _divisions()
    found = re.findall(rf"^({prefix}\d{{{9 - len(prefix)}}}),(.+)$", text, re.MULTILINE | re.ASCII)
    names = {above: _name(text, above) for above in {one[:n] for one, _ in found for n in (2, 4, 6)}}
    return tuple(Township(one, name, names[one[:6]], names[one[:4]], names[one[:2]]) for one, name in found)


def haining() -> Path:
    """The folder of the example: collection workbooks for Haining's 12 towns with simulated values.

    Examples
    --------
    >>> (haining() / "社工站数据采集表.xlsx").is_file()
    True
    """
    installed = HERE.parent / "_examples" / "haining"
    return installed if installed.is_dir() else HERE.parents[2] / "examples" / "haining"


@cache
def _divisions() -> str:
    return gzip.decompress((HERE / "divisions.csv.gz").read_bytes()).decode("utf-8")


def _name(text: str, code: str) -> str:
    start = text.index(f"\n{code},") + len(code) + 2
    return text[start : text.index("\n", start)]
