"""A framework as the rest of the library and its users see it: frozen, equal by value, every value with its ground."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from stationeval.errors import IncompleteFramework, NotInFramework, Path, Problem, Report
from stationeval.framework import abilities, provenance
from stationeval.framework.build import build, refuse
from stationeval.framework.canonical import copied, tree_hash
from stationeval.framework.completing import Completion, given
from stationeval.framework.documents import Document
from stationeval.framework.merge import Layer, Merged
from stationeval.framework.paths import find
from stationeval.framework.points import Points, full_marks
from stationeval.framework.provenance import DESCRIBING, STATUSES, UnknownValue, Value
from stationeval.framework.validate import nearest
from stationeval.framework.vocabulary import keys
from stationeval.messages import Language


@dataclass(frozen=True, eq=False, repr=False)
class Framework:
    """What an issuer published, amended and completed as asked.

    Two frameworks are equal where their signature and hash are. Made by `load`, never by hand.

    Examples
    --------
    >>> from stationeval.framework.registry import load
    >>> fw = load("haining-sppe@2021")
    >>> fw.signature, fw.doc.subsidy.components["operating"].cap
    ('haining-sppe@2021#1', Fraction(300000, 1))

    Attributes
    ----------
    doc : Document
        The typed document.
    report : Report
        The notes of the checks; errors prevent a framework from being made at all.
    """

    doc: Document
    report: Report
    _merged: Merged
    _chain: tuple[Layer, ...]
    _fillings: tuple[Layer, ...] = field(default=())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Framework):
            return NotImplemented
        return self is other or (self.signature, self.sha256) == (other.signature, other.sha256)

    def __hash__(self) -> int:
        return hash(self.signature)

    def __repr__(self) -> str:
        return f"<Framework {self.signature} sha256:{self.sha256[:12]}>"

    @property
    def id(self) -> str:
        """The id, flat and for ever."""
        return self.doc.id

    @property
    def edition(self) -> str:
        """The issuer's text."""
        return self.doc.edition

    @property
    def revision(self) -> int:
        """Our reading of that text."""
        return self.doc.revision

    @property
    def completions(self) -> tuple[str, ...]:
        """The names of what filled its gaps, in order."""
        return tuple(self.doc.completions)

    @property
    def pin(self) -> str:
        """What completions and amendments call it: `id@edition#revision`."""
        return f"{self.id}@{self.edition}#{self.revision}"

    @property
    def signature(self) -> str:
        """What results are signed with: the pin and the completions, `haining-sppe@2021#1+reading`."""
        return "+".join((self.pin, *self.completions))

    @cached_property
    def sha256(self) -> str:
        """Of the resolved tree in its canonical form: of what it says, however it is written."""
        return tree_hash(self._merged.tree)

    @property
    def tree(self) -> dict[str, Any]:
        """The resolved tree as plain values, exact numbers among them; a fresh copy."""
        order = {key: place for place, key in enumerate(keys(Document))}
        return {key: copied(self._merged.tree[key]) for key in sorted(self._merged.tree, key=lambda key: order[key])}

    def label(self, lang: Language = "zh") -> str:
        """The title in one language, or in the other where that is all there is."""
        return self.doc.label.say(lang)

    @cached_property
    def points(self) -> Points:
        """What each node is worth, by path; what is unknown is not in it."""
        return full_marks(self.doc)

    @cached_property
    def _unknowns(self) -> dict[Path, UnknownValue]:
        return dict(provenance.unknowns(self.tree))

    def unknowns(self) -> tuple[UnknownValue, ...]:
        """Every value that is not known, in the order of the document.

        Returns
        -------
        tuple of UnknownValue
            Path, why, bounds, our reading, note.

        Examples
        --------
        >>> from stationeval.framework.registry import load
        >>> load("haining-sppe@2021").unknowns()[0]
        UnknownValue(path='total', why='not-published', between=None, reading=None, note=None)
        """
        return tuple(self._unknowns.values())

    @property
    def defines(self) -> tuple[str, ...]:
        """What it speaks of, known or not: `score`, `grades`, `gates`, `tiers`, `subsidy`, and so on."""
        return abilities.defined(self.doc)

    def blocking(self, ability: str) -> tuple[UnknownValue, ...]:
        """The unknown values without which something cannot be answered; none means that it can.

        Raises
        ------
        NotInFramework
            If the framework does not define it.

        Examples
        --------
        >>> from stationeval.framework.registry import load
        >>> fw = load("haining-sppe@2021")
        >>> "dimensions.standard.indicators" in {unknown.path for unknown in fw.blocking("score")}
        True
        """
        if ability not in self.defines:
            values = {"ability": ability, "near": nearest(ability, self.defines)}
            raise NotInFramework([Problem("no-such-ability", value=ability, values=values)])
        wanted = abilities.blocking(self.doc, list(self._unknowns), ability)
        return tuple(self._unknowns[path] for path in wanted)

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """What it can answer as it stands."""
        return tuple(ability for ability in self.defines if not self.blocking(ability))

    def provenance(self) -> tuple[Value, ...]:
        """Every value with what it rests on.

        Returns
        -------
        tuple of Value
            Path, value, status, cite, facts, locator, quote, file, line.

        Examples
        --------
        >>> from stationeval.framework.registry import load
        >>> values = {value.path: value for value in load("haining-sppe@2021").provenance()}
        >>> values["subsidy.components.operating.cap"].status
        'documented'
        """
        return self._values

    @cached_property
    def _values(self) -> tuple[Value, ...]:
        return tuple(provenance.values(self.tree, self._merged.place))

    def shares(self) -> dict[str, Fraction]:
        """How much of what decides a result is documented, inferred, assumed and unknown, by number of values.

        Head, inputs and derived inputs, labels and descriptions are not counted.

        Examples
        --------
        >>> from stationeval.framework.registry import load
        >>> sum(load("haining-sppe@2021").shares().values())
        Fraction(1, 1)
        """
        counted = [value.status for value in self._values if _decides(value.path)]
        whole = len(counted)
        return {status: Fraction(counted.count(status), whole) if whole else Fraction(0) for status in STATUSES}

    def status(self, path: str) -> str:
        """`documented`, `inferred`, `assumed` or `unknown`: what the value at a dotted path rests on.

        Raises
        ------
        NotInFramework
            If there is no such value.
        """
        found = next((value.status for value in self._values if value.path == path), None)
        if found is None:
            missing = find(self._merged.tree, path)
            near = nearest(missing.missing or path, missing.known or tuple(value.path for value in self._values))
            raise NotInFramework([Problem("no-such-value", value=path, values={"path": path, "near": near})])
        return found

    def complete(
        self,
        filling: Mapping[str, Any] | pathlib.Path | str | Completion,
        *,
        name: str | None = None,
        basis: str | Mapping[str, Any] = "assumed",
    ) -> Framework:
        """Fill what is unknown; everything known stays as it is.

        Parameters
        ----------
        filling : mapping, Path, str or Completion
            Values by dotted path; a completion file; the name of an installed completion; or `equal_weights()`.
        name : str, optional
            Of a filling given in code, for the signature; default: `custom-` and a hash of what it says.
        basis : str or mapping
            What a filling given in code rests on: `assumed`, `inferred`, or a basis with its cite.

        Returns
        -------
        Framework
            Another framework; this one stays.

        Raises
        ------
        CompletionError
            With everything that does not fit.
        IncompleteFramework
            If a `Completion` cannot fill all that scoring needs.

        Examples
        --------
        >>> from stationeval.framework.registry import load
        >>> load("haining-sppe@2021").complete({"gates.premises.requires[0].at_least": 300}, name="area").signature
        'haining-sppe@2021#1+area'
        """
        layer: Layer
        syntax: tuple[Problem, ...] = ()
        if isinstance(filling, Completion):
            layer = given(filling.fills(self), completes=self.pin, name=filling.name, basis=basis)
        elif isinstance(filling, Mapping):
            layer = given(filling, completes=self.pin, name=name, basis=basis)
        else:
            from stationeval.framework.registry import completion_file

            file = completion_file(self._chain, filling)
            layer, syntax = file, file.syntax
        completed = assemble(self._chain, (*self._fillings, layer), syntax)
        if isinstance(filling, Completion) and (left := completed.blocking("score")):
            raise IncompleteFramework(
                Problem("still-unknown", completed._merged.place(path), values={"path": one.path, "why": one.why})
                for path, one in completed._unknowns.items()
                if one in left
            )
        return completed

    def to_dict(self) -> dict[str, Any]:
        """The resolved framework as plain values; the same as `tree`."""
        return self.tree

    def to_yaml(self) -> str:
        """The resolved framework as a file: reading it gives an equal framework."""
        from stationeval.framework.writing import dump

        return f"# yaml-language-server: $schema=../../docs/schema/framework-1.json\n{dump(self.tree)}"

    def _repr_html_(self) -> str:
        from stationeval.framework.display import html

        return html(self)


def _decides(path: str) -> bool:
    steps = path.replace("[", ".").split(".")
    return steps[0] not in DESCRIBING and steps[-1] not in ("label", "unit", "facet", "written")


def assemble(chain: tuple[Layer, ...], fillings: tuple[Layer, ...] = (), syntax: tuple[Problem, ...] = ()) -> Framework:
    """The framework of some documents.

    Raises
    ------
    FrameworkError
        With every problem in all of them.
    """
    built = build(chain, fillings, syntax=syntax)
    refuse(built)
    if built.document is None:
        raise RuntimeError("a document without errors was not built")
    return Framework(built.document, built.report, built.merged, chain, fillings)
