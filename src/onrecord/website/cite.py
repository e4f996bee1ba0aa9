"""How a statement is cited: as text, in BibTeX, RIS and CSL-JSON. What is cited is the source; the record is named."""

import json
import re
from urllib.parse import quote

from onrecord.model.iris import OURS
from onrecord.website.cards import Card

TEX = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%"}
    | {
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\^{}",
    }
)
BREAK = re.compile(r"\s+")


def citations(card: Card) -> list[tuple[str, str, str]]:
    """The citation in each form, as its name, the text, and an address that saves it."""
    forms = {
        "BibTeX": (bibtex(card), "application/x-bibtex", "bib"),
        "RIS": (ris(card), "application/x-research-info-systems", "ris"),
        "CSL-JSON": (csl(card), "application/json", "json"),
    }
    return [
        (
            name,
            f"{card.proof.id}.{suffix}",
            f"data:{kind};charset=utf-8,{quote(text)}",
        )
        for name, (text, kind, suffix) in forms.items()
    ]


def plain(card: Card) -> str:
    """The citation as a sentence."""
    proof = card.proof
    date = proof.published or "undated"
    at = f" {proof.url}" if proof.url else ""
    record = OURS["st"] + proof.id
    return f"{_line(proof.title)}. {_line(proof.publisher)}, {date}.{at} (on record: {record})"


def bibtex(card: Card) -> str:
    """The citation in BibTeX."""
    proof = card.proof
    fields = {
        "title": _line(proof.title).translate(TEX),
        "organization": _line(proof.publisher).translate(TEX),
        "year": (proof.published or "")[:4],
        "url": _line(proof.url or "").replace("{", "%7B").replace("}", "%7D"),
        "note": f"On record: {OURS['st']}{proof.id}",
    }
    lines = [
        f"  {name} = {{{value}}}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@online{{onrecord-{proof.id},", *lines, "}", ""])


def ris(card: Card) -> str:
    """The citation in RIS."""
    proof = card.proof
    date = (proof.published or "").replace("-", "/")
    fields = [
        ("TY", "ELEC"),
        ("TI", _line(proof.title)),
        ("PB", _line(proof.publisher)),
        ("PY", date[:4]),
        ("DA", date),
        ("UR", _line(proof.url or "")),
        ("N1", f"On record: {OURS['st']}{proof.id}"),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(card: Card) -> str:
    """The citation in CSL-JSON."""
    proof = card.proof
    item: dict[str, object] = {
        "id": f"onrecord-{proof.id}",
        "type": "webpage",
        "title": proof.title,
        "publisher": proof.publisher,
        "note": f"On record: {OURS['st']}{proof.id}",
    }
    if proof.url:
        item["URL"] = proof.url
    if proof.published:
        parts = list(map(int, proof.published.split("-")))
        item["issued"] = {"date-parts": [parts]}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _line(text: str) -> str:
    return BREAK.sub(" ", text).strip()
