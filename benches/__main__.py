"""Runs the benches named on the command line, or all of them."""

import sys
from importlib import import_module
from pathlib import Path

HELPERS = {
    "__init__",
    "__main__",
    "calibrate",
    "disguise",
    "grow",
    "load",
    "measure",
    "servers",
}


def benches() -> list[str]:
    """The names of all benches."""
    return sorted(
        path.stem
        for path in Path(__file__).parent.glob("*.py")
        if path.stem not in HELPERS
    )


def run(names: list[str]) -> None:
    """Runs them one after the other."""
    unknown = set(names) - set(benches())
    if unknown:
        sys.exit(
            f"no bench is called {', '.join(sorted(unknown))}; there are {', '.join(benches())}"
        )
    for name in names or benches():
        bench = import_module(f"benches.{name}")
        print(f"\n{name}: {(bench.__doc__ or '').splitlines()[0]}", flush=True)
        bench.main()


if __name__ == "__main__":
    run(sys.argv[1:])
