"""What is told about a framework rather than by it: its head, what is unknown, its inputs, sources and history."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from stationeval.framework.abilities import ABILITIES
from stationeval.framework.paths import at, find
from stationeval.framework.values import Text
from stationeval.report.grounds import WHYS, WORDS
from stationeval.report.markdown import code, link, text
from stationeval.report.view import View

MATURITY = {"draft": "maturity-draft", "reviewed": "maturity-reviewed", "verified": "maturity-verified"}
KINDS = {
    "law": "source-law",
    "rule": "source-rule",
    "notice": "source-notice",
    "standard": "source-standard",
    "guide": "source-guide",
    "speech": "source-speech",
    "paper": "source-paper",
    "news": "source-news",
    "sheet": "source-sheet",
    "book": "source-book",
    "template": "source-template",
}


def head(view: View) -> list[str]:
    """What it is, of whom, since when, and what it can answer."""
    fw, document, words = view.framework, view.document, view.words
    blocked = [
        words.say("page-blocked", ability=words.say(ABILITIES[name]), count=len(fw.blocking(name)))
        for name in fw.defines
        if name not in fw.answers
    ]
    effective = words.say("page-from", day=document.effective.from_)
    if document.effective.to is not None:
        effective = words.say("page-until", since=effective, day=document.effective.to)
    period = document.period and WORDS.get(document.period, "period-project")
    shares = {status: words.value(Fraction(round(share * 100))) for status, share in fw.shares().items()}
    rows = (
        ("page-reference", code(fw.signature)),
        ("page-place", text(f"{document.jurisdiction.label.say(view.lang)} {document.jurisdiction.code}")),
        ("page-issuer", text(document.issuer.say(view.lang))),
        ("page-edition", view.say("page-edition-revision", edition=fw.edition, revision=fw.revision)),
        ("page-effective", text(effective)),
        ("page-period", view.say(period) if period else ""),
        ("page-checked", text(document.checked or "")),
        ("page-maturity", view.say(MATURITY[document.maturity])),
        ("page-answers", text(words.listed(words.say(ABILITIES[name]) for name in fw.answers) or "—")),
        ("page-cannot", text(words.clauses(blocked))),
        ("page-shares", view.say("page-shares-are", **shares)),
        ("page-common", text(words.clauses(view.standing.common))),
        ("page-licence", text(document.licence)),
        ("page-hash", code(fw.sha256)),
    )
    return view.table(("page-what", "page-content"), ((view.say(name), said) for name, said in rows if said))


def unknowns(view: View) -> list[str]:
    """Every value that is not known: where, why, within what, how it is read, and what it stands in the way of."""
    fw, words, tree = view.framework, view.words, view.framework.tree
    blocked = {name: {one.path for one in fw.blocking(name)} for name in fw.defines if name not in fw.answers}

    def rows() -> Iterator[tuple[str, ...]]:
        for one in fw.unknowns():
            path = find(tree, one.path).path or ()
            note = at(tree, path).get("note")
            stops = (words.say(ABILITIES[name]) for name, paths in blocked.items() if one.path in paths)
            yield (
                f"{text(view.standing.named(path))}<br>{code(one.path)}",
                view.say(WHYS[one.why]),
                "" if one.between is None else text(" – ".join(map(str, one.between))),
                "" if one.reading is None else text(str(one.reading)),
                text(words.listed(stops)),
                "" if note is None else text(Text(**note).say(view.lang)),
            )

    return view.table(("page-what", "head-reason", "page-bounds", "page-read-as", "page-stops", "page-remark"), rows())


def inputs(view: View, but: Collection[str] = ()) -> list[str]:
    """The data dictionary: what is asked of a station, how, and on what evidence; `but` are told elsewhere."""
    words, document, lang = view.words, view.document, view.lang
    asked = (
        (
            view.named(name, spec.label.say(lang)),
            text(words.input_kind(spec)),
            "" if spec.help is None else text(spec.help.say(lang)),
            text(words.listed(spec.evidence)),
            text(words.listed(spec.aliases)),
            view.standing.cell(("inputs", name)),
        )
        for name, spec in document.inputs.items()
        if name not in but
    )
    made = (
        (
            view.named(name, one.label.say(lang)),
            text(words.derived(one)),
            "",
            "",
            "",
            view.standing.cell(("derive", name)),
        )
        for name, one in document.derive.items()
        if name not in but
    )
    heads = ("head-input", "page-kind", "page-help", "page-evidence", "page-aliases", "head-status")
    return view.table(heads, (row for rows in (asked, made) for row in rows))


def sources(view: View, but: Collection[str] = ()) -> list[str]:
    """Each source with what is wrong with our copy, and all that is quoted from it; `but` are told elsewhere."""
    words, lang = view.words, view.lang
    lines: list[str] = []
    for name, source in view.document.sources.items():
        if name in but:
            continue
        number = view.standing.numbers[name]
        about = [
            words.say(KINDS[source.kind]),
            source.number or "",
            "" if source.issuer is None else source.issuer.say(lang),
            source.issued or "",
            "" if source.accessed is None else words.say("page-accessed", day=source.accessed),
        ]
        lines += [*([""] if lines else []), f"**〔{number}〕 {text(source.title.say(lang))}** {code(name)}", ""]
        lines.append(f"- {text(words.clauses(about))}")
        if source.url is not None:
            lines.append(f"- {link(source.url)}")
        if source.sha256 is not None:
            lines.append(f"- sha256 {code(source.sha256)}")
        if source.defects is not None:
            lines.append(f"- **{view.say('page-defects')}** {text(source.defects.say(lang))}")
        for quote in view.standing.quotes(name):
            where = words.clauses([quote.locator or "", words.listed(quote.facts), words.listed(quote.nodes)])
            lines.append(f"- 「{text(quote.words)}」 — {text(where)}")
    return lines


def history(view: View) -> list[str]:
    """The lines of the history of our reading."""
    rows = ((str(one.revision), text(one.on), text(one.why.say(view.lang))) for one in view.document.history)
    return view.table(("page-revision", "page-day", "head-why"), rows)
