"""What a page says of itself to machines: schema.org in JSON-LD, Open Graph, and its own address."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from onrecord.model.iris import BASE, OURS
from onrecord.model.reading_order import unturned
from onrecord.model.registry import Known
from onrecord.website.address import href, node_iri
from onrecord.website.cards import Card
from onrecord.website.publication import publication
from onrecord.website.static_links import file_of

SCHEMA = "https://schema.org"
TYPES = {
    "person": "Person",
    "company": "Organization",
    "guild": "Organization",
    "ai": "SoftwareApplication",
    "work": "CreativeWork",
    "law": "Legislation",
}
"""The class of schema.org for each way that a kind of entity is drawn."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MOST_LETTERS = 280


@dataclass(frozen=True, slots=True)
class Description:
    """A page's title and summary for who shares it, its picture, and what it is about."""

    title: str
    summary: str
    address: str
    about: Mapping[str, object]
    picture: str = ""
    kind: str = "article"

    @property
    def url(self) -> str:
        """The page's full address, "" where that of the site is not known."""
        name = (
            file_of(self.address) if publication().is_static else self.address
        )
        return publication().absolute((name or "").replace("index.html", ""))

    @property
    def image(self) -> str:
        """The full address of its picture."""
        return (
            publication().absolute(file_of(self.picture) or "")
            if self.picture
            else ""
        )

    @property
    def json_ld(self) -> Markup:
        """What it is about, safe within a script element."""
        text = htmlsafe_json_dumps(
            {"@context": SCHEMA, **self.about},
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        return Markup(unturned(text))  # noqa: S704  as safe as it was


def statement(card: Card, names: Mapping[str, str]) -> Description:
    """A statement: a claim, and the words of its source as a quotation."""
    proof, iri = card.proof, OURS["st"] + card.proof.id
    source: dict[str, object] = {
        "@type": "CreativeWork",
        "name": proof.title,
        "publisher": proof.publisher,
    }
    source |= {"url": proof.url} if _is_web(proof.url) else {}
    source |= {"datePublished": proof.published} if proof.published else {}
    who = [
        {"@id": node_iri(node), "name": names.get(node, node)}
        for node in proof.actors
    ]
    about: dict[str, object] = {
        "@id": iri,
        "@type": "Claim",
        "text": proof.sentence,
        "description": proof.gist,
        "author": who,
        "about": {"@id": node_iri(proof.object)},
        "appearance": source,
        "license": LICENCE,
    }
    if proof.quote:
        quote = {
            "@type": "Quotation",
            "text": proof.quote,
            "spokenByCharacter": who,
        }
        about["hasPart"] = quote
    picture = "/-/share.png"
    return Description(
        proof.sentence, _cut(proof.gist), href(iri) or "", about, picture
    )


def entity(known: Known, drawn: str, facts: Mapping[str, str]) -> Description:
    """A person, an organization, a system, a work or a law."""
    about: dict[str, object] = {
        "@id": known.iri,
        "@type": TYPES.get(drawn, "Thing"),
        "name": known.label,
        "alternateName": sorted(known.aliases),
    }
    summary = (
        facts.get("description") or f"What is on record about {known.label}"
    )
    about["description"] = summary
    if _is_web(facts.get("exactMatch")):
        about["sameAs"] = facts["exactMatch"]
    address = href(known.iri) or ""
    return Description(
        known.label, _cut(summary), address, about, f"{address}.png", "profile"
    )


def dataset(numbers: Mapping[str, object]) -> Description:
    """The graph as a whole."""
    by = publication()
    summary = f"{numbers['statements']} statements from {numbers['documents']} documents"
    about: dict[str, object] = {
        "@id": BASE,
        "@type": "Dataset",
        "name": by.name,
        "description": f"{summary}, each with its source.",
        "license": LICENCE,
        "isAccessibleForFree": True,
    }
    if numbers.get("first"):
        about["temporalCoverage"] = f"{numbers['first']}/{numbers['last']}"
    if by.is_static and by.base:
        file = {
            "@type": "DataDownload",
            "encodingFormat": "application/n-quads",
        }
        about["distribution"] = {
            **file,
            "contentUrl": by.absolute("/-/graph.nq.gz"),
        }
    return Description(by.name, summary, "/", about, "/-/share.png", "website")


def _is_web(url: str | None) -> bool:
    return bool(url) and str(url).lower().startswith(("http://", "https://"))


def _cut(text: str) -> str:
    return (
        text
        if len(text) <= MOST_LETTERS
        else f"{text[: MOST_LETTERS - 1].rstrip()}…"
    )
