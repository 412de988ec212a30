"""One run of the program: what went wrong becomes one message and an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from stationeval.cli.commands import build
from stationeval.cli.screen import Screen
from stationeval.errors import StationevalError
from stationeval.messages import Language

DONE, FAILED, BAD_INPUT, DEFECT, INTERRUPTED, CLOSED = 0, 1, 2, 70, 130, 141


def run(arguments: Sequence[str], lang: Language) -> int:
    """Run a command and say what went wrong, if anything did."""
    plain = list(arguments)[: list(arguments).index("--")] if "--" in arguments else list(arguments)
    screen = Screen(lang, json="--json" in plain, debug="--debug" in plain)
    for stream in (sys.stdout, sys.stderr):
        _tolerant(stream)
    try:
        answer = build(lang).main(list(arguments), prog_name="stationeval", standalone_mode=False, obj=screen)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        return _usage(screen, error)
    except StationevalError as error:
        screen.refuse(error.report)
        return BAD_INPUT
    except (KeyboardInterrupt, click.Abort):
        screen.line(screen.say("cli-interrupted"), error=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # rich makes the second of the first
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except Exception as error:
        if screen.debug:
            raise
        screen.line(screen.say("cli-defect", kind=type(error).__name__, reason=str(error)[:200]), error=True)
        return DEFECT
    return answer if isinstance(answer, int) else DONE


def _usage(screen: Screen, error: click.UsageError) -> int:
    """What is wrong with the command line, and where to read how it should be."""
    match error:
        case click.NoSuchOption():
            known = [f" {name}" for name in error.possibilities or ()]
            text = screen.say("cli-no-such-option", option=error.option_name)
            text += screen.say("cli-did-you-mean", near=known[0].strip()) if known else ""
        case click.MissingParameter():
            name = "" if error.param is None else _named(error.param)
            text = screen.say("cli-missing-parameter", name=name)
        case click.BadParameter():
            name = "" if error.param is None else _named(error.param)
            kind = None if error.param is None else error.param.type
            choices = kind.choices if isinstance(kind, click.Choice) else ()
            reason = screen.say("cli-choose", choices=list(choices)) if choices else error.message
            text = screen.say("cli-bad-parameter", name=name, reason=reason)
        case _:
            text = error.message
    if screen.json:
        screen.emit({"ok": False, "problems": [{"severity": "error", "code": "cli-usage", "why": text}]})
        return BAD_INPUT
    screen.line(f"✗ {text}", style="bold red", error=True)
    if error.ctx is not None:
        screen.line(screen.say("cli-see-help", command=error.ctx.command_path), error=True)
    return BAD_INPUT


def _named(parameter: click.Parameter) -> str:
    return max(parameter.opts, key=len) if isinstance(parameter, click.Option) else parameter.human_readable_name


def _tolerant(stream: TextIO) -> None:
    """Characters that a terminal's encoding lacks are replaced, not fatal."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
