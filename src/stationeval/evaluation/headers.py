"""Which column is which: headers are matched by id, label or alias, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from stationeval.evaluation.cells import NUMERIC
from stationeval.messages import near
from stationeval.writing import is_unit, name_key, same_unit

if TYPE_CHECKING:
    from stationeval.framework.documents import Input

Role: TypeAlias = Literal["station", "round", "keep", "input"]

STATIONS = (
    "station",
    "station name",
    "社工站",
    "社工站名称",
    "站点",
    "站点名称",
    "乡镇(街道)",
    "镇(街道)",
    "乡镇街道",
    "镇街",
    "镇街名称",
    "乡镇",
    "被评单位",
    "评价对象",
    "单位名称",
    "单位",
    "名称",
    "name",
)
"""Headers of the station column, the most telling first."""

LONGEST = 200
"""A longer text is no header."""

ROUNDS = ("round", "轮次", "评价轮次")

_BRACKETED = re.compile(r"(?P<base>.+?)[(\[【〔](?P<inside>[^()\[\]【】〔〕]*)[)\]】〕]\Z")
_REQUIRED = re.compile(r"[(\[【](?:必填|选填|必填项|选填项)[)\]】]")


class Labelled(Protocol):
    """Anything with a Chinese and an English name, either of which may be absent."""

    @property
    def zh(self) -> str | None: ...  # noqa: D102
    @property
    def en(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Found:
    """What a header means; `rank` orders headers of the station column, `problem` says why it is refused."""

    role: Role
    id: str
    rank: int = 0
    problem: str | None = None
    values: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Headers:
    """Every header that is known for one reading of a table."""

    inputs: Mapping[str, Input]
    known: Mapping[str, tuple[Found, ...]]

    @classmethod
    def of(
        cls,
        inputs: Mapping[str, Input],
        *,
        station: str = "station",
        rounds: Mapping[str, Labelled] | None = None,
        keep: Sequence[str] = (),
    ) -> Headers:
        """Gather ids, labels and aliases; the name of an input goes before a general name of stations."""
        known: dict[str, tuple[Found, ...]] = {}
        for input_id, spec in inputs.items():
            names = [input_id, *names_of(spec.label), *spec.aliases]
            names += [name + spec.unit for name in names if spec.unit]
            for key in dict.fromkeys(map(name_key, names)):
                known[key] = (*known.get(key, ()), Found("input", input_id))
        for name in keep:
            known.setdefault(name_key(name), (Found("keep", name),))
        for name in ROUNDS if rounds is not None else ():
            known.setdefault(name_key(name), (Found("round", "round"),))
        for rank, name in enumerate((station, *STATIONS)):
            known.setdefault(name_key(name), (Found("station", "station", rank),))
        return cls(inputs, known)

    def find(self, header: str) -> Found | None:
        """What a header means; None where it is not known.

        A unit in brackets must be the input's own: `投入（万元）` is refused for an input in 元.
        """
        if len(header) > LONGEST:
            return None
        key = _REQUIRED.sub("", name_key(header)).strip("*:.")
        if (found := self._exactly(key)) is not None:
            return found
        parts = _BRACKETED.match(key)
        if parts is None or (found := self._exactly(parts["base"])) is None or found.role != "input":
            return found if parts else None
        spec, inside = self.inputs[found.id], parts["inside"].removeprefix("单位:")
        if _fits(inside, spec):
            return found
        return Found("input", found.id, 0, "unit-differs", {"found": inside, "unit": spec.unit or "—"})

    def _exactly(self, key: str) -> Found | None:
        match self.known.get(key):
            case None:
                return None
            case (one,):
                return one
            case several:
                ids = [found.id for found in several]
                return Found("input", ids[0], 0, "column-ambiguous", {"header": key, "ids": ids})

    def near(self, header: str, absent: Iterable[str]) -> str | None:
        """The label of an absent input that an unknown header most likely means."""
        labels = {name_key(name): name for i in absent for name in (i, *names_of(self.inputs[i].label))}
        key = name_key(header)
        parts = _BRACKETED.match(key)
        close = near(parts["base"] if parts else key, labels)
        return None if close is None else labels[close]


def names_of(label: Labelled) -> list[str]:
    """The names of a label that there are."""
    return [name for name in (label.zh, label.en) if name]


def _fits(inside: str, spec: Input) -> bool:
    """Whether what stands in brackets behind a label is at home there."""
    if not inside or (spec.unit is not None and same_unit(inside, spec.unit)):
        return True
    return spec.unit is None and not (spec.type in NUMERIC and is_unit(inside) and inside != "分")
