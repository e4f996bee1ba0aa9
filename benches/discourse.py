"""Discourse networks against the field's own numbers, and against the bare product of the same matrix.

The numbers lie in ../shared/benchmarks/discourse (ONRECORD_SHARED names another place for ../shared); without them
that part is left out, and said. A million synthetic statements: 20,000 actors and 5,000 concepts, both Zipf-distributed
so that a few per cent of the pairs are tied.
"""

import json
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import sparse

from onrecord.discourse.choice import Choice, network
from onrecord.discourse.polarization import polarization
from onrecord.discourse.read import coded_question, discourse_of
from onrecord.discourse.statements import prepare
from onrecord.discourse.tensor import Tensor, distances
from onrecord.discourse.ties import ties
from onrecord.editing import add
from onrecord.formats.dna import dna
from onrecord.ingest.dna import coding
from onrecord.querying.ask import Graph
from onrecord.workspace import init

PLACE = (
    Path(os.environ.get("ONRECORD_SHARED", "../shared"))
    / "benchmarks"
    / "discourse"
)
VARIABLES = "organization,concept,agreement"
LEFT_OUT = (
    "There should be legislation to regulate emissions.",
    "Senate",
    "Sierra Club",
)
MODES = {"twomode": "affiliation", "onemode": "", "concept": ""}
SECTION = coded_question(VARIABLES).replace(
    ":sha256 ?hash", ':sha256 ?hash ; :section "1"'
)
SMOOTH = Choice(
    duplicates="include", variables=VARIABLES, window="8d", kernel="gaussian"
)
STATEMENTS, ACTORS, CONCEPTS = 1_000_000, 20_000, 5_000
EXPONENTS = (1.3, 0.6)
"""Of actors and of concepts."""


def main() -> None:
    """Both parts, one after the other."""
    if (PLACE / "reference.json").is_file():
        reference()
    else:
        print(
            f"  {PLACE} is not there: the comparison with the field's own numbers is left out"
        )
    product()


def reference() -> None:
    """Every matrix of the reference, by way of the graph and SPARQL, and the round trip of the database."""
    told = json.loads((PLACE / "reference.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        where = init(Path(folder) / "study")
        add([PLACE / "sample.dna"], workspace=where)
        graph = Graph(where)
        compare(graph, told)
        scopes(graph, told)
        over_time(graph, told)
        camps(graph, told)
        trip(Path(folder))


def compare(graph: Graph, told: dict) -> None:
    """Two-mode, one-mode and concept matrices, cell by cell."""
    worst, count = 0.0, 0
    kernel = network(graph, SMOOTH).slots
    ends = {
        "kernel_gauss8_congruence_first": kernel[0],
        "kernel_gauss8_congruence_last": kernel[-1],
    }
    for name, expected in told.items():
        mode, *rest = name.split("_")
        if name in ends:
            matrix = ends[name].ties.matrix()
        elif mode in MODES:
            found = network(graph, choice(mode, *rest))
            matrix = found.matrix if found.ties is None else found.ties.matrix()
        else:
            continue
        worst = max(
            worst, float(np.abs(matrix.toarray() - expected["matrix"]).max())
        )
        count += 1
    print(
        f"  {count} matrices of the reference: greatest difference {worst:.1e} (at most 1e-9)"
    )


def choice(
    mode: str, aggregation: str, normalization: str, extra: str = ""
) -> Choice:
    """What a name of the reference asks for."""
    return Choice(
        method=MODES[mode] or aggregation,
        aggregate=aggregation,
        of="concepts" if mode == "concept" else "actors",
        normalize="none" if normalization == "no" else normalization,
        duplicates="document" if extra == "dupdocument" else "include",
        without=LEFT_OUT if extra == "excl" else (),
        **(
            {"question": SECTION}
            if extra == "section1"
            else {"variables": VARIABLES}
        ),
    )


def scopes(graph: Graph, told: dict) -> None:
    """How many statements each scope of duplicates keeps."""
    coded = discourse_of(graph, coded_question(VARIABLES)).coded
    for name, ignore in (
        ("statements_after_duplicates", False),
        ("statements_after_duplicates_ignore", True),
    ):
        found = {
            each: len(prepare(coded, duplicates=each, ignore_qualifier=ignore))
            for each in told[name]
        }
        print(
            f"  {name}: {'the same' if found == told[name] else f'{found}, not {told[name]}'}"
        )


def over_time(graph: Graph, told: dict) -> None:
    """Sharp windows and a kernel of eight days."""
    plain = Choice(duplicates="include", variables=VARIABLES, window="8d")
    slots = network(graph, plain).slots
    found = [
        [str(s.slice.moment), s.slice.statements, float(s.ties.matrix().sum())]
        for s in slots
    ]
    print(
        f"  windows of 8 days: {'the same' if found == told['window8days_congruence'] else found}"
    )
    sums = np.array(
        [float(s.ties.matrix().sum()) for s in network(graph, SMOOTH).slots]
    )
    off = float(np.abs(sums - told["kernel_gauss8_congruence_sums"]).max())
    print(f"  gaussian kernel: greatest difference {off:.1e}")
    for kernel in ("uniform", "epanechnikov", "triangular"):
        off = kernel_difference(
            graph, kernel, told[f"kernel_{kernel}8_subtract_average_sums"]
        )
        print(
            f"  {kernel} kernel, DNA's average: greatest difference {off:.1e}"
        )


def kernel_difference(graph: Graph, kernel: str, told: list[float]) -> float:
    """How far the sums of a kernel's slices are from the reference, with `--dna-compat`."""
    asked = replace(
        SMOOTH,
        method="subtract",
        normalize="average",
        kernel=kernel,
        dna_compat=True,
    )
    sums = np.array(
        [
            float(slot.ties.matrix().sum())
            for slot in network(graph, asked).slots
        ]
    )
    return float(np.abs(sums - told).max())


def camps(graph: Graph, told: dict) -> None:
    """The best camps of equal and of any size."""
    tensor = network(
        graph, Choice(duplicates="include", variables=VARIABLES)
    ).tensor
    for name, balanced in (
        ("best_balanced_4_3", True),
        ("best_any_size", False),
    ):
        found = polarization(tensor, balanced=balanced).normalized
        print(
            f"  polarization, {name}: {found:.7f}, reference {told['polarization_absdiff_static'][name][1]:.7f}"
        )


def trip(folder: Path) -> None:
    """The sample in and out again."""
    first = coding(PLACE / "sample.dna")
    again = folder / "again.dna"
    again.write_bytes(dna(first))
    second = coding(again)
    kept = all(
        getattr(first, part) == getattr(second, part)
        for part in (
            "types",
            "variables",
            "coders",
            "entities",
            "documents",
            "statements",
            "regexes",
        )
    )
    print(f"  out and in again: {'the same' if kept else 'not the same'}")


def product() -> None:
    """Congruence with average normalization, as a ratio to X Xᵀ."""
    tensor = synthetic()
    start = time.perf_counter()
    bare = tensor.cells @ tensor.cells.T
    plain = time.perf_counter() - start
    share = bare.nnz / ACTORS**2
    del bare
    start = time.perf_counter()
    found = ties(tensor, "congruence", "average")
    ours = time.perf_counter() - start
    pairs = found.upper.tocoo()
    start = time.perf_counter()
    for at in range(0, len(found), max(len(found) // 100, 1)):
        found.statements(int(pairs.row[at]), int(pairs.col[at]))
    looked_up = (time.perf_counter() - start) / 100
    print(
        f"  {STATEMENTS:,} statements, {share:.1%} of pairs tied: {len(found):,} ties"
    )
    print(
        f"  bare product {plain:.2f} s, congruence {ours:.2f} s: ratio {ours / plain:.2f} (at most 3)"
    )
    print(
        f"  statements of a tie: {1000 * looked_up:.2f} ms, the first index included"
    )


def synthetic() -> Tensor:
    """X of a million statements, both levels of a boolean qualifier."""
    random = np.random.default_rng(1)
    actor, concept = (
        random.choice(size, STATEMENTS, p=zipf(size, exponent))
        for size, exponent in zip((ACTORS, CONCEPTS), EXPONENTS, strict=True)
    )
    level = random.integers(0, 2, STATEMENTS)
    column = concept * 2 + level
    cells = sparse.csr_array(
        (np.ones(STATEMENTS), (actor, column)), shape=(ACTORS, CONCEPTS * 2)
    )
    number = np.arange(STATEMENTS)
    actors, concepts = (
        tuple(map(str, range(size))) for size in (ACTORS, CONCEPTS)
    )
    rows = np.stack([number, actor, concept, level], axis=1)
    return Tensor(
        actors,
        concepts,
        (0, 1),
        distances((0, 1), "boolean"),
        cells,
        cells,
        number,
        rows,
    )


def zipf(size: int, exponent: float) -> np.ndarray:
    """Shares that fall with the rank."""
    weights = 1 / np.arange(1, size + 1) ** exponent
    return weights / weights.sum()
