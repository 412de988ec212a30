"""The command line: `stationeval.cli:main`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stationeval.messages import Language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments
        Without the program's name; default: those of the process.

    Returns
    -------
    int
        0 done, 1 a verification failed, 2 bad input, 70 a defect of this program, 130 interrupted.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        import click  # noqa: F401
    except ModuleNotFoundError:
        from stationeval.messages import say

        print(say("cli-needs-click", _language(given)), file=sys.stderr)
        return 2
    from stationeval.cli.running import run

    return run(given, _language(given))


def _language(arguments: Sequence[str]) -> Language:
    """The language asked for: the last `--lang`, else the environment, else Chinese."""
    wanted = os.environ.get("STATIONEVAL_LANG", "")
    for i, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and i + 1 < len(arguments):
            wanted = arguments[i + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    return "en" if wanted.lower().startswith("en") else "zh"
