"""Keep the hash of every installed framework, so that no value changes without a new revision.

`python -m stationeval.framework.freeze FILE` adds what is new; it never changes what is there.
"""

from __future__ import annotations

import json
import pathlib
import sys
from collections.abc import Mapping

from stationeval.framework.registry import frameworks, load


def current(package: str = "stationeval") -> dict[str, str]:
    """The signature and hash of every framework of a package, as published and with each of its completions."""
    found = {}
    for entry in frameworks():
        if entry.package == package:
            published = load(f"{entry.id}@{entry.edition}")
            for framework in (published, *map(published.complete, entry.completions)):
                found[framework.signature] = framework.sha256
    return found


def changed(frozen: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The signatures whose values are no longer what was frozen: they need a new revision."""
    return sorted(signature for signature, sha256 in now.items() if frozen.get(signature, sha256) != sha256)


def main(arguments: list[str]) -> int:
    """Freeze what is new; refuse where a frozen value has changed."""
    path = pathlib.Path(arguments[0])
    frozen: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    now = current()
    if different := changed(frozen, now):
        sys.stderr.write("changed without a new revision: " + ", ".join(different) + "\n")
        return 1
    text = json.dumps(dict(sorted((frozen | now).items())), indent=2) + "\n"
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
