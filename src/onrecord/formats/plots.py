"""Discourse networks as plots in SVG: stances by topic, a dendrogram, polarization over time.

Drawn without a display and without a time stamp, so that the same network gives the same file.
"""

import io
from typing import TYPE_CHECKING, Any

from onrecord.discourse.arrays import Array, np
from onrecord.discourse.choice import DiscourseNetwork
from onrecord.discourse.clusters import linkage_of
from onrecord.discourse.polarization import polarization
from onrecord.discourse.tables import stance_name
from onrecord.model.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = {
    "supportive": "#0072B2",
    "conditional": "#7818D8",
    "critical": "#C24E00",
}
HATCHES = {"conditional": "////", "critical": "...."}
MOST_BARS, MOST_LEAVES = 20, 60


def plot(network: DiscourseNetwork) -> bytes:
    """The plot that fits the network, as SVG.

    Of affiliation, bars of stances by concept; of ties, the dendrogram of their average linkage; of slices of time, the
    polarization of each, with free and balanced camps. Raises BadInput where there is nothing to draw, MissingExtra.
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415  a second, for this function alone
    except ModuleNotFoundError as error:
        what = "what draws plots (matplotlib)"
        raise MissingExtra(what, "discourse") from error
    # A name with two dollar signs is a name, and no formula.
    with mpl.rc_context({"text.parse_math": False}):
        return _svg(_drawn(network))


def _drawn(network: DiscourseNetwork) -> "Figure":
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(8, 6), layout="constrained")
    if network.slots:
        _over_time(figure, network)
    elif network.ties is None:
        _bars(figure, network)
    else:
        _dendrogram(figure, network)
    return figure


def _svg(figure: "Figure") -> bytes:
    import matplotlib as mpl  # noqa: PLC0415

    stream = io.BytesIO()
    # Text stays text, ids follow from a word of ours, and nothing tells when it was drawn.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "onrecord"}):
        figure.savefig(
            stream, format="svg", metadata={"Date": None, "Creator": "onrecord"}
        )
    return stream.getvalue()


def _bars(figure: "Figure", network: DiscourseNetwork) -> None:
    """A bar a concept, parted by level; the most used ones on top."""
    tensor = network.tensor
    deep = len(tensor.levels)
    counts = np.asarray(tensor.cells.sum(axis=0)).reshape(
        len(tensor.concepts), deep
    )
    order = np.lexsort((np.arange(len(counts)), -counts.sum(axis=1)))[
        :MOST_BARS
    ][::-1]
    if not len(order):
        _nothing()
    figure.set_size_inches(8, 1.2 + 0.3 * len(order))
    axes = figure.subplots()
    left = np.zeros(len(order))
    for level in range(deep):
        name = stance_name(network, level)
        width = counts[order, level]
        axes.barh(
            [tensor.concepts[at] for at in order],
            width,
            left=left,
            label=name,
            color=COLOURS.get(name),
            hatch=HATCHES.get(name),
            edgecolor="white",
            linewidth=0.5,
        )
        left += width
    _dress(
        axes,
        "Stances by concept",
        "statements, once for each actor and concept",
    )
    figure.legend(loc="outside lower center", ncols=deep, frameon=False)


def _dendrogram(figure: "Figure", network: DiscourseNetwork) -> None:
    """The average linkage of the actors with the strongest ties."""
    from scipy.cluster.hierarchy import dendrogram  # noqa: PLC0415

    assert network.ties is not None  # noqa: S101
    matrix = network.ties.matrix()
    matrix.data = np.maximum(matrix.data, 0.0)
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    strength: Array = np.asarray(matrix.sum(axis=1)).ravel()
    kept = np.sort(
        np.lexsort((np.arange(len(strength)), -strength))[:MOST_LEAVES]
    )
    kept = kept[strength[kept] > 0]
    if len(kept) < 2:  # noqa: PLR2004  one leaf makes no tree
        _nothing()
    figure.set_size_inches(8, 1.2 + 0.19 * len(kept))
    axes = figure.subplots()
    dendrogram(
        linkage_of(matrix[kept][:, kept]),
        labels=[network.ties.labels[at] for at in kept],
        orientation="left",
        ax=axes,
        color_threshold=0,
        above_threshold_color="#1D1F21",
        leaf_font_size=8,
    )
    part = (
        ""
        if len(kept) == (strength > 0).sum()
        else f", the {len(kept)} most tied"
    )
    _dress(
        axes,
        f"{network.choice.method.capitalize()}: who joins whom first{part}",
        "1 − tie / strongest tie",
    )


def _over_time(figure: "Figure", network: DiscourseNetwork) -> None:
    """Two lines: the polarization of free and of balanced camps, a point a slice."""
    axes = figure.subplots()
    moments: list[Any] = [slot.slice.moment for slot in network.slots]
    for name, balanced, line in (
        ("free camps", False, "-"),
        ("balanced camps", True, "--"),
    ):
        values = []
        for slot in network.slots:
            camps = polarization(slot.slice.tensor, balanced=balanced)
            values.append(camps.normalized)
        axes.plot(moments, values, line, marker="o", markersize=4, label=name)
    axes.set_ylim(0, 1)
    _dress(axes, "Polarization over time", "middle of the window")
    figure.autofmt_xdate()
    axes.legend(frameon=False)


def _dress(axes: Any, title: str, below: str) -> None:  # noqa: ANN401  matplotlib's own types change by release
    axes.set_title(title, loc="left")
    axes.set_xlabel(below)
    axes.spines[["top", "right"]].set_visible(False)


def _nothing() -> None:
    message = (
        "nothing to draw: no statement, or no tie, is left after the filters"
    )
    raise BadInput(message)
