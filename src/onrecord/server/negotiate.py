"""Content negotiation (RFC 9110, section 12.5): what a client accepts, against the one table of formats."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.formats.registry import FORMATS

ROWS = ("json", "xml", "csv", "tsv", "table", "markdown")
GRAPHS = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")
DATASETS = ("trig", "nquads", "jsonld")
ALIASES = {
    "json": ("application/json",),
    "xml": ("application/xml", "text/xml"),
    "turtle": ("application/x-turtle", "text/n3"),
    "jsonld": ("application/json",),
    "rdfxml": ("application/xml", "text/xml"),
}
"""Other media types that clients ask for by; a client that does is answered by the name that it used."""
NAMES = {
    "n3": "turtle",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "json-ld": "jsonld",
    "nt": "ntriples",
    "nq": "nquads",
}
"""Other names that clients write into `format=`."""
TWINS = {"json": "jsonld", "xml": "rdfxml", "jsonld": "json", "rdfxml": "xml"}
"""What stands for a format of rows where the answer is a graph, and for one of graphs where it is rows."""
MOST_RANGES = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """A format by its name in the table, and the media type that it is sent by."""

    form: str
    media_type: str


def choose(request: Request, forms: Sequence[str]) -> Offer:
    """The best of `forms` for `?format=` or the Accept header; the first one where all are equal.

    Raises HTTPException 406 where the client takes none of them, 400 for a format that nobody knows.
    """
    named = request.query_params.get("format")
    if named:
        return by_name(named, forms)
    kind = best(request.headers.getlist("accept"), [*_offers(forms)])
    if kind is None:
        kinds = ", ".join(FORMATS[form].media_type for form in forms)
        raise HTTPException(
            406,
            f"there is no answer in a format that you accept; there are {kinds}",
        )
    return kind


def by_name(named: str, forms: Sequence[str]) -> Offer:
    """The format that a client writes by its name or its media type; raises HTTPException 400 or 406."""
    by_type = {offer.media_type: offer for offer in _offers(forms)}
    if kind := by_type.get(named):
        return kind
    name = NAMES.get(named.lower(), named.lower())
    name = name if name in forms else TWINS.get(name, name)
    if name not in forms:
        known = name in FORMATS
        raise HTTPException(
            406 if known else 400,
            f"no {named} for this answer; format= may be {', '.join(forms)}",
        )
    return Offer(name, FORMATS[name].media_type)


def best(accept: Iterable[str], offers: Sequence[Offer]) -> Offer | None:
    """The offer of the highest quality, the first of equal ones; None where all have none."""
    ranges = [*_ranges(",".join(accept))] or [("*/*", 1.0)]
    qualities = [
        (_quality(offer.media_type, ranges), offer) for offer in offers
    ]
    highest = max((quality for quality, _ in qualities), default=0)
    return (
        next(
            (offer for quality, offer in qualities if quality == highest), None
        )
        if highest > 0
        else None
    )


def best_coding(accept: Iterable[str]) -> str:
    """`gzip` where the client takes it, else `identity` (RFC 9110, section 12.5.3)."""
    wanted = {}
    for range_ in ",".join(accept).split(",", MOST_RANGES)[:MOST_RANGES]:
        name, *parameters = (part.strip().lower() for part in range_.split(";"))
        wanted[name] = _weight(parameters)
    return "gzip" if wanted.get("gzip", wanted.get("*", 0)) > 0 else "identity"


def prefers_html(request: Request) -> bool:
    """Whether a browser asks: one names text/html, which no program does."""
    ranges = dict(_ranges(",".join(request.headers.getlist("accept"))))
    return ranges.get("text/html", 0) > 0 and ranges["text/html"] >= max(
        ranges.values()
    )


def _offers(forms: Sequence[str]) -> Iterator[Offer]:
    """The table's own media types before the other ones."""
    yield from (Offer(form, FORMATS[form].media_type) for form in forms)
    yield from (
        Offer(form, media_type)
        for form in forms
        for media_type in ALIASES.get(form, ())
    )


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Each media range with its quality; one that is malformed counts as not written."""
    for range_ in accept.split(",", MOST_RANGES)[:MOST_RANGES]:
        name, *parameters = (part.strip().lower() for part in range_.split(";"))
        if name.count("/") == 1:
            yield name, _weight(parameters)


def _weight(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality of the most specific range that holds the media type."""
    for wanted in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        qualities = [quality for name, quality in ranges if name == wanted]
        if qualities:
            return max(qualities)
    return 0.0
