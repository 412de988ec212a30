"""The commands and their options; what they do is imported when one of them runs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from stationeval.cli.authoring_commands import authoring
from stationeval.cli.help import Argument, Command, Commands
from stationeval.messages import Language, say

FILE = click.Path(path_type=Path)


def build(lang: Language) -> click.Group:
    """The whole command line in one language."""
    return Commands(
        lang=lang,
        name="stationeval",
        help=say("help-program", lang),
        epilog=say("help-exit-codes", lang),
        params=[
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help=say("help-version", lang),
            )
        ],
        commands=[*_evaluating(lang), *_describing(lang)],
    )


def _evaluating(lang: Language) -> list[click.Command]:
    framework = _option("--framework", "-f", metavar="ID", required=True, words=say("help-framework", lang))
    reading: list[click.Parameter] = [
        Argument("file", type=FILE, metavar=say("cli-file", lang), words=say("help-file", lang)),
        framework,
        _option("--sheet", words=say("help-sheet", lang), metavar=say("cli-name", lang)),
        _option("--round", words=say("help-round", lang), metavar=say("cli-name", lang)),
        _option("--keep", multiple=True, words=say("help-keep", lang), metavar=say("cli-name", lang)),
        _option("--ratings", type=FILE, words=say("help-ratings", lang), metavar=say("cli-file", lang)),
        _option("--any-station", is_flag=True, words=say("help-any-station", lang)),
    ]
    out = [
        _option("--out", "-o", type=FILE, required=True, words=say("help-out", lang), metavar=say("cli-file", lang)),
        _option("--force", is_flag=True, words=say("help-force", lang)),
    ]
    station = _option("--station", "-s", required=True, words=say("help-station", lang), metavar=say("cli-name", lang))
    demo_out = _option("--out", "-o", type=FILE, words=say("help-demo-out", lang), metavar=say("cli-file", lang))
    bundle = Argument("bundle", type=FILE, metavar=say("cli-bundle", lang), words=say("help-bundle", lang))
    return [
        Command(
            lang=lang, name="demo", callback=_late("evaluating", "demo"), params=[demo_out], help=say("help-demo", lang)
        ),
        Command(
            lang=lang,
            name="score",
            callback=_late("evaluating", "score"),
            params=[*reading, *out],
            help=say("help-score", lang),
            epilog=say("help-score-example", lang),
        ),
        Command(
            lang=lang, name="check", callback=_late("evaluating", "check"), params=reading, help=say("help-check", lang)
        ),
        Command(
            lang=lang,
            name="explain",
            callback=_late("evaluating", "explain"),
            params=[*reading, station],
            help=say("help-explain", lang),
            epilog=say("help-explain-example", lang),
        ),
        Command(
            lang=lang,
            name="verify",
            callback=_late("evaluating", "verify"),
            params=[bundle],
            help=say("help-verify", lang),
        ),
    ]


def _describing(lang: Language) -> list[click.Command]:
    ref = Argument("framework", metavar=say("cli-framework", lang), words=say("help-framework", lang))
    path = Argument("path", metavar=say("cli-path", lang), words=say("help-path", lang))
    kind = Argument(
        "kind",
        type=click.Choice(["framework", "completion", "amendment", "cases"]),
        metavar=say("cli-kind", lang),
        words=say("help-kind", lang),
        required=False,
        default="framework",
    )
    inner: list[click.Command] = [
        Command(
            lang=lang, name="lint", callback=_late("describing", "lint"), params=[path], help=say("help-lint", lang)
        ),
        Command(
            lang=lang, name="cases", callback=_late("describing", "cases"), params=[path], help=say("help-cases", lang)
        ),
        Command(
            lang=lang,
            name="schema",
            callback=_late("describing", "schema"),
            params=[kind],
            help=say("help-schema", lang),
        ),
        *authoring(lang, _option, _late),
    ]
    return [
        Command(
            lang=lang, name="frameworks", callback=_late("describing", "frameworks"), help=say("help-frameworks", lang)
        ),
        Command(
            lang=lang, name="show", callback=_late("describing", "show"), params=[ref], help=say("help-show", lang)
        ),
        Commands(lang=lang, name="framework", commands=inner, help=say("help-framework-group", lang)),
    ]


def _option(*names: str, words: str, **given: Any) -> click.Option:
    return click.Option(list(names), help=words, **given)


def _late(module: str, function: str) -> Callable[..., Any]:
    """A callback that imports its module when it is called."""

    @click.pass_obj
    def call(screen: object, /, **given: Any) -> Any:
        return getattr(import_module(f"stationeval.cli.{module}"), function)(screen, **given)

    return call


def _version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        click.echo(f"stationeval {version('stationeval')}")
        ctx.exit()
