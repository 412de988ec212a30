"""Every sentence the library says, in Chinese and English, one entry a code.

A code is for ever: programs match on it and the documentation has an anchor for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

Language: TypeAlias = Literal["zh", "en"]


class Message(NamedTuple):
    """Why something is wrong and what to do, each as (Chinese, English) with `{names}` to fill."""

    why: tuple[str, str]
    hint: tuple[str, str] = ("", "")


@cache
def catalogue() -> Mapping[str, Message]:
    """All messages by code."""
    from stationeval.messages import (
        agreement,
        analysis,
        authoring,
        charts,
        commands,
        comparing,
        comparison,
        data,
        evaluation,
        explanation,
        framework,
        official_tables,
        pages,
        reading,
        testing,
        words,
    )

    parts = (
        reading.MESSAGES,
        framework.MESSAGES,
        official_tables.MESSAGES,
        authoring.MESSAGES,
        data.MESSAGES,
        evaluation.MESSAGES,
        explanation.MESSAGES,
        words.MESSAGES,
        commands.MESSAGES,
        testing.MESSAGES,
        comparing.MESSAGES,
        comparison.MESSAGES,
        charts.MESSAGES,
        pages.MESSAGES,
        analysis.MESSAGES,
        agreement.MESSAGES,
    )
    whole: dict[str, Message] = {}
    for part in parts:
        if twice := whole.keys() & part.keys():
            raise KeyError(f"codes defined twice: {sorted(twice)}")
        whole |= part
    return whole


def message(code: str) -> Message:
    """The message of a code."""
    return catalogue()[code]


def phrase(pair: tuple[str, str], lang: Language, values: Mapping[str, Any]) -> str:
    """One sentence in one language, its names filled."""
    text = pair[0] if lang == "zh" else pair[1]
    return text.format_map({k: _word(v, lang) for k, v in values.items()}) if "{" in text else text


def say(code: str, lang: Language, **values: Any) -> str:
    """A phrase of the interface (a heading, a label) by its code."""
    return phrase(message(code).why, lang, values)


def near(name: str, known: Mapping[str, Any] | list[str] | tuple[str, ...]) -> str | None:
    """The known name that a misspelt one most likely means."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def _word(value: Any, lang: Language) -> str:
    if value is None:
        return "—"
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return ("、" if lang == "zh" else ", ").join(_word(v, lang) for v in value)
    return str(value)
