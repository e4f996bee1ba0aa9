"""Who a cue belongs to: the subject of a verb, its own or inherited, and the words that name it."""

from typing import TYPE_CHECKING

from onrecord.extract.rules.sentences import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.extract.rules.tokens import Token

DEEPEST = 6
"""Longer chains of inherited subjects are faults of the parser."""
CARRYING = frozenset({
    "be", "have", "express", "voice", "raise", "share", "make", "issue", "take", "hold", "feel", "show",
    "repeat", "state", "announce", "offer", "give", "air", "convey", "publish", "release", "send", "sign",
    "reiterate", "underline", "stress", "keep", "maintain", "bring", "file", "launch", "strike", "reach",
    "close", "deliver", "form", "enter", "carry", "put", "start", "win", "hear", "open",
    "begin", "lead", "mount", "stage", "prepare", "seek", "secure", "sound", "ring", "throw", "lend",
})  # fmt: skip
"""Verbs that lend a noun their subject: who expresses a fear has it, who dismisses one has not."""
CONTROLLING = frozenset({
    "urge", "ask", "tell", "want", "require", "force", "allow", "persuade", "order", "press", "push", "encourage",
    "invite", "beg", "advise", "call", "permit", "expect",
})  # fmt: skip
"""Verbs whose object is to do what the infinitive says."""
WRITING = frozenset(
    ["circulate", "draft", "drop", "pen", "post", "sign", "write"]
)
SIGNED = frozenset(
    [
        "signed",
        "written",
        "sent",
        "filed",
        "brought",
        "launched",
        "submitted",
        "lodged",
        "penned",
        "drafted",
        "published",
        "organized",
        "organised",
        "backed",
        "endorsed",
    ]
)
"""Participles by which a paper says whose it is."""
POSTED = frozenset({"posted", "published", "shared", "uploaded"})
TELLING = frozenset({
    "add", "announce", "argue", "call", "claim", "condemn", "confirm", "criticise", "criticize", "declare", "demand",
    "deny", "describe", "explain", "express", "insist", "note", "object", "promise", "reject", "respond", "say",
    "state", "stress", "tell", "urge", "voice", "warn", "write",
})  # fmt: skip
"""Verbs of who speaks, in whatever paper."""
QUOTATION_MARKS = frozenset('“”"')
"""Signs at which a quotation begins or ends."""
GIVEN = frozenset({"backing", "endorsement", "support"})
"""Nouns for what one has from others."""
WINNING = frozenset(
    ["attract", "draw", "earn", "gain", "get", "have", "lose", "secure", "win"]
)
"""Verbs of who has it, or has no longer."""
FROM = frozenset({"among", "by", "from"})
PERSONS = frozenset(
    [
        "actor",
        "artist",
        "designer",
        "developer",
        "director",
        "employee",
        "engineer",
        "executive",
        "lawyer",
        "player",
        "producer",
        "singer",
        "worker",
        "writer",
    ]
)
"""Nouns for people, who come from a firm and are not given by it."""
INNER = frozenset({"ccomp", "advcl", "relcl", "acl", "pcomp"})
"""Clauses inside others."""
INHERITING = frozenset({"conj", "xcomp", "advcl", "dep"})


def child(token: "Token", *deps: str) -> "Token | None":
    """The first child with one of these dependencies."""
    for word in token.children:
        if word.dep_ in deps:
            return word
    return None


def is_misread(verb: "Token") -> bool:
    """Whether a finite verb is taken for a participle: "Ada Example, head of the guild, called on …"."""
    if verb.dep_ != "acl":
        return False
    head = verb.head
    alone = (
        head.dep_ == "ROOT"
        and head.pos_ == "PROPN"
        and verb.lower_.endswith("ed")
    )
    beside = verb.i > 0 and (
        verb.nbor(-1) == head or verb.nbor(-1).lower_ == ","
    )
    return alone and beside and child(verb, "agent") is None


def is_passive(verb: "Token") -> bool:
    """Whether a verb's subject is what it is done to."""
    if is_misread(verb):
        return False
    return child(verb, "nsubjpass", "auxpass") is not None or (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "advcl"}
        and child(verb, "dobj", "ccomp", "aux") is None
    )


def source_of(verb: "Token") -> "Token | None":
    """The head of the words that name the source of a verb; None where nobody is named.

    A passive has its agent ("was praised by"); a participle, an infinitive or a second verb inherits its subject.
    """
    if is_passive(verb):
        return _agent_of(verb)
    if _is_of_suit(verb):
        return verb.nbor(-1)
    if (
        verb.tag_ == "VBG"
        and verb.dep_ == "advcl"
        and child(verb, "nsubj") is None
    ):
        agent = _agent_of(verb.head) if is_passive(verb.head) else None
        return agent or subject_of(verb)
    return subject_of(verb)


SUITS = frozenset(["complaint", "filing", "lawsuit", "suit"])


def _is_of_suit(verb: "Token") -> bool:
    """Whether a participle stands right behind a suit: "filed a lawsuit accusing the firm"."""
    is_behind = verb.tag_ == "VBG" and verb.i > 0
    return is_behind and verb.nbor(-1).lemma_.lower() in SUITS


def _agent_of(verb: "Token") -> "Token | None":
    agent = child(verb, "agent")
    return child(agent, "pobj") if agent is not None else None


def subject_of(verb: "Token", depth: int = 0) -> "Token | None":
    """The grammatical subject of a verb, own or inherited, whatever the voice."""
    own = [
        subject
        for subject in verb.children
        if subject.dep_ in {"nsubj", "nsubjpass", "csubj"}
    ]
    if own:  # of several, by a fault of the parser, the one that stands next before the verb
        return next(
            (subject for subject in reversed(own) if subject.i < verb.i), own[0]
        )
    head = verb.head
    if head == verb or depth > DEEPEST:
        return None
    if verb.dep_ in {"acl", "relcl"}:
        described = _described(verb, depth)
        if described is not None:
            return described
    if verb.dep_ == "pcomp":
        return blamed(verb) or _inherited(head.head, depth)
    return _inherited(_main_verb(verb), depth) if _inherits(verb) else None


def _described(verb: "Token", depth: int) -> "Token | None":
    """The noun of which a participle or a relative clause tells something, or who that is."""
    head = verb.head
    if head.dep_ == "attr" and any(
        dependent.tag_ == "TO" for dependent in verb.children
    ):
        return subject_of(head.head, depth + 1)  # "was the first to use"
    taker = _taker_to(head) if verb.tag_ == "VBG" else None
    if taker is not None:
        return subject_of(taker, depth + 1)
    is_noun = head.pos_ in {"NOUN", "PROPN", "PRON"}
    return head if is_noun and not _is_to_do(verb, head) else None


def _taker_to(noun: "Token") -> "Token | None":
    """The verb by which somebody only goes to a place to speak there: "took to social media voicing …"."""
    while noun.dep_ == "conj":
        noun = noun.head
    verb = noun.head.head
    is_to = noun.dep_ == "pobj" and noun.head.lower_ == "to"
    return verb if is_to and verb.lemma_.lower() == "take" else None


def _is_to_do(verb: "Token", noun: "Token") -> bool:
    """Whether a noun is told what to do: "compelling firms to disclose it"."""
    is_infinitive = any(word.tag_ == "TO" for word in verb.children)
    if not is_infinitive:
        return False
    before = [word for word in noun.children if word.i < noun.i]
    return any(word.tag_ == "VBG" for word in before) or noun.dep_ == "dobj"


def subjects_beside(subject: "Token") -> "list[Token]":
    """The other subjects that the parser gives the verb of one: "novelist and activist" of "T. R. Example"."""
    if subject.dep_ != "nsubj":
        return []
    words = subject.head.children
    return [word for word in words if word.dep_ == "nsubj" and word != subject]


def blamed(gerund: "Token") -> "Token | None":
    """Who is accused of, praised for or kept from what a gerund says: the object before its preposition."""
    verb = gerund.head.head
    if (
        gerund.dep_ != "pcomp"
        or verb.pos_ != "VERB"
        or gerund.head.lower_ not in {"of", "for", "from", "against"}
    ):
        return None
    return child(verb, "nsubjpass") or child(verb, "dobj")


def _inherits(verb: "Token") -> bool:
    """Whether a verb has its subject from another one; what somebody is urged to do, nobody has done."""
    urged = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in CONTROLLING
    return verb.dep_ in INHERITING and not (
        urged and child(verb.head, "dobj") is not None
    )


def _main_verb(verb: "Token") -> "Token":
    """The word from which a verb has its subject: of joined ones no verb inside a quotation that ends before it."""
    head = verb.head
    if verb.dep_ != "conj":
        return head
    root = sentence_of(verb).words.root
    if _comes_back(verb, root):
        return root
    for word in (head, *head.ancestors):
        if word.pos_ in {"VERB", "AUX"} and not _is_quoted_off(word, verb):
            return word
    return head


def _comes_back(verb: "Token", root: "Token") -> bool:
    """Whether a comma and "and" lead from a clause inside back to the main verb: "said it was his, and promised …"."""
    head = verb.head
    if head.dep_ not in INNER or verb.tag_ != root.tag_ or root.i > verb.i:
        return False
    joining = [word for word in head.children if word.dep_ == "cc"]
    joined = [word for word in head.children if word.dep_ == "conj"]
    if len(joining) != 1 or joined != [verb]:
        return False
    before = joining[0].nbor(-1)
    return joining[0].i > head.i and before.text == ","


def _is_quoted_off(one: "Token", two: "Token") -> bool:
    """Whether a quotation that one word stands in ends before the other."""
    marks = "".join(
        word.text
        for word in one.doc[one.i : two.i]
        if word.text in QUOTATION_MARKS
    )
    return marks[:1] == "”" or marks.count('"') % 2 == 1


def _inherited(head: "Token", depth: int) -> "Token | None":
    if head.pos_ in {"VERB", "AUX"}:
        return subject_of(head, depth + 1)
    if head.pos_ == "ADJ":
        return subject_of(head.head, depth + 1)
    return owner_of(head) if head.pos_ in {"NOUN", "PROPN"} else None


def owner_of(noun: "Token") -> "Token | None":
    """Whose a noun is: "her claim", "a claim by the guild", or the subject of the verb that it completes."""
    owner = child(noun, "poss")
    carried = noun.dep_ == "dobj" and noun.head.lemma_.lower() in CARRYING
    if owner is not None and not (
        carried and owner.pos_ == "PRON" and source_of(noun.head) is not None
    ):
        return owner  # "she voiced her fear" is her own
    return _giver_of(noun) or _carrier_of(noun)


def _giver_of(noun: "Token") -> "Token | None":
    """From whom a noun is: "a claim by the guild", "won the support of the guild"."""
    is_won = noun.dep_ == "dobj" and noun.head.lemma_.lower() in WINNING
    is_won = is_won and noun.lemma_.lower() in GIVEN
    if noun.lemma_.lower() in PERSONS:
        return None
    for prep in noun.children:
        is_from = prep.lower_ in FROM or (is_won and prep.lower_ == "of")
        if prep.dep_ in {"prep", "agent"} and is_from:
            giver = child(prep, "pobj")
            if giver is not None:
                return giver
    return None


def _carrier_of(noun: "Token") -> "Token | None":
    """The subject of the verb that a noun completes: "the guild voiced a fear"."""
    if noun.dep_ in {"dobj", "attr"} and noun.head.lemma_.lower() in CARRYING:
        return source_of(noun.head)
    if noun.dep_ == "conj":
        return owner_of(noun.head)
    if noun.dep_ == "pobj" and noun.head.head.lemma_.lower() in CARRYING:
        return source_of(noun.head.head)
    return None


def author_of(paper: "Token") -> "Token | None":
    """Whose a letter or a petition is: owner, who wrote it, or by whom it is signed; never itself ("sent by post")."""
    author = _author_of(paper)
    return author if author is not paper else None


def _author_of(paper: "Token") -> "Token | None":
    if paper.dep_ == "dobj" and paper.head.lemma_.lower() in WRITING:
        return source_of(paper.head)
    if paper.dep_ == "nsubjpass" and _is_made_known(paper.head):
        return _agent_of(paper.head) or owner_of(paper)
    for word in paper.children:
        if word.dep_ == "acl" and word.lower_ in POSTED:
            return _account_of(word) or owner_of(paper)
        is_signed = word.dep_ in {"acl", "relcl"} and word.lower_ in SIGNED
        signer = _agent_of(word) if is_signed else None
        if signer is not None:
            return signer
    return owner_of(paper) or _teller_in(paper)


def _is_made_known(verb: "Token") -> bool:
    """Whether a paper was signed or put out by somebody."""
    particle = child(verb, "prt")
    is_put_out = verb.lemma_ == "put" and particle is not None
    return verb.lower_ in SIGNED or is_put_out


def _account_of(verb: "Token") -> "Token | None":
    """On whose account something is posted: "a statement posted to the singer's page"."""
    for prep in verb.children:
        page = child(prep, "pobj") if prep.lower_ in {"on", "to"} else None
        owner = child(page, "poss") if page is not None else None
        if owner is not None:
            return owner
    return None


def _teller_in(paper: "Token") -> "Token | None":
    """Who says something in a paper: "the guild said in a statement"."""
    prep = paper.head
    verb = prep.head
    is_in = paper.dep_ == "pobj" and prep.lower_ in {"in", "via"}
    if not is_in or verb.lemma_.lower() not in TELLING or is_passive(verb):
        return None
    return subject_of(verb)


def words_of(source: "Token") -> "tuple[Token, ...]":
    """The tokens that name a source, without relative clauses and what follows them."""
    return tuple(sorted(_named(source), key=lambda token: token.i))


def _named(token: "Token") -> "Iterator[Token]":
    yield token
    for dependent in token.children:
        if dependent.dep_ not in {"relcl", "acl", "advcl", "punct"} and not (
            dependent.dep_ == "prep" and dependent.lower_ == "like"
        ):
            yield from _named(dependent)
