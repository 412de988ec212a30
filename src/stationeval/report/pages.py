"""A framework as a page for people: what it says, what it rests on, what is not known; and several side by side."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stationeval.errors import StationevalError
from stationeval.evaluation.evaluate import FrameworkLike, framework_of
from stationeval.evaluation.phrases import COLON
from stationeval.evaluation.side_by_side import compare_frameworks
from stationeval.framework.folders import folders
from stationeval.framework.framework import Framework
from stationeval.framework.registry import load
from stationeval.messages import Language, say
from stationeval.report.cases import cases_of, cases_table
from stationeval.report.filled import completions, fills
from stationeval.report.markdown import blocks, capital, code, table, text
from stationeval.report.particulars import head, history, inputs, sources, unknowns
from stationeval.report.pictures import draw_comparison
from stationeval.report.sections import sections
from stationeval.report.view import View, figure

THEMES: Mapping[str, Sequence[str]] = {
    "theme-looks-at": ("total", "dimensions", "indicators", "facets"),
    "theme-asks": ("gates", "staffing", "frequencies", "targets"),
    "theme-judges": ("evaluators", "rounds", "grades", "tiers", "consequences"),
    "theme-pays": ("money", "funding"),
}
"""The rows of `compare_frameworks` that are read together."""


def framework_page(framework: FrameworkLike, *, lang: Language = "zh", base: FrameworkLike | None = None) -> str:
    """Everything a framework says as a page of Markdown, its pictures inside as SVG.

    Parameters
    ----------
    framework
        An id, a file or a framework. The completions and the cases in its folder are told on the same page.
    lang
        The language of the page; what the framework says in one language only is left in it.
    base
        For a completed framework: what was published, to tell what is filled in; by default the installed framework.

    Returns
    -------
    str
        Markdown. Every text of the framework is escaped in it, every unknown value and every quote is on it.

    Examples
    --------
    >>> framework_page("otog-allowance", lang="en").splitlines()[0]
    '# Otog allowance for social workers'
    """
    fw = framework_of(framework)
    view = View(fw, lang)
    published = framework_of(base) if base is not None else _installed(fw.pin) if fw.completions else fw
    folder = framework.parent if isinstance(framework, pathlib.Path) else _folder(published)
    said = sections(view)
    lines = blocks(
        [f"# {text(fw.label(lang))}"],
        head(view),
        *_filled(view, published),
        *_headed(view, said),
        *_headed(view, {"page-unknowns": unknowns(view)}),
        *(() if folder is None or fw.completions else _completed(view, folder, said)),
        *_headed(view, {} if folder is None else {"page-cases": cases_table(view, cases_of(folder, fw))}),
        *_headed(view, {"page-inputs": inputs(view), "explain-sources": sources(view), "page-history": history(view)}),
    )
    return "\n".join(lines) + "\n"


def comparison_page(frameworks: Sequence[FrameworkLike], *, lang: Language = "zh") -> str:
    """Frameworks side by side as a page of Markdown.

    First the picture of `draw_comparison`, then what each looks at and asks, how it judges, and what it pays, from
    `compare_frameworks`.

    Parameters
    ----------
    frameworks
        Ids, files or frameworks, at least one.
    lang
        The language of the page.

    Returns
    -------
    str
        Markdown, the picture inside as SVG.

    Examples
    --------
    >>> "mof-self-evaluation@2020#1" in comparison_page(["mof-self-evaluation", "haining-sppe"], lang="en")
    True
    """
    loaded = [framework_of(one) for one in frameworks]
    compared = compare_frameworks(loaded, lang=lang)
    labels = dict(zip(compared["aspect"], compared["label"], strict=True))
    said = {fw.signature: dict(zip(compared["aspect"], compared[fw.signature], strict=True)) for fw in loaded}
    parts = [[f"# {text(say('page-comparison', lang))}"], figure(draw_comparison(loaded, lang=lang))]
    for theme, aspects in THEMES.items():
        rows = [
            [f"{text(fw.label(lang))}<br>{code(fw.signature)}"] + [text(said[fw.signature][name]) for name in aspects]
            for fw in loaded
            if any(said[fw.signature][name] for name in aspects)
        ]
        heads = [capital(say("page-framework", lang)), *(capital(labels[name]) for name in aspects)]
        parts += [[f"## {text(say(theme, lang))}"], table(heads, rows)] if rows else []
    return "\n".join(blocks(*parts)) + "\n"


def _headed(view: View, parts: Mapping[str, list[str]], level: int = 2) -> Iterator[list[str]]:
    """Sections under their headings; empty ones are left out."""
    for heading, lines in parts.items():
        if lines:
            yield [f"{'#' * level} {view.title(heading)}"]
            yield lines


def _filled(view: View, published: Framework | None) -> Iterable[list[str]]:
    """Of a completed framework: that it is one, and what was filled in."""
    if view.framework.completions:
        yield [f"> {view.say('page-completed', names=list(view.framework.completions))}"]
        if published is not None:
            yield from _headed(view, {"page-fills": fills(view, published)})


def _completed(view: View, folder: pathlib.Path, published: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Each completion: its own words, what it fills, and the sections that read otherwise with it."""
    for one in completions(folder, view.framework):
        seen = View(one.framework, view.lang)
        yield [f"## {view.say('page-completion', name=one.framework.completions[-1])}"]
        yield one.rationale(view)
        common = [note for note in seen.standing.common if note not in view.standing.common]
        yield [f"{view.say('page-common')}{COLON[view.lang]}{text(view.words.clauses(common))}"] if common else []
        yield [f"> {view.say('page-completed', names=list(one.framework.completions))}"]
        yield from _headed(view, {"page-fills": fills(seen, view.framework)}, 3)
        said = {heading: lines for heading, lines in sections(seen).items() if published.get(heading) != lines}
        document = view.document
        said |= {
            "page-cases": cases_table(seen, cases_of(folder, one.framework)),
            "page-inputs": inputs(seen, {*document.inputs, *document.derive}),
            "explain-sources": sources(seen, document.sources),
        }
        yield from _headed(view, said, 3)


def _installed(pin: str) -> Framework | None:
    try:
        return load(pin)
    except StationevalError:
        return None


def _folder(published: Framework | None) -> pathlib.Path | None:
    """Where the files beside an installed framework stand; nowhere where it is not installed as it is."""
    if published is None or _installed(published.pin) != published:
        return None
    return next((one.root / published.id for one in folders()[0] if one.has(published.id)), None)
