"""Commands that explain themselves in Chinese or English, aligned where characters are two columns wide."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import Any

import click

from stationeval.messages import Language, near, say
from stationeval.report.typeset import pad, width, wrap

WIDEST = 100


class Command(click.Command):
    """A command whose help is in the language it was made for."""

    def __init__(self, *, lang: Language, **given: Any) -> None:
        super().__init__(options_metavar=say("cli-options-metavar", lang), add_help_option=False, **given)
        self.params = [*self.params, *common_options(lang)]
        self.lang: Language = lang

    def get_help(self, ctx: click.Context) -> str:
        """The whole page."""
        return page(self, ctx, self.lang)


class Commands(click.Group):
    """Commands under one name, in the order they were given."""

    def __init__(self, *, lang: Language, **given: Any) -> None:
        metavars = {
            "options_metavar": say("cli-options-metavar", lang),
            "subcommand_metavar": say("cli-commands-metavar", lang),
        }
        more: dict[str, Any] = {**metavars, **given}
        super().__init__(add_help_option=False, invoke_without_command=True, callback=_help_alone, **more)
        self.params = [*self.params, *common_options(lang)]
        self.lang: Language = lang

    def get_help(self, ctx: click.Context) -> str:
        """The whole page."""
        return page(self, ctx, self.lang)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they were given."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command meant by the first argument; a misspelt one is answered with the nearest."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            guess = near(args[0], list(self.commands))
            hint = say("cli-did-you-mean", self.lang, near=guess) if guess else ""
            raise click.UsageError(say("cli-no-such-command", self.lang, command=args[0]) + hint, ctx)
        return super().resolve_command(ctx, args)


class Argument(click.Argument):
    """An argument with a word on what it is."""

    def __init__(self, name: str, *, words: str, **given: Any) -> None:
        super().__init__([name], **given)
        self.words = words


@click.pass_context
def _help_alone(ctx: click.Context) -> None:
    """Without a command, the page of help."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def common_options(lang: Language) -> list[click.Parameter]:
    """What every command takes; their values are read before the command line is parsed."""
    return [
        click.Option(["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, help=say("help-lang", lang)),
        click.Option(["--json"], is_flag=True, expose_value=False, help=say("help-json", lang)),
        click.Option(["--debug"], is_flag=True, expose_value=False, help=say("help-debug", lang)),
        click.Option(
            ["--help", "-h"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show,
            help=say("help-help", lang),
        ),
    ]


def _show(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def page(command: click.Command, ctx: click.Context, lang: Language) -> str:
    """Usage, what the command does, its arguments, options and commands."""
    columns = min(shutil.get_terminal_size().columns, WIDEST)
    usage = say("cli-usage", lang, usage=" ".join((ctx.command_path, *command.collect_usage_pieces(ctx))))
    lines = [usage, ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += [*(f"  {line}" for line in wrap(paragraph, columns - 2)), ""]
    arguments = [(one.human_readable_name, one.words) for one in command.params if isinstance(one, Argument)]
    options = [_record(one) for one in command.params if isinstance(one, click.Option)]
    if arguments:
        lines += _section(say("cli-arguments", lang), arguments, columns)
    if isinstance(command, click.Group):
        inner = [(name, (one.help or "").split("\n\n")[0]) for name, one in command.commands.items()]
        lines += _section(say("cli-commands", lang), inner, columns)
    lines += _section(say("cli-options", lang), options, columns)
    if command.epilog:
        for paragraph in command.epilog.split("\n"):
            indent = "  " if paragraph.startswith(" ") else ""
            lines += [indent + line for line in wrap(paragraph.strip(), columns - len(indent))]
    return "\n".join(lines).rstrip()


def _record(option: click.Option) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    if isinstance(option.type, click.Choice):
        names += f" {'|'.join(map(str, option.type.choices))}"
    elif not option.is_flag:
        names += f" {option.metavar or (option.name or '').upper()}"
    return names, option.help or ""


def _section(title: str, records: Sequence[tuple[str, str]], columns: int) -> Iterator[str]:
    first = min(26, max(width(name) for name, _ in records)) + 2
    yield title
    for name, text in records:
        lines = wrap(text, columns - first - 2)
        if width(name) > first - 2:
            yield f"  {name}"
        else:
            yield f"  {pad(name, first)}{lines.pop(0)}"
        for line in lines:
            yield f"  {' ' * first}{line}"
    yield ""
