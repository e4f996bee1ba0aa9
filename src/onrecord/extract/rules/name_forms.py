"""The forms by which somebody may be called, and whether a form is a name where it stands."""

import re
from collections.abc import Iterable
from functools import lru_cache

from onrecord.extract.extractor import KnownEntity
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.parsing import Paragraph

WORD = re.compile(r"[\w][\w.&’'+-]*(?:!(?=\s))?")
HONOUR = re.compile(
    r"(?:[A-Z]\w+ )*(?:(?:and|&) (?:[A-Z]\w+ )+)?"
    r"(?:Hall of Famer|[Nn]ominee|[Ll]aureate|[Ww]inner)s?\b"
)
"""What honour somebody has, by which he goes: "the Rock and Roll Hall of Famer"."""
COMMON = frozenset(
    {
        "her",
        "it",
        "them",
        "us",
        "uprising",
        "here",
        "up",
        "parasite",
        "gravity",
        "lucy",
    }
)


@lru_cache(maxsize=4)
def beside(lexicon: Lexicon) -> frozenset[str]:
    """Words with a capital that may stand beside a last name and are no part of it."""
    posts = {word for title in lexicon.titles for word in title.split()}
    return frozenset(posts | set(lexicon.kinds["before"]))


@lru_cache(maxsize=1024)
def last_names(label: str) -> tuple[str, ...]:
    """The forms by which a person named in full may be called: "Mason", "Mason Jr."."""
    from nameparser import HumanName  # noqa: PLC0415  of the same extra as spaCy

    first, _, rest = label.partition(" ")
    if not rest:
        return ()
    name = HumanName(label)
    words = rest.split()
    ends = [" ".join(words[start:]) for start in range(len(words))]
    forms = dict.fromkeys((words[-1], name.last, *ends))
    suffixes = name.suffix.split(", ") if name.suffix else []
    for suffix in suffixes:
        forms.pop(suffix, None)
        forms[f"{name.last} {suffix}"] = None
    return tuple(form for form in forms if form and form != first)


def text_ahead(text: str, start: int) -> str:
    """What stands right before a place."""
    return text[max(0, start - AHEAD) : start]


AHEAD = 80
"""Characters before a name that may tell what it is."""


def first_words(forms: Iterable[str]) -> dict[str, int]:
    """How many words the longest form has, by the first word of forms: most words of a text begin none."""
    longest: dict[str, int] = {}
    count_words(forms, longest)
    return longest


def count_words(forms: Iterable[str], longest: dict[str, int]) -> None:
    """Adds forms to how many words the longest one has, by its first word."""
    for form in forms:
        words = WORD.findall(form)
        if words:
            first = folded(words[0])
            longest[first] = max(
                longest.get(first, 1), len(words), len(form.split())
            )


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """A name as two spellings of it are compared."""
    return " ".join(name.replace("’", "'").strip(".,'").split()).casefold()


THE = "the "


def is_name(form: str, known: KnownEntity) -> bool:
    """A form counts only where it is written as a name: with a capital, or just as the registry has it."""
    if known.cls == "Group":
        return form == known.label or form in known.aliases
    if form.casefold() in COMMON and form not in {known.label, *known.aliases}:
        return False
    bare = form[len(THE) :] if form.lower().startswith(THE) else form
    return (
        bare[:1].isupper()
        or bare[:1].isdigit()
        or form in {known.label, *known.aliases}
    )


def ends_name(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a word like "Studios" is the end of a longer name."""
    return (
        text[start:end].lower() in lexicon.kinds["last"]
        and re.search(r"[A-Z][\w’'-]* $", text_ahead(text, start)) is not None
    )


BODIES = frozenset({"GovernmentBody", "Organization"})
CAPITAL_BEFORE = re.compile(r"([A-Z][\w’'-]*) $")
CAPITAL_AFTER = re.compile(r" (?:in|of|for) (?:the )?([A-Z][\w’'-]*)")
"""Whose or where a body is: "the High Court in Nairobi"."""


def is_of_another(
    text: str, place: tuple[int, int], known: KnownEntity, lexicon: Lexicon
) -> bool:
    """Whether a short form that many bodies go by is another's here: "the Madras High Court"."""
    start, end = place
    form = text[start:end]
    last = form.rpartition(" ")[2].lower()
    if known.cls not in BODIES or last not in lexicon.kinds["last"]:
        return False
    if form == known.label:
        return False
    own = " ".join((known.label, *known.aliases))
    before = CAPITAL_BEFORE.search(text_ahead(text, start))
    after = CAPITAL_AFTER.match(text, end)
    beside = [match[1] for match in (before, after) if match is not None]
    return any(word not in own and word.lower() not in FIRST for word in beside)


def stands_as_name(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether a word that may be none ("Believe it or not") is a name here, by its part of speech."""
    span = paragraph.doc.touching(start, end)
    return span is None or any(word.pos_ in {"PROPN", "NOUN"} for word in span)


def stands_alone(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a last name or short form is no part of a longer name: "Jane Example", "Example Street"."""
    ahead = text_ahead(text, start)
    before = re.search(r"([A-Z][\w.’'-]*) $", ahead)
    after = re.match(r" ([A-Z][\w-]*)", text[end:])
    if (
        before is not None
        and before[1].endswith(".")
        and len(before[1]) > LONGEST_TITLE
    ):
        before = None  # the end of the sentence before
    first = before is not None and (
        before.start() == 0
        or ahead[: before.start()].rstrip()[-1:] in '.?!“"”:'
    )
    alone = (
        before is None
        or (first and before[1].lower() in FIRST)
        or before[1].strip(".’'").lower() in beside(lexicon)
    )
    return alone and (
        after is None
        or _stands_beside(after[1].lower(), lexicon)
        or text[start:end].endswith(("'s", "’s"))
    )


def _stands_beside(word: str, lexicon: Lexicon) -> bool:
    """Whether a word behind a name is a post or the like, and ends no longer name: "Harbor Music"."""
    ends_longer = word in lexicon.kinds["last"] and word != "ai"
    return word in beside(lexicon) and not ends_longer


LONGEST_TITLE = 5
"""Letters of a title before a name, with its full stop: "Prof."."""
FIRST = frozenset({
    "the", "but", "and", "when", "while", "after", "before", "in", "at", "for", "as", "if", "both", "said", "says",
    "asked", "yet", "so", "then", "with", "like", "to", "a", "an", "another", "no", "one", "some", "this", "that",
    "its", "their", "our", "his", "her", "my", "from", "by", "of", "on", "since", "until", "because", "although",
    "though", "once", "now", "or", "not", "only", "even", "unlike", "under", "among",
})  # fmt: skip
"""Words that may stand before a name at a sentence's beginning."""
POSSESSIVE = re.compile(r"[’']s?$")
POSSESSIVE_ENDS = frozenset("s’'")


def bare_too(form: str) -> tuple[str, ...]:
    """A form, and without the "’s" that it may end with."""
    if form[-1:] not in POSSESSIVE_ENDS:
        return (form,)
    bare = POSSESSIVE.sub("", form)
    return (form, bare) if bare != form else (form,)
