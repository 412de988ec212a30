"""The folders that hold frameworks: ours, and those that other packages announce. Their code is never run."""

from __future__ import annotations

import pathlib
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from importlib.util import find_spec

from stationeval.errors import Problem

GROUP = "stationeval.frameworks"
MOST = 10_000
_HERE = pathlib.Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of frameworks, one sub-folder an id, and the package that brings it."""

    package: str
    root: pathlib.Path

    def ids(self) -> tuple[str, ...]:
        """The ids that have a folder, sorted."""
        if not self.root.is_dir():
            return ()
        inside = sorted({each.parent.name for each in self.root.glob("*/*.yaml")})
        return tuple(name for name in inside[:MOST] if not name.startswith((".", "_")))

    def has(self, name: str) -> bool:
        """Whether an id has a folder."""
        return (self.root / name).is_dir()


def built_in() -> Folder:
    """Our own folder: inside the wheel, or beside the sources of a checkout."""
    inside = _HERE / "_frameworks"
    return Folder("stationeval", inside if inside.is_dir() else _HERE.parent.parent / "frameworks")


def folders() -> tuple[tuple[Folder, ...], tuple[Problem, ...]]:
    """All folders, ours first, and what is wrong with announced ones; a broken one does not stop the others."""
    others, problems = _announced(tuple(sys.path))
    return (built_in(), *others), problems


@lru_cache(maxsize=8)
def _announced(_search: tuple[str, ...]) -> tuple[tuple[Folder, ...], tuple[Problem, ...]]:
    found: list[Folder] = []
    problems: list[Problem] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        package, _, folder = point.value.partition(":")
        try:
            root = _folder_of(package.strip(), folder.strip())
        except (ImportError, ValueError, AttributeError, OSError) as error:
            values = {"package": package, "value": point.value, "reason": str(error) or type(error).__name__}
            problems.append(Problem("plugin-broken", value=point.value, values=values))
        else:
            found.append(Folder(package.strip(), root))
    return tuple(found), tuple(problems)


def _folder_of(package: str, folder: str) -> pathlib.Path:
    """The folder inside a package; a dotted package's parents are imported by Python, the package itself is not."""
    spec = find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not places:
        raise ValueError(f"no package {package!r}")
    for place in places:
        home = pathlib.Path(place).resolve()
        root = (home / folder).resolve()
        if root.is_relative_to(home) and root.is_dir():
            return root
    raise ValueError(f"no folder {folder!r} inside {package}")
