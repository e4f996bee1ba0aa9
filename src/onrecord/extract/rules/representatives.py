"""Who speaks for somebody else: a spokesperson, a board, an estate, a body named by a noun."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.groups import phrase_start
from onrecord.extract.rules.mentions import AGENTS, Mention
from onrecord.extract.rules.naming import Namer
from onrecord.extract.rules.person_signs import HUMAN
from onrecord.extract.rules.quotations import Span
from onrecord.extract.rules.references import resolve
from onrecord.extract.rules.regions import regions
from onrecord.extract.rules.role_nouns import bearer, named_beside
from onrecord.extract.rules.sources import child

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token

BOARDS = frozenset(
    [
        "board",
        "governors",
        "management",
        "leaders",
        "leadership",
        "office",
        "members",
        "membership",
        "lawyers",
        "attorneys",
        "counsel",
        "account",
        "website",
        "committee",
        "delegates",
        "negotiators",
        "trustees",
        "bosses",
    ]
)
"""Nouns that speak or act for the organization that they belong to."""
LAWYERS = frozenset(
    [
        "attorney",
        "attorneys",
        "camp",
        "counsel",
        "lawyer",
        "lawyers",
        "publicist",
        "publicists",
        "team",
    ]
)
"""Boards that people have, too."""
OWNING = frozenset({"of", "for"})
PLACING = frozenset({"in", "of"})
ESTATES = frozenset({"estate", "family", "heirs"})
"""Nouns for those who speak for a person, most often a dead one."""
BODIES = {
    "authority": "GovernmentBody",
    "bureau": "GovernmentBody",
    "government": "GovernmentBody",
    "subcommittee": "GovernmentBody",
    "tribunal": "GovernmentBody",
    "watchdog": "GovernmentBody",
    "committee": "GovernmentBody",
    "commission": "GovernmentBody",
    "ministry": "GovernmentBody",
    "department": "GovernmentBody",
    "court": "GovernmentBody",
    "parliament": "GovernmentBody",
    "senate": "GovernmentBody",
    "regulator": "GovernmentBody",
    "union": "Guild",
    "guild": "Guild",
    "association": "TradeBody",
    "chamber": "TradeBody",
    "federation": "TradeBody",
    "academy": "Organization",
    "alliance": "Organization",
    "archive": "Organization",
    "charity": "Organization",
    "coalition": "Organization",
    "council": "Organization",
    "foundation": "Organization",
    "fund": "Organization",
    "institute": "Organization",
    "jury": "Organization",
    "library": "Organization",
    "museum": "Organization",
    "opera": "Organization",
    "orchestra": "Organization",
    "organisation": "Organization",
    "organization": "Organization",
    "school": "Organization",
    "society": "Organization",
    "syndicate": "Guild",
    "theater": "Organization",
    "theatre": "Organization",
    "university": "Organization",
    "festival": "Event",
}
"""Nouns that end the name of a body though they have no capital."""
OFFICES = frozenset(
    ["authority", "bureau", "department", "ministry", "regulator", "watchdog"]
)
"""Nouns of which a country has one for each task."""
VAGUE = frozenset(
    {"official", "account", "representative", "representatives", "reps"}
)
"""Spokespeople who may be anybody's where nobody is named."""
LEADING = AGENTS - {"Person", "Group", "NewsOutlet"}


@dataclass(frozen=True, slots=True)
class RepresentativeResolver:
    """Finds for whom somebody speaks or acts."""

    namer: Namer

    def spoken_for(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """Whose spokesperson it is; the organization that led last where none is named."""
        for word in token.subtree:
            named = context.at(word)
            if named is not None and _may_be_spoken_for(named):
                is_person = named.cls == "Person"
                is_bound = not is_person or _is_bound(context, named)
                return named if is_bound else None
            role = _role(context, word)
            if role is not None:
                return role
        if any(word.lower_ == "same" for word in token.children):
            return self.namer.state.speaker
        if token.lower_ in VAGUE:
            return None
        return self._leading(context, context.place(token))

    def _leading(
        self, context: ParagraphContext, before: int
    ) -> Mention | None:
        """The organization that led a sentence of the paragraph last."""
        subjects = self.namer.state.subjects
        for mention in reversed(context.mentions):
            is_led = mention.start in subjects and mention.start < before
            if is_led and mention.cls in LEADING:
                return mention
        return None

    def estate(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """Those who speak for a person: "the estate of Ada Example", "her family"."""
        word = token.lower_
        if word not in ESTATES:
            return None
        owner = _owner(token, {"of"})
        if owner is None:
            return self._estate_before(context, token)
        whose = self._dead(context, owner)
        if whose is None:
            return None
        kind = "Organization" if word == "estate" else "Group"
        name = f"{token.text.capitalize()} of {whose}"
        place = context.place(token)
        return self.namer.mention(name, kind, place, len(token))

    def _dead(self, context: ParagraphContext, owner: "Token") -> str | None:
        """The name of a person who has heirs, also where nothing else knows it for one."""
        whose = resolve(context, owner)
        if whose is not None and whose.cls in {"Person", "MusicGroup"}:
            return self.namer.label(whose)
        start = context.place(phrase_start(owner))
        end = context.place(owner) + len(owner)
        name = context.state.text[start:end]
        is_new = whose is None or whose.entity in context.state.proposed
        return name if is_new and HUMAN.fullmatch(name) else None

    def _estate_before(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """The estate or family that was named last."""
        begin = f"{token.text.capitalize()} of "
        place = context.place(token)
        proposed = self.namer.state.proposed
        for name, entity in reversed(proposed.items()):
            if name.startswith(begin):
                end = place + len(token)
                return Mention(place, end, name, entity.type)
        return None

    def office(
        self, context: ParagraphContext, token: "Token"
    ) -> Mention | None:
        """A public office that its task names: "the culture ministry"."""
        if token.tag_ != "NN" or token.lower_ not in OFFICES:
            return None
        first = _described_start(token)
        if first is None:
            return None
        start, end = context.place(first), context.place(token) + len(token)
        words = context.state.text[start:end]
        name = words[:1].upper() + words[1:]
        return self.namer.mention(name, "GovernmentBody", start, len(name))

    def body(self, context: ParagraphContext, token: "Token") -> Mention | None:
        """A body named with a capital and a noun: "the Brannock government", "a court in Bergen"."""
        is_one = token.tag_ in {"NN", "NNP"} and token.text.islower()
        if not is_one or token.lower_ not in BODIES:
            return None
        if named_beside(context, token) is not None:
            return None
        place = _named_by(context, token)
        if place is None:
            return None
        start, end = place
        words = context.state.text[start:end]
        name = words[:1].upper() + words[1:]
        kind = BODIES[token.lower_]
        return self.namer.mention(name, kind, start, len(name))


def _described_start(token: "Token") -> "Token | None":
    """The first of the small words that say which office it is: "culture" of "the culture ministry"."""
    first = phrase_start(token)
    is_definite = any(word.lower_ == "the" for word in token.children)
    return first if is_definite and first != token else None


def board(context: ParagraphContext, token: "Token") -> Mention | None:
    """The organization whose board, office or lawyers it is."""
    if token.lower_ not in BOARDS | LAWYERS:
        return None
    owner = _owner(token, OWNING) or child(token, "compound")
    whose = resolve(context, owner) if owner is not None else None
    if whose is None or whose.cls not in AGENTS - {"Group"} | {"Event"}:
        return None
    is_counsel = token.lower_ in LAWYERS
    return whose if whose.cls != "Person" or is_counsel else None


def _is_bound(context: ParagraphContext, person: Mention) -> bool:
    """Whether somebody speaks for a person: "a spokesperson for Ada Example", "her spokesman"."""
    head = context.token(person)
    return head is not None and head.dep_ in {"pobj", "poss", "compound"}


def clients(token: "Token") -> "Token | None":
    """Several people or firms whose lawyers they are: "the labels' lawyers"."""
    if token.lower_ not in LAWYERS:
        return None
    client = _owner(token, OWNING)
    is_many = client is not None and client.tag_ == "NNS"
    return client if is_many else None


def _may_be_spoken_for(mention: Mention) -> bool:
    return mention.cls in AGENTS and mention.cls != "NewsOutlet"


def _role(context: ParagraphContext, word: "Token") -> Mention | None:
    """Whom a role stands for that a spokesperson speaks for: "the studio's spokesperson"."""
    if word.lower_ not in context.lexicon.roles:
        return None
    if word.dep_ == "compound":
        return bearer(context, word)
    role = resolve(context, word)
    return role if word.dep_ in {"pobj", "poss"} else None


def _owner(
    token: "Token", prepositions: "frozenset[str] | set[str]"
) -> "Token | None":
    """Whose something is: "Ada's estate", "the estate of Ada"."""
    owner = child(token, "poss")
    if owner is not None:
        return owner
    for word in token.children:
        if word.lower_ in prepositions:
            return child(word, "pobj")
    return None


def _named_by(context: ParagraphContext, token: "Token") -> Span | None:
    """Where the words stand by which a noun names one body: a capital before it, or where it is."""
    start = context.place(phrase_start(token))
    end = context.place(token) + len(token)
    first = _capital_before(token)
    if first is not None:
        return context.place(first), end
    owner = _first_owner(token)
    if owner is not None and _is_region(context, owner):
        return context.place(owner), end
    for word in token.children:
        where = child(word, "pobj") if word.lower_ in PLACING else None
        if where is not None and _is_region(context, where):
            return start, context.place(where) + len(where)
    return None


def _first_owner(token: "Token") -> "Token | None":
    """Whose something is, at the head of those who own: "Norway" of "Norway's actors' union"."""
    owner = child(token, "poss")
    while owner is not None and child(owner, "poss") is not None:
        owner = child(owner, "poss")
    return owner


def _is_region(context: ParagraphContext, token: "Token") -> bool:
    """Whether a word is a place, and nobody's name."""
    is_place = token.ent_type_ in {"GPE", "LOC"} or token.text in regions()
    return is_place and context.at(token) is None


def _capital_before(token: "Token") -> "Token | None":
    """The first word of what stands with a capital before a noun."""
    for word in token.children:
        is_part = word.dep_ in {"compound", "nmod", "amod"}
        if is_part and word.text[:1].isupper():
            if word.i > token.i:
                return None
            edge = word.left_edge
            return edge if edge.text[:1].isupper() else word
    return None
