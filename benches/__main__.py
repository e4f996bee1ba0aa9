"""Runs the benches named on the command line, or all of them.

`python -m benches stores --triples 100000` sets ONRECORD_TRIPLES, as each option sets the variable of its name.
"""

import os
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


def named(words: list[str]) -> list[str]:
    """The names among the words of a command line, whose options become variables of the environment."""
    names: list[str] = []
    left = iter(words)
    for word in left:
        if not word.startswith("--"):
            names.append(word)
            continue
        option, equals, value = word.removeprefix("--").partition("=")
        value = value if equals else next(left, "")
        if not value:
            sys.exit(f"{word}: write a value after it")
        os.environ[f"ONRECORD_{option.upper().replace('-', '_')}"] = value
    return names


if __name__ == "__main__":
    run(named(sys.argv[1:]))
