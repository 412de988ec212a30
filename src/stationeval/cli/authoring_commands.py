"""The sub-commands of `framework` for those who write one: new, from-excel, to-excel, diff, upgrade, show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from stationeval.cli.help import Argument, Command
from stationeval.messages import Language, say

FILE = click.Path(path_type=Path)


def authoring(
    lang: Language, option: Callable[..., click.Option], late: Callable[[str, str], Any]
) -> list[click.Command]:
    """The commands in one language; `option` makes an option, `late` a callback that imports its module when called."""
    file, name = say("cli-file", lang), say("cli-name", lang)

    def ref(key: str, words: str) -> click.Parameter:
        return Argument(key, metavar=say("cli-framework", lang), words=words)

    def command(
        word: str, function: str, params: list[click.Parameter], help_: str, epilog: str | None = None
    ) -> Command:
        call = late("describing" if function == "show" else "authoring", function)
        return Command(lang=lang, name=word, callback=call, params=params, help=help_, epilog=epilog)

    def force() -> click.Option:
        return option("--force", is_flag=True, words=say("help-force-file", lang))

    head = [
        option("--edition", words=say("help-edition", lang), metavar=name),
        option("--label", words=say("help-label", lang), metavar=name),
        option("--issuer", words=say("help-issuer", lang), metavar=name),
        option("--place", words=say("help-place", lang), metavar=say("cli-code", lang)),
    ]
    framework_id = say("help-framework-id", lang)
    reading: list[click.Parameter] = [
        Argument("table", type=FILE, metavar=file, words=say("help-table", lang)),
        option("--out", "-o", type=FILE, words=say("help-yaml-out", lang), metavar=file),
        option("--completes", words=say("help-completes", lang), metavar=say("cli-framework", lang)),
        option("--name", words=say("help-completion-name", lang), metavar=name),
        option("--id", "id_", words=framework_id, metavar=name),
        option("--sheet", words=say("help-sheet", lang), metavar=name),
        *head,
        force(),
    ]
    beginning: list[click.Parameter] = [
        Argument("id_", metavar=name, words=framework_id),
        *head,
        option("--out", "-o", type=FILE, words=say("help-new-out", lang), metavar=say("cli-folder", lang)),
        force(),
    ]
    writing: list[click.Parameter] = [
        ref("framework", say("help-framework", lang)),
        option("--out", "-o", type=FILE, required=True, words=say("help-excel-out", lang), metavar=file),
        force(),
    ]
    moving: list[click.Parameter] = [
        Argument("file", type=FILE, metavar=file, words=say("help-upgrade-file", lang)),
        option("--older", type=FILE, words=say("help-older", lang), metavar=file),
        option("--out", "-o", type=FILE, words=say("help-upgrade-out", lang), metavar=file),
        option("--force", is_flag=True, words=say("help-upgrade-force", lang)),
    ]
    two = [ref("framework", say("help-framework", lang)), ref("other", say("help-other", lang))]
    one = [ref("framework", say("help-framework", lang))]
    return [
        command("new", "new", beginning, say("help-new", lang), say("help-new-example", lang)),
        command(
            "from-excel", "from_excel", reading, say("help-from-excel", lang), say("help-from-excel-example", lang)
        ),
        command("to-excel", "to_excel", writing, say("help-to-excel", lang)),
        command("show", "show", one, say("help-show", lang)),
        command("diff", "diff", two, say("help-diff", lang)),
        command("upgrade", "upgrade", moving, say("help-upgrade", lang)),
    ]
