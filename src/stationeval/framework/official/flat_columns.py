"""The columns of a flat table: what each is called, where its value stands in a node or an input, how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from stationeval.errors import Path
from stationeval.framework.canonical import canonical, is_number
from stationeval.framework.documents import Facet, Input
from stationeval.framework.official import cells
from stationeval.framework.official.page import shown
from stationeval.framework.paths import at, present
from stationeval.framework.rules import KINDS
from stationeval.framework.values import is_unknown
from stationeval.writing import name_key


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes
    ----------
    key
        Its name here.
    heads
        Chinese and English header, then others that are understood.
    path
        Where the value stands; empty for what places a row.
    write, read
        From a value to a cell (None where it cannot) and back (`UnreadError`).
    """

    key: str
    heads: tuple[str, ...]
    path: Path
    write: Callable[[Any], Any] = cells.write_text
    read: Callable[[Any], Any] = cells.read_text

    def cell(self, tree: Mapping[str, Any]) -> Any:
        """The cell for what a node or input says; None where there is nothing, or where no cell would give it back."""
        if not self.path or not present(tree, self.path):
            return None
        value = at(tree, self.path)
        cell = self.write(value)
        if cell is None:
            return None
        try:
            same = canonical(self.read(cell)) == canonical(value)
        except cells.UnreadError:
            return None
        return cell if same else None


def _word(prefix: str, names: Mapping[str, str] | Sequence[str], *more: tuple[str, str]) -> dict[str, Any]:
    """How a column of words is written and read."""
    shown_as, meant = cells.words(prefix, names if isinstance(names, Mapping) else tuple(names))
    meant |= {name_key(word): name for word, name in more}

    def read(raw: Any) -> str:
        found = meant.get(name_key(shown(raw)))
        if found is None:
            raise cells.UnreadError(shown(raw))
        return found

    return {"write": lambda value: shown_as.get(value) if isinstance(value, str) else None, "read": read}


_KIND = _word("kind", KINDS)


def _write_kind(value: Any) -> Any:
    """The kind of a rule, or why the rule is not known."""
    return cells.write_amount(value) if is_unknown(value) else None


def _read_kind(raw: Any) -> Any:
    try:
        return {"kind": _KIND["read"](raw)}
    except cells.UnreadError:
        value = cells.read_amount_cell(raw)
        if is_unknown(value):
            return value
        raise


def _write_bands(value: Any) -> str | None:
    """Thresholds with their points: `≥90: 5；>80: 3；其余: 0`."""
    if not isinstance(value, list) or not all(isinstance(band, Mapping) for band in value):
        return None
    pairs: dict[str, Any] = {}
    for band in value:
        if band.keys() == {"otherwise"}:
            pairs["其余"] = band["otherwise"]
            continue
        sign = {"at_least": "≥", "more_than": ">"}.get(next((key for key in band if key != "points"), ""), "")
        bound = next((each for key, each in band.items() if key != "points"), None)
        if not sign or len(band) != 2 or not is_number(bound):
            return None
        pairs[f"{sign}{cells.write_value(bound)}"] = band.get("points")
    return cells.write_pairs(pairs) if len(pairs) == len(value) else None


def _read_bands(raw: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name, points in cells.read_pairs(raw).items():
        key = name.replace(">=", "≥").replace("＞", ">").replace("以上", "")
        if key in ("其余", "其他", "otherwise"):
            found.append({"otherwise": points})
            continue
        sign = {"≥": "at_least", ">": "more_than"}.get(key[:1], "")
        bound = cells.read_amount_cell(key[1:] if sign else key)
        if not is_number(bound):
            raise cells.UnreadError(name)
        found.append({sign or "at_least": bound, "points": points})
    return found


def _write_knots(value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(knot, list) and len(knot) == 2 for knot in value):
        return None
    pairs = {str(cells.write_value(x)): y for x, y in value if is_number(x)}
    return cells.write_pairs(pairs) if len(pairs) == len(value) else None


def _read_knots(raw: Any) -> list[list[Any]]:
    return [[cells.read_amount_cell(name), points] for name, points in cells.read_pairs(raw).items()]


def _write_pairs(value: Any) -> str | None:
    return cells.write_pairs(value) if isinstance(value, Mapping) else None


_AMOUNT: dict[str, Any] = {"write": cells.write_amount, "read": cells.read_amount_cell}
_LIST: dict[str, Any] = {"write": cells.write_list, "read": cells.read_list}
_PAIRS: dict[str, Any] = {"write": _write_pairs, "read": cells.read_pairs}
_STATUS = _word("status", ("documented", "inferred", "assumed"))
_GROUND = (
    Column("status", ("依据", "basis", "status", "依据状态", "性质"), ("basis", "status"), **_STATUS),
    Column("cite", ("来源", "source", "cite", "出处", "文件"), ("basis", "cite")),
    Column("locator", ("位置", "locator", "条款"), ("basis", "locator")),
    Column("quote", ("原文", "quote", "引文", "评分标准", "评分细则", "计分标准"), ("basis", "quote", "zh")),
    Column("note", ("备注", "note", "说明"), ("basis", "note", "zh")),
)

STEPS = {
    "bands": Column("bands", (), ("rule", "bands"), _write_bands, _read_bands),
    "linear": Column("linear", (), ("rule", "knots"), _write_knots, _read_knots),
    "checklist": Column("checklist", (), ("rule", "items"), **_PAIRS),
    "lookup": Column("lookup", (), ("rule", "map"), **_PAIRS),
}
"""What the column of steps holds, by the kind of the rule."""

UNKNOWN_RULE = Column("kind", (), ("rule",), _write_kind, _read_kind)
PART_WORDS = _word("head", {"dimensions": "head-base", "bonus": "head-bonus", "deductions": "head-deductions"})
FACET_WORDS = {facet: f"facet-{facet}" for facet in get_args(Facet)}

NODES: tuple[Column, ...] = (
    Column("part", ("部分", "part", "section"), (), **PART_WORDS),
    Column("code", ("编号", "code", "代码", "指标编号", "id"), ()),
    Column("parent", ("上级", "parent", "上级编号", "上级指标", "所属", "父级"), ()),
    Column("label", ("名称", "label", "指标名称", "指标", "name"), ("label", "zh")),
    Column("label_en", ("英文名称", "english", "label_en"), ("label", "en")),
    Column("points", ("分值", "points", "满分", "分数"), ("points",), **_AMOUNT),
    Column("weight", ("权重", "weight"), ("weight",), **_AMOUNT),
    Column("kind", ("计分方式", "kind", "rule", "规则", "规则类型", "rule kind"), ("rule", "kind"), **_KIND),
    Column("input", ("数据项", "input", "inputs", "数据", "输入"), ("rule", "input")),
    Column("of", ("除以", "of", "分母"), ("rule", "of")),
    Column("target", ("目标值", "target", "目标"), ("rule", "target"), **_AMOUNT),
    Column(
        "each", ("每项分值", "points_each", "points each", "每个分值", "每次分值"), ("rule", "points_each"), **_AMOUNT
    ),
    Column("steps", ("分档", "steps", "bands", "档次", "各项分值"), ()),
    Column("facet", ("方面", "facet"), ("facet",), **_word("facet", FACET_WORDS)),
    *_GROUND,
)

TYPES = _word("type", get_args(Input.model_fields["type"].annotation))

INPUTS: tuple[Column, ...] = (
    Column("code", ("数据项", "input", "id", "数据项编号"), ()),
    Column("label", ("名称", "label", "数据项名称"), ("label", "zh")),
    Column("label_en", ("英文名称", "english", "label_en"), ("label", "en")),
    Column("type", ("类型", "type"), ("type",), **TYPES),
    Column("unit", ("单位", "unit"), ("unit",)),
    Column("min", ("最小值", "min"), ("min",), **_AMOUNT),
    Column("max", ("最大值", "max"), ("max",), **_AMOUNT),
    Column("more_than", ("须大于", "more_than", "more than"), ("more_than",), **_AMOUNT),
    Column("places", ("小数位", "places"), ("places",), **_AMOUNT),
    Column("choices", ("选项", "choices"), ("choices",), **_LIST),
    Column("aliases", ("别名", "aliases"), ("aliases",), **_LIST),
    Column("evidence", ("佐证材料", "evidence", "数据来源"), ("evidence",), **_LIST),
    Column("help", ("填写说明", "help"), ("help", "zh")),
    *_GROUND,
)

REST: tuple[Column, ...] = (
    Column("path", ("路径", "path"), ()),
    Column("value", ("值", "value"), (), cells.write_value, cells.read_value),
)


def head_of(column: Column, text: str) -> bool:
    """Whether a header means a column."""
    return name_key(text) in {name_key(head) for head in column.heads}
