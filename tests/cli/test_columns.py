"""Tables and trees keep to the terminal, align where characters are two columns wide, and lose nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stationeval.cli.columns import Branch, Lines, lay_out
from stationeval.report.typeset import width

texts = st.text(alphabet="盐官镇社工站，“”abc XY-19.", max_size=40).map(str.strip)
tables = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(texts, min_size=n, max_size=n), min_size=1, max_size=6))


def lines_of(rows: list[list[str]], available: int, whole: set[int] = frozenset()) -> list[str]:
    columns = [(f"列{c}", "left") for c in range(len(rows[0]))]
    cells = [[Lines(((text, ""),)) for text in row] for row in rows]
    laid = lay_out(columns, cells, available=available, whole=whole)
    return ["".join(text for text, _ in pieces) for pieces in laid]


@given(tables, st.integers(44, 120))
def test_every_line_of_a_table_is_equally_wide_and_fits(rows: list[list[str]], available: int) -> None:
    widths = {width(line) for line in lines_of(rows, available)}
    assert len(widths) == 1
    assert max(widths) <= available


@given(tables, st.integers(44, 120))
def test_no_character_of_a_table_is_lost(rows: list[list[str]], available: int) -> None:
    shown = "".join(lines_of(rows, available)[2:])
    for text in (text for row in rows for text in row):
        for c in set(text) - {" "}:
            assert shown.count(c) == sum(cell.count(c) for row in rows for cell in row)


@given(st.lists(st.tuples(st.integers(0, 10**12).map(str), texts), min_size=1, max_size=5), st.integers(5, 60))
def test_a_column_that_is_whole_is_never_broken(rows: list[tuple[str, str]], available: int) -> None:
    lines = lines_of([list(row) for row in rows], available, {0})
    assert [line.split()[0] for line in lines[2:] if line.split() and line.split()[0] in {n for n, _ in rows}]
    for number, _ in rows:
        assert any(number in line for line in lines[2:])


@given(st.lists(texts.filter(bool), min_size=1, max_size=5), st.integers(20, 80))
def test_a_tree_fits_and_loses_nothing(names: list[str], available: int) -> None:
    root = Branch([("根", "bold")])
    for name in names:
        root.add(name).add((name, "dim"))
    lines = ["".join(text for text, _ in pieces) for pieces in root.lines(available)]
    assert max(map(width, lines)) <= max(available, 8 + max(width(word) for name in names for word in name.split()))
    shown = "".join(lines)
    for c in {c for name in names for c in name} - set(" -"):
        assert shown.count(c) == 2 * sum(name.count(c) for name in names)
