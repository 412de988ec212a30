"""How fast the robustness analyses are, as ratios in one run to a tight NumPy reference and, where installed, to peers.

    python benchmarks/robustness.py                        # prints, writes benchmarks/results/robustness.json
    python benchmarks/robustness.py --peers /path/python   # also times pymcdm, scikit-criteria, pysensmcda there

The peers want an environment of their own: python -m venv peers; peers/bin/pip install pymcdm scikit-criteria
pysensmcda. Each that cannot be imported is skipped with a message. They have no ranking of many draws at once, so each
is timed on 100 draws and scaled to 10,000 (pysensmcda draws the weights only; scipy ranks). Simulated data.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import stationeval as se

RESULTS = Path(__file__).parent / "results" / "robustness.json"
DRAWS = 10_000

PEER = """
import json, sys, time
import numpy as np
stations, draws = int(sys.argv[2]), 100
rng = np.random.default_rng(0)
rates = rng.random((stations, 23))
weights = rng.dirichlet(np.ones(23), draws)
types = np.ones(23)
name = sys.argv[1]
if name == "pymcdm":
    from pymcdm.helpers import rankdata
    from pymcdm.methods import WSM
    one = WSM()
    def run():
        for w in weights:
            rankdata(one(rates, w, types), reverse=True)
elif name == "scikit-criteria":
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel
    one = WeightedSumModel()
    def run():
        for w in weights:
            one.evaluate(mkdm(rates, objectives=[max] * 23, weights=w)).rank_
else:
    import pysensmcda  # noqa: F401
    from scipy.stats import rankdata
    from pysensmcda.probabilistic import monte_carlo_weights
    drawn = monte_carlo_weights(23, num_samples=draws, distribution="uniform")
    def run():
        monte_carlo_weights(23, num_samples=draws, distribution="uniform")
        for w in drawn:
            rankdata(-(rates @ w))
run()
start = time.perf_counter()
run()
print(json.dumps((time.perf_counter() - start) / draws))
"""


def reference(rates: npt.NDArray[np.float64], draws: int, *, seed: int, block: int) -> npt.NDArray[np.float64]:
    """Rank acceptability by packed sorts and nothing else: no ties, checks, names or errors."""
    rng = np.random.default_rng(seed)
    n, k = rates.shape
    weights = rng.standard_exponential((draws, k))
    weights /= weights.sum(axis=1, keepdims=True)
    bits = max(1, (n - 1).bit_length())
    mask, places = (1 << bits) - 1, np.arange(n)
    columns = np.ascontiguousarray(2.0 - rates.T)
    counts = np.zeros(n * n, dtype=np.int64)
    for start in range(0, draws, block):
        keys = (weights[start : start + block] @ columns).view(np.int64)
        keys &= ~mask
        keys |= places
        keys.sort(axis=1)
        keys &= mask
        keys *= n
        keys += places
        counts += np.bincount(keys.ravel(), minlength=n * n)
    return counts.reshape(n, n) / draws


def pair(ours: Callable[[], Any], theirs: Callable[[], Any], *, times: int) -> tuple[float, float, float]:
    """Median seconds of both, run in turn, and the median of their ratios."""
    ours()
    theirs()
    both = []
    for _ in range(times):
        start = time.perf_counter()
        ours()
        middle = time.perf_counter()
        theirs()
        both.append((middle - start, time.perf_counter() - middle))
    ratio = statistics.median(a / b for a, b in both)
    return statistics.median(a for a, _ in both), statistics.median(b for _, b in both), ratio


def seconds(call: Callable[[], Any], *, times: int) -> float:
    """Median seconds of a call."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def stations(n: int, *, seed: int = 7) -> npt.NDArray[np.float64]:
    """Simulated rates of stations that differ in general level, so that there are better and worse ones."""
    rng = np.random.default_rng(seed)
    rates: npt.NDArray[np.float64] = np.clip(0.6 * rng.random((n, 1)) + 0.4 * rng.random((n, 23)), 0.0, 1.0)
    return rates


def draws_of(n: int, *, times: int) -> dict[str, Any]:
    """Full rank acceptability against the reference, and that they agree."""
    rates, block = stations(n), max(1, (1 << 20) // n)
    ours, theirs, ratio = pair(
        lambda: se.acceptability(rates, draws=DRAWS, seed=0),
        lambda: reference(rates, DRAWS, seed=0, block=block),
        times=times,
    )
    apart = np.abs(
        se.acceptability(rates, draws=DRAWS, seed=0).ranks - reference(rates, DRAWS, seed=0, block=block)
    ).max()
    return {
        "what": f"acceptability: {DRAWS:,} draws × {n:,} stations × 23",
        "seconds": ours,
        "reference_seconds": theirs,
        "ratio": ratio,
        "shares_apart_at_most": float(apart),
    }


def ranges_of(n: int, *, times: int) -> dict[str, Any]:
    """Rank ranges, and how many ends are proved exact."""
    rates = stations(n)
    taken = seconds(lambda: se.rank_ranges(rates), times=times)
    found = se.rank_ranges(rates)
    return {
        "what": f"rank_ranges: {n:,} stations × 23, any weights",
        "seconds": taken,
        "best_exact": float((found.best == found.best_bound).mean()),
        "worst_exact": float((found.worst == found.worst_bound).mean()),
    }


def peers(python: str | None) -> list[dict[str, Any]]:
    """Seconds a draw of each peer, scaled to all draws; empty where there is no environment for them."""
    rows: list[dict[str, Any]] = []
    if python is None:
        print("peers skipped: no environment given with --peers", file=sys.stderr)
        return rows
    for name in ("pymcdm", "scikit-criteria", "pysensmcda"):
        done = subprocess.run(
            [python, "-c", PEER, name, "1000"], capture_output=True, encoding="utf-8", check=False, timeout=300
        )
        if done.returncode:
            print(f"{name} skipped: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            continue
        what = f"{name}: {DRAWS:,} × 1,000 × 23, from 100 draws"
        rows.append({"what": what, "seconds": json.loads(done.stdout) * DRAWS})
    return rows


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="the Python of an environment that holds the peers")
    asked = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = [draws_of(1000, times=9)]
    rows[0]["peak_memory_mb_above_import"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    rows += [draws_of(12, times=60), ranges_of(12, times=5), ranges_of(1000, times=1), *peers(asked.peers)]
    for row in rows[4:]:
        row["times_slower_than_ours"] = row["seconds"] / rows[0]["seconds"]
    result = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": platform.machine(),
        "load_at_the_end": os.getloadavg()[0],
        "threads": os.environ.get("OPENBLAS_NUM_THREADS", "default"),
        "rows": rows,
    }
    for row in rows:
        print(row["what"])
        for name, value in row.items():
            if name != "what":
                print(f"    {name:42} {value:.4g}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"written: {RESULTS}", file=sys.stderr)


if __name__ == "__main__":
    main()
