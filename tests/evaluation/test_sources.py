"""Files and plain data: each kind is read, and an unsound one is one problem that names it."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl

from stationeval.evaluation.tables import read_table
from stationeval.framework.documents import Input
from stationeval.framework.values import Text

INPUTS = {"area": Input(type="number", label=Text(zh="专用面积"))}


def test_a_number_in_json_is_what_is_written(tmp_path: Path) -> None:
    written = ["0.1", "12", "123456789012.123456789", "1e2", "0.30000000000000004"]
    path = tmp_path / "数据.json"
    records = ", ".join(f'{{"station": "第{i}站", "area": {text}}}' for i, text in enumerate(written))
    path.write_text(f"[{records}]", encoding="utf-8")
    column = read_table(path, INPUTS).columns["area"]
    assert [column.exact(i) for i in range(len(written))] == [Fraction(Decimal(text)) for text in written]


def test_a_place_in_json_names_the_file_and_the_record(tmp_path: Path) -> None:
    path = tmp_path / "数据.json"
    path.write_text(json.dumps([{"station": "甲", "area": "四"}]), encoding="utf-8")
    (problem,) = read_table(path, INPUTS).report
    assert (problem.code, problem.place.file, problem.place.row) == ("chinese-numeral", "数据.json", 0)


def test_what_a_record_does_not_have_is_missing_there() -> None:
    table = read_table([{"station": "甲"}, {"station": "乙", "area": 3}], INPUTS)
    assert [table.columns["area"].exact(i) for i in range(2)] == [None, 3]


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def unsound(folder: Path) -> dict[str, tuple[Path, str]]:
    plain = folder / "表.xlsx"
    openpyxl.Workbook().save(plain)
    whole = plain.read_bytes()
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    other = folder / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/zip")
    entity = folder / "entity.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(entity, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text
            archive.writestr(name, text)
    return {
        "old": (write(folder / "old.xls", old), "old-workbook"),
        "old under a new name": (write(folder / "old.xlsx", old), "old-workbook"),
        "encrypted": (
            write(folder / "secret.xlsx", old + "EncryptedPackage".encode("utf-16-le")),
            "encrypted-workbook",
        ),
        "no zip": (write(folder / "text.xlsx", b"hello"), "not-a-workbook"),
        "another zip": (other, "not-a-workbook"),
        "cut off": (write(folder / "cut.xlsx", whole[: len(whole) // 2]), "not-a-workbook"),
        "damaged": (
            write(folder / "damaged.xlsx", whole.replace(b"PK\x03\x04", b"PK\x03\x05", 1)),
            "not-a-workbook",
        ),
        "entities": (entity, "not-a-workbook"),
        "empty": (write(folder / "empty.csv", b""), "data-empty"),
        "blank": (write(folder / "blank.csv", b" \n\n"), "data-empty"),
        "no header": (write(folder / "none.csv", b"a,b\n1,2\n"), "no-header"),
        "bad quotes": (write(folder / "quotes.csv", '社工站,"x"y\n'.encode()), "csv-malformed"),
        "no text": (write(folder / "noise.csv", b"\xff\x81\x30"), "data-encoding-unknown"),
        "bad json": (write(folder / "bad.json", b'[{"station": }]'), "json-malformed"),
        "twice in json": (write(folder / "twice.json", b'[{"a": 1, "a": 2}]'), "json-malformed"),
        "deep json": (write(folder / "deep.json", b"[" * 100_000), "json-malformed"),
        "no records": (write(folder / "list.json", b"[1, 2]"), "json-not-records"),
        "bad parquet": (write(folder / "bad.parquet", b"PAR1xxxxPAR1"), "data-unreadable"),
        "other suffix": (write(folder / "a.docx", b"x"), "data-type-unknown"),
        "folder": (folder, "data-type-unknown"),
    }


def test_an_unsound_file_is_one_problem_that_names_it(tmp_path: Path) -> None:
    for name, (path, code) in unsound(tmp_path).items():
        report = read_table(path, INPUTS).report
        assert (name, report.codes()) == (name, (code,))
        assert report.problems[0].place.file == path.name
        assert report.to_text("zh")
        assert report.to_text("en")
