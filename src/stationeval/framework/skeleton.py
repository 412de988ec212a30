"""A new framework to begin with: small, complete, scoring, with a word on every part and cases beside it."""

from __future__ import annotations

from dataclasses import dataclass

from stationeval.framework.writing import dump
from stationeval.messages import Language, say

PLACE = "100000"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The two files of a new framework, and what they are called inside its folder.

    Attributes
    ----------
    name, text
        The framework.
    cases_name, cases
        Its cases.
    """

    name: str
    text: str
    cases_name: str
    cases: str


def skeleton(
    name: str,
    *,
    edition: str = "draft",
    code: str = PLACE,
    place: str | None = None,
    label: str | None = None,
    issuer: str | None = None,
    lang: Language = "zh",
) -> Skeleton:
    """The files of a new framework.

    Parameters
    ----------
    name
        Its id.
    edition
        The issuer's edition, usually a year.
    code, place
        The jurisdiction's code (GB/T 2260) and name.
    label, issuer
        The title and who issued it; what is not given is plainly left to be filled in.
    lang
        Of the comments.

    Examples
    --------
    >>> skeleton("mou-shi", edition="2024").name
    '2024.yaml'
    """
    open_ = say("skeleton-open", lang)
    year = edition if edition.isdigit() and len(edition) == 4 else "2000"
    values = {
        "id": name,
        "edition": edition,
        "division": code,
        "place": _quoted(place or open_),
        "label": _quoted(label or open_),
        "issuer": _quoted(issuer or open_),
        "start": f"{year}-01-01",
        "file": f"{name}/{edition}.yaml",
    }
    return Skeleton(
        f"{edition}.yaml",
        say("skeleton-framework", lang, **values).lstrip("\n"),
        f"{edition}.cases.yaml",
        say("skeleton-cases", lang, **values).lstrip("\n"),
    )


def _quoted(text: str) -> str:
    """Text as a file may hold it."""
    return dump({"v": text}).removeprefix("v:").strip()
