"""Every code that the library uses has its sentence, in both languages, with the same names to fill."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import stationeval
from stationeval.messages import Message, catalogue

SOURCE = Path(stationeval.__file__).parent
SAYERS = {"Fault", "Problem", "PydanticCustomError", "message", "say"}
CODES = sorted(catalogue())


def named(sentence: str) -> set[str]:
    """The names that a sentence asks for."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def sources() -> dict[str, ast.Module]:
    files = [path for path in sorted(SOURCE.rglob("*.py")) if path.parent.name != "messages"]
    return {str(path.relative_to(SOURCE)): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def literals(tree: ast.AST) -> set[str]:
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def calls() -> list[tuple[str, str, ast.Call, str]]:
    """Every call that names a code outright: the function's name, the code, the call, its place."""
    found = []
    for file, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                code = node.args[0].value
                if name in SAYERS and isinstance(code, str):
                    found.append((name, code, node, f"{file}:{node.lineno}"))
    return found


def names_given(sayer: str, call: ast.Call) -> set[str] | None:
    """The names that a call fills; None where they are not written out in the call."""
    if sayer == "Problem":
        written = {word.arg: word.value for word in call.keywords}
        values = written.get("values", call.args[3] if len(call.args) > 3 else ast.Dict([], []))
        keys = values.keys if isinstance(values, ast.Dict) else [None]
        return {key.value for key in keys} if all(isinstance(key, ast.Constant) for key in keys) else None
    if sayer == "say" and isinstance(call.func, ast.Name) and all(word.arg for word in call.keywords):
        return {word.arg for word in call.keywords}
    return None


def test_every_code_that_is_used_has_a_message() -> None:
    assert {code: place for _, code, _, place in calls() if code not in catalogue()} == {}


def test_every_message_is_used() -> None:
    used = set().union(*(literals(tree) for tree in sources().values()))
    assert [code for code in CODES if code not in used] == []


def test_every_name_that_a_message_asks_for_is_given() -> None:
    unfilled = {}
    for sayer, code, call, place in calls():
        given = names_given(sayer, call)
        if code in catalogue() and given is not None:
            entry = catalogue()[code]
            unfilled[place, code] = named("".join(entry.why + entry.hint)) - given
    assert unfilled
    assert {place: names for place, names in unfilled.items() if names} == {}


@pytest.mark.parametrize("code", CODES)
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    entry = catalogue()[code]
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", code)
    assert isinstance(entry, Message)
    assert all(entry.why), "a reason is needed in both languages"
    assert bool(entry.hint[0]) == bool(entry.hint[1]), "a hint is in both languages or in none"
    words = re.sub(r"\{.*?\}", "", entry.why[0])
    assert re.search(r"[\u4e00-\u9fff]|^[^A-Za-z]*$", words), "Chinese stands first"
    for zh, en in (entry.why, entry.hint):
        assert named(zh) == named(en)
