"""What a picture is: a matplotlib figure with the table it was drawn from, in a font that has Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable
from stationeval.messages import Language, say
from stationeval.report.typeset import width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, GREY, FAINT, PAPER = "#1f2933", "#5b6770", "#d5dbe0", "#ffffff"
BLUE, ORANGE, GREEN, PURPLE = "#1f5fa8", "#b45309", "#2f7d32", "#7b3f98"
MOST_ROWS = 120
"""More rows than this no page shows legibly."""

_HASH = re.compile("(sha256:[0-9a-f]{12})[0-9a-f]{52}")
PACKAGE = "pylopdf_fonts_zh_cn"
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
)
"""Where Debian, Fedora, macOS and Windows keep a font with Chinese, after that of the package."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture with the numbers in it.

    Attributes
    ----------
    figure
        A matplotlib figure of its own; no global state was touched but that the font is known.
    data
        The table that was drawn, signed by what made it.
    """

    figure: Figure
    data: ResultTable

    def save(self, path: str | Path, *, dpi: int = 200) -> Path:
        """Write it as .png, .svg or .pdf by the suffix; the same picture gives the same bytes.

        Raises
        ------
        InputError
            If the suffix is another.
        """
        path = Path(path)
        kind = path.suffix.lower().removeprefix(".")
        if kind not in _DATES:
            raise InputError([Problem("chart-type-unknown", value=path.name, values={"known": list(_DATES)})])
        path.write_bytes(self._bytes(kind, dpi))
        return path

    def to_frame(self) -> Any:
        """The table that was drawn as a fresh pandas frame."""
        return self.data.to_frame()

    def _bytes(self, kind: str, dpi: int) -> bytes:
        buffer = BytesIO()
        with _style():
            self.figure.savefig(buffer, format=kind, dpi=dpi, metadata=_DATES[kind])
        return buffer.getvalue()

    def _repr_png_(self) -> bytes:
        return self._bytes("png", 110)


_DATES: dict[str, dict[str, Any]] = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}


def font_file() -> Path:
    """The font that pictures are written in.

    Raises
    ------
    InputError
        If there is no font with Chinese; the message says how to get one.
    """
    if find_spec(PACKAGE) is not None:
        from pylopdf_fonts_zh_cn import sans_path

        return Path(sans_path())
    for path in map(Path, FONTS):
        if path.is_file():
            return path
    raise InputError([Problem("chart-no-font")])


@cache
def _family(path: Path) -> str:
    """The name of a font file's face for simplified Chinese, known to matplotlib from now on."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(path)
    names = [entry.name for entry in font_manager.fontManager.ttflist if Path(entry.fname) == path]
    return next((name for name in names if name.endswith(" SC")), names[0])


@contextmanager
def _style() -> Iterator[None]:
    """The settings of every picture, for as long as it is drawn."""
    if find_spec("matplotlib") is None:
        raise InputError([Problem("chart-library-needed")])
    import matplotlib as mpl

    settings: Any = {
        "font.family": [_family(font_file())],
        "font.size": 10,
        "text.color": INK,
        "text.parse_math": False,
        "axes.unicode_minus": False,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": "#e6eaed",
        "grid.linewidth": 0.8,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "ytick.major.size": 0,
        "legend.frameon": False,
        "svg.hashsalt": "stationeval",
        "pdf.fonttype": 42,
    }
    with mpl.rc_context(settings):
        yield


def draw(
    paint: Callable[[Axes], None],
    data: ResultTable,
    *,
    size: tuple[float, float],
    title: str,
    lang: Language,
) -> Picture:
    """A picture of one pair of axes, with its title above and what made it below.

    Parameters
    ----------
    paint
        Draws on the axes.
    data
        What is drawn.
    size
        Width and height in inches.
    """
    from matplotlib.figure import Figure as NewFigure

    with _style():
        figure = NewFigure(figsize=size, facecolor=PAPER, layout="constrained")
        figure.get_layout_engine().set(h_pad=0.1, w_pad=0.1)  # type: ignore[union-attr, call-arg]  # constrained has both
        axes = figure.add_subplot()
        paint(axes)
        figure.suptitle(title, x=0.01, ha="left", fontsize=13, color=INK)
        figure.supxlabel(_source(data, lang, int(size[0] * 15)), x=0.01, ha="left", fontsize=7, color=GREY)
        figure.draw_without_rendering()
    return Picture(figure, data)


def _source(data: ResultTable, lang: Language, columns: int) -> str:
    """What made the numbers, in one line with short hashes; in full it stands in the table."""
    text = say("chart-source", lang) + _HASH.sub(r"\1", data.signature)
    if width(text) <= columns:
        return text
    while width(text) > columns - 1:
        text = text[:-1]
    return text + "…"


def rows_of(source: Any, name: str, columns: Sequence[str]) -> ResultTable:
    """The table of a result (or the table itself), which must have some columns and at least one row.

    Raises
    ------
    InputError
        If a column lacks, or there are no rows or too many for a page.
    """
    table = source if isinstance(source, ResultTable) else getattr(source, "table", None)
    if not isinstance(table, ResultTable):
        raise InputError([Problem("chart-not-a-table", value=type(source).__name__, values={"name": name})])
    lacking = [column for column in columns if column not in table.columns]
    if lacking:
        raise InputError([Problem("chart-column-lacks", values={"name": name, "columns": lacking})])
    checked_rows(len(table))
    return table


def checked_rows(count: int) -> None:
    """Whether so many rows make a legible picture.

    Raises
    ------
    InputError
        If not.
    """
    if not 1 <= count <= MOST_ROWS:
        raise InputError([Problem("chart-rows", value=count, values={"most": MOST_ROWS})])


def height(rows: int, *, each: float = 0.3, least: float = 2.6) -> float:
    """The height in inches of a picture with so many rows."""
    return max(least, 1.5 + each * rows)


def rows_axis(axes: Axes, labels: Sequence[str]) -> None:
    """Rows from the top down, each with its label."""
    axes.set_yticks(range(len(labels)), labels=[shortened(label) for label in labels])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)


def shortened(label: str, columns: int = 30) -> str:
    """A label that fits beside an axis: at most so many columns, a Chinese character taking two."""
    if width(label) <= columns:
        return label
    while width(label) > columns - 1:
        label = label[:-1]
    return label + "…"
