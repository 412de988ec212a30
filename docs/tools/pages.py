"""The pages that show every framework to people, in Chinese and English, with their pictures beside them.

`python docs/tools/pages.py` (`make pages`) writes `docs/frameworks/`. Pictures are files of their own there, because
some hosts of code leave SVG out of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import stationeval as se
from stationeval.exact import decimal_text
from stationeval.messages import Language, say
from stationeval.report.markdown import table, text
from stationeval.report.particulars import ABILITIES
from stationeval.report.pictures import draw_comparison
from stationeval.report.view import figure

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "frameworks"
FIGURE = re.compile(r"<figure>\n(<svg .*?</svg>)\n</figure>", re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
SIGNED = re.compile(r"`(?P<id>[a-z0-9-]+)@(?P<edition>[^`#]+)#\d+`")
WORDS = {
    "zh": {
        "all": "全部框架",
        "compare": "各地框架对比",
        "other": "English",
        "title": "全部框架",
        "intro": (
            "每个框架只收录发布机关公布的内容；没有公布或没能读到的，写明未公布、未查到或来源中丢失，并在补全中另行给出解读。"
            "“原文占比”是决定结果的值中原文记载的比例。"
        ),
        "filled": "补全后的分值投向",
        "assumed": "以下各框架的分值由补全给出，属推断或假定，不是发布机关公布的。",
        "heads": ("地区", "框架", "能回答", "补全后另能", "未知", "原文占比"),
        "list": "、",
    },
    "en": {
        "all": "all frameworks",
        "compare": "frameworks side by side",
        "other": "中文",
        "title": "All frameworks",
        "intro": (
            "Each framework holds what its issuer published and nothing else. What was not published or could not be"
            " read is marked so, and read in a completion apart. “Documented” is the share, of the values that decide a"
            " result, that the sources state."
        ),
        "filled": "Where the points go once completed",
        "assumed": "Completions fill in the points of these: inferred or assumed, not published by the issuers.",
        "heads": ("Place", "Framework", "Answers", "With completions also", "Unknown", "Documented"),
        "list": ", ",
    },
}
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def entries() -> list[se.Entry]:
    """Our own frameworks, by the code of their place."""
    own = [entry for entry in se.frameworks() if entry.package == "stationeval"]
    return sorted(own, key=lambda entry: (_load(entry).doc.jurisdiction.code, entry.id, entry.edition))


def _load(entry: se.Entry, completion: str | None = None) -> se.Framework:
    return se.load(f"{entry.id}@{entry.edition}", completion=completion)


def names(found: list[se.Entry]) -> dict[tuple[str, str], str]:
    """The file of each edition: the latest has the id alone."""
    latest = {entry.id: entry.edition for entry in sorted(found, key=lambda entry: entry.edition)}
    return {
        (entry.id, entry.edition): entry.id if latest[entry.id] == entry.edition else f"{entry.id}-{entry.edition}"
        for entry in found
    }


def pages() -> dict[str, str]:
    """Every file of the folder with its text."""
    found = entries()
    files = names(found)
    made: dict[str, str] = {}
    for lang in LANGUAGES:
        home = "" if lang == "zh" else "en/"
        index = {"index": _index(found, files, lang), "comparison": _comparison(found, files, lang)}
        drafts = {name: se.framework_page(f"{i}@{edition}", lang=lang) for (i, edition), name in files.items()}
        for name, draft in {**index, **drafts}.items():
            page, pictures = _parted(draft, name)
            made[f"{home}{name}.md"] = _led(page, name, lang)
            made |= {f"{home}pictures/{file}": svg for file, svg in pictures.items()}
    return made


def _parted(page: str, name: str) -> tuple[str, dict[str, str]]:
    """The page with its pictures as links, and the pictures by their file names."""
    pictures: dict[str, str] = {}

    def link(match: re.Match[str]) -> str:
        file = f"{name}-{len(pictures) + 1}.svg"
        pictures[file] = match[1] + "\n"
        title = TITLE.search(match[1])
        return f"![{text(unescape(title[1])) if title else ''}](pictures/{file})"

    return FIGURE.sub(link, page), pictures


def _led(page: str, name: str, lang: Language) -> str:
    """The page with a line of links under its title."""
    words = WORDS[lang]
    title, rest = page.split("\n", 1)
    other = f"en/{name}.md" if lang == "zh" else f"../{name}.md"
    links = [f"[{words['all']}](index.md)", f"[{words['compare']}](comparison.md)", f"[{words['other']}]({other})"]
    return f"{title}\n\n{' · '.join(links)}\n{rest}"


def _index(found: list[se.Entry], files: dict[tuple[str, str], str], lang: Language) -> str:
    """All frameworks: what each can answer, how much of it is unknown and how much documented."""
    words = WORDS[lang]
    rows = []
    for entry in found:
        fw = _load(entry)
        more = {answer for one in entry.completions for answer in _load(entry, one).answers} - set(entry.answers)
        rows.append(
            (
                text(fw.doc.jurisdiction.label.say(lang)),
                f"[{text(fw.label(lang))}]({files[entry.id, entry.edition]}.md)<br>`{entry.id}@{entry.edition}`",
                _listed(entry.answers, lang) or "—",
                _listed([name for name in ABILITIES if name in more], lang),
                str(entry.unknowns),
                "—" if entry.documented is None else f"{decimal_text(entry.documented * 100, 0)}%",
            )
        )
    lines = [f"# {words['title']}", "", str(words["intro"]), "", *table(list(words["heads"]), rows, right=[4, 5])]
    return "\n".join(lines) + "\n"


def _listed(abilities: Iterable[str], lang: Language) -> str:
    return str(WORDS[lang]["list"]).join(say(ABILITIES[name], lang) for name in abilities)


def _comparison(found: list[se.Entry], files: dict[tuple[str, str], str], lang: Language) -> str:
    """All frameworks side by side, and the points of the completed ones."""
    page = se.comparison_page([_load(entry) for entry in found], lang=lang)
    completed = [_load(entry, one) for entry in found for one in entry.completions]
    drawn = figure(draw_comparison(completed, lang=lang))
    words = WORDS[lang]
    page += "\n".join(["", f"## {words['filled']}", "", str(words["assumed"]), "", *drawn]) + "\n"
    return SIGNED.sub(lambda m: f"[{m[0]}]({files[m['id'], m['edition']]}.md)", page)


def write(folder: Path) -> None:
    """Write every page and picture, and take away what is no longer made."""
    made = pages()
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in made:
            path.unlink()
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(FOLDER)
