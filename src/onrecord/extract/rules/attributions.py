"""Who said what: a document's attributions, with the places of source, cue and content."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.extract.rules.drafts import AttributionDraft, moved, spans
from onrecord.extract.rules.frames import Candidate, candidates
from onrecord.extract.rules.lexicon import Cues, Lexicon
from onrecord.extract.rules.loading import model
from onrecord.extract.rules.parsing import Paragraph, paragraphs
from onrecord.extract.rules.places import SpanIndex
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.quoting import claims, last_cue
from onrecord.extract.rules.sentences import sentence_of
from onrecord.extract.rules.signatures import is_whole, signer
from onrecord.extract.rules.sources import words_of
from onrecord.extract.rules.turns import of_outlet, signed, transcript
from onrecord.model import Document

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a text ascribes to a source; each part a few spans of the text, in order.

    `kind` is direct (all of it in quotation marks), mixed or indirect.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class ParagraphAttributions:
    """What a paragraph ascribes to sources, and every cue in it that has one."""

    drafts: tuple[AttributionDraft, ...]
    candidates: tuple[Candidate, ...]


def attributions(
    document: Document, nlp: "Language | None" = None
) -> Iterator[Attribution]:
    """Yields what a document ascribes to sources, in the order of the text; raises MissingExtra."""
    text = document.text or ""
    attributor = QuoteAttributor()
    drafts = [
        draft
        for paragraph in paragraphs(text, nlp or model())
        for draft in attributor.attribute(paragraph).drafts
    ]
    for draft in drafts:
        if draft.content and draft.source:
            yield Attribution(
                draft.source,
                draft.cue,
                tuple(sorted(draft.content)),
                kind(text, draft),
            )


def kind(text: str, draft: AttributionDraft) -> str:
    """Direct, mixed or indirect, by the marks around the content."""
    unquoted = quoted = 0
    for start, end in draft.content:
        part = text[start:end]
        if re.match(r"[“\"‘'”]", part) and re.search(r"[”\"’'“]$|[^.]$", part):
            quoted += 1
        else:
            unquoted += 1
            quoted += bool(re.search(r"[“\"]", part))
    return "indirect" if not quoted else "mixed" if unquoted else "direct"


class QuoteAttributor:
    """Hears a text paragraph by paragraph, and remembers who spoke last and who is about to be quoted."""

    def __init__(self, table: Cues | None = None) -> None:
        self.table = table or Lexicon.shipped().cues
        self._handed: AttributionDraft | None = None
        self._last: AttributionDraft | None = None
        self._unsigned: AttributionDraft | None = None

    def attribute(self, paragraph: Paragraph) -> ParagraphAttributions:
        """A paragraph's attributions; the content of the last one may grow when the next paragraph is heard."""
        possible = list(
            _outside(paragraph, candidates(paragraph.doc, self.table))
        )
        made = {
            candidate.cue.i: begun(paragraph, candidate)
            for candidate in possible
            if not paragraph.quoted(candidate.cue)
        }
        for quote, cue in claims(paragraph, possible):
            speaker = (
                made[cue.cue.i]
                if cue is not None
                else self._speaker(paragraph, quote, made)
            )
            if speaker is not None:
                speaker.claim(paragraph, quote)
            self._last, self._handed = speaker or self._last, None
        kept = _outermost([draft for draft in made.values() if draft.content])
        turn = (
            transcript(paragraph) or signed(paragraph) or of_outlet(paragraph)
        )
        if turn is None:
            kept += self._sign(paragraph, kept)
        else:
            others = [draft for draft in kept if not _within(draft, turn)]
            kept = [turn, *others]
        self._handed = self._hand_over(paragraph, possible, made, kept)
        self._last = (
            turn or self._handed or (self._last if paragraph.quotes else None)
        )
        return ParagraphAttributions(tuple(kept), tuple(possible))

    def _sign(
        self, paragraph: Paragraph, kept: list[AttributionDraft]
    ) -> list[AttributionDraft]:
        """Gives the quotation before a signature to who signs it; one that nobody has may yet be signed."""
        unsigned, self._unsigned = self._unsigned, None
        name = signer(paragraph) if unsigned is not None else None
        if unsigned is not None and name is not None:
            unsigned.candidate = None
            unsigned.source = moved([name], paragraph.start)
            unsigned.cue = unsigned.source
            return []
        if not is_whole(paragraph):
            return []
        if kept:
            self._unsigned = kept[0]
            return []
        self._unsigned = AttributionDraft(paragraph, None, (), ())
        self._unsigned.claim(paragraph, (0, len(paragraph.text)))
        return [self._unsigned]

    def _speaker(
        self,
        paragraph: Paragraph,
        quote: Span,
        made: dict[int, AttributionDraft],
    ) -> AttributionDraft | None:
        """Whose a quotation without a cue is: theirs who are about to be quoted, else theirs who spoke last.

        Who is told of right before it has spoken last.
        """
        if self._handed is not None:
            return self._handed
        told = _told_before(paragraph, quote, made.values())
        last = told or self._last
        if (
            last is not None
            and last.paragraph is not paragraph
            and paragraph.text[: quote[0]].strip()
        ):
            return None
        if last is None or (last is self._last and last.paragraph is paragraph):
            return last
        again = AttributionDraft(
            paragraph, last.candidate, last.source, last.cue
        )
        made[-1 - quote[0]] = again
        return again

    @staticmethod
    def _hand_over(
        paragraph: Paragraph,
        possible: list[Candidate],
        made: dict[int, AttributionDraft],
        kept: list[AttributionDraft],
    ) -> AttributionDraft | None:
        cue = last_cue(paragraph, possible)
        if cue is None:
            return None
        if made[cue.cue.i] not in kept:
            kept.append(made[cue.cue.i])
        return made[cue.cue.i]


def _told_before(
    paragraph: Paragraph, quote: Span, drafts: Iterable[AttributionDraft]
) -> AttributionDraft | None:
    """What somebody is told to have said in the sentence that ends where a quotation begins: "She said it was. “…”"."""
    for draft in drafts:
        candidate = draft.candidate
        if candidate is None or not draft.content:
            continue
        if candidate.entry.kind != "verb" or candidate.frame != "that":
            continue
        if candidate.cue.doc is not paragraph.doc:
            continue
        end = sentence_of(candidate.cue).end
        is_next = end <= quote[0] and not paragraph.text[end : quote[0]].strip()
        if is_next:
            return draft
    return None


def _outside(
    paragraph: Paragraph, possible: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Candidates; who says something does not stand in what is said: “I hate it,” said Ada."""
    for candidate in possible:
        cue = candidate.cue
        if paragraph.quoted(cue) or not paragraph.quoted(candidate.source):
            yield candidate
            continue
        subjects = (word for word in cue.children if word.dep_ == "nsubj")
        outside = [word for word in subjects if not paragraph.quoted(word)]
        if outside:
            yield replace(candidate, source=outside[0])


def begun(paragraph: Paragraph, candidate: Candidate) -> AttributionDraft:
    """The attribution of a candidate, with its own content."""
    by = paragraph.start
    draft = AttributionDraft(
        paragraph,
        candidate,
        moved(spans(words_of(candidate.source)), by),
        moved(spans([candidate.cue]), by),
    )
    for span in _content(paragraph, candidate):
        draft.claim(paragraph, span)
    return draft


def _content(paragraph: Paragraph, candidate: Candidate) -> Iterator[Span]:
    """The candidate's own content, each part stretched to the whole of a quotation that it cuts."""
    apart = {candidate.cue}
    for start, end in spans(
        word for word in candidate.content if word not in apart
    ):
        cut = [
            quote
            for quote in paragraph.quotes
            if quote[0] < end and start < quote[1]
        ]
        trimmed = _trimmed(
            paragraph.text,
            min([start, *(a for a, _ in cut)]),
            max([end, *(b for _, b in cut)]),
        )
        if trimmed is not None:
            yield trimmed


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A span without the commas around it; None where it holds no letter."""
    while start < end and text[start] in " ,;:":
        start += 1
    while start < end and text[end - 1] in " ,;:":
        end -= 1
    return (
        (start, end)
        if any(character.isalnum() for character in text[start:end])
        else None
    )


def _within(inner: AttributionDraft, outer: AttributionDraft) -> bool:
    return all(
        any(a <= start < b for a, b in outer.content) for start, _ in inner.cue
    )


def _outermost(drafts: list[AttributionDraft]) -> list[AttributionDraft]:
    """What is not part of what another one says: a report of a report is one attribution."""
    index: SpanIndex[AttributionDraft] = SpanIndex()
    for draft in drafts:
        for span in draft.content:
            index.add(span, draft)
    for draft in drafts:
        for other in _around(draft, index):
            if _adds_to(draft, other):
                other.cut(draft.cue[0][0] - 1)
                draft.source = other.source
                draft.candidate = _with_source(draft.candidate, other.candidate)
    return [
        draft
        for draft in drafts
        if not any(_within(draft, other) for other in _around(draft, index))
    ]


def _around(
    draft: AttributionDraft, index: SpanIndex[AttributionDraft]
) -> list[AttributionDraft]:
    """The others in whose words its cue stands, or did."""
    places = (start for start, _ in draft.cue[:1])
    others = (other for place in places for other in index.covering(place))
    return [other for other in others if other is not draft]


def _with_source(
    candidate: Candidate | None, other: Candidate | None
) -> Candidate | None:
    """A participle's candidate with the source of what it adds to."""
    if candidate is None or other is None:
        return candidate
    return replace(candidate, source=other.source)


def _adds_to(draft: AttributionDraft, other: AttributionDraft) -> bool:
    """Whether `each` is a participle after a comma ("…, adding that …") that the parser hung into what `other` says."""
    cue = draft.candidate.cue if draft.candidate else None
    if (
        cue is None
        or cue.tag_ != "VBG"
        or cue.i == 0
        or cue.nbor(-1).lower_ != ","
        or not _within(draft, other)
    ):
        return False
    return (
        draft.candidate is not None
        and draft.candidate.frame in {"that", "quote"}
        and other.cue < draft.cue
    )
