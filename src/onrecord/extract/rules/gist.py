"""A statement's gist: a short sentence of our own making from relation, object and a few key words."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

PHRASES: Mapping[str, tuple[str, str]] = {
    "states": ("Comments on", "Does not comment on"),
    "urges": ("Asks for action by", "Does not ask for action by"),
    "callsFor": ("Wants rules or steps on", "Wants no rules or steps on"),
    "concernedAbout": ("Voices worry about", "Is not worried about"),
    "supports": ("Speaks well of", "Does not speak well of"),
    "opposes": ("Is against", "Is not against"),
    "criticizes": ("Finds fault with", "Finds no fault with"),
    "accuses": ("Charges with wrong:", "Does not charge with wrong:"),
    "promises": ("Makes a commitment on", "Makes no commitment on"),
    "acknowledges": ("Grants a point about", "Does not grant a point about"),
    "denies": ("Rejects what is charged about", "Does not deny a charge about"),
    "rejects": ("Turns down an offer or idea about", "Does not turn down"),
    "predicts": ("Looks ahead on", "Does not expect change on"),
    "threatens": ("Threatens action over", "Threatens no action over"),
    "usesAIIn": ("Used AI for", "Used no AI for"),
    "develops": ("Makes", "Does not make"),
    "releases": ("Brings out", "Does not bring out"),
    "discontinues": ("Ends", "Does not end"),
    "restricts": ("Limits", "Does not limit"),
    "requires": ("Sets a rule on", "Sets no rule on"),
    "sues": ("Goes to court against", "Does not go to court against"),
    "settlesWith": ("Settles with", "Does not settle with"),
    "decides": ("Decides on", "Does not decide on"),
    "investigates": ("Looks into", "Does not look into"),
    "partnersWith": ("Works together with", "Does not work together with"),
    "licensesTo": ("Gives a licence to", "Gives no licence to"),
    "acquires": ("Buys", "Does not buy"),
    "investsIn": ("Puts money into", "Puts no money into"),
    "negotiatesWith": ("Is in talks with", "Is not in talks with"),
    "protests": ("Protests against", "Does not protest against"),
    "signs": ("Puts a name to", "Does not put a name to"),
    "votesFor": ("Votes for", "Does not vote for"),
    "leads": ("Has the chief post at", "No longer leads"),
    "worksFor": ("Has a post at", "Has no post at"),
    "memberOf": ("Belongs to", "Does not belong to"),
    "represents": ("Speaks for", "Does not speak for"),
    "produces": ("Makes", "Does not make"),
}
MOST_WORDS = 3


def gist(
    relation: str, name: str, words: "Iterable[Token]", *, negated: bool = False
) -> str:
    """Tells a statement: `gist("concernedAbout", "deepfakes", …)` is "Voices worry about deepfakes (actor, video)."."""
    keys = dict.fromkeys(
        each.lemma_.lower()
        for each in words
        if each.pos_ == "NOUN"
        and each.is_alpha
        and len(each) > 2  # noqa: PLR2004
        and each.lemma_.lower() not in name.lower()
    )
    told = ", ".join(list(keys)[:MOST_WORDS])
    return f"{PHRASES[relation][negated]} {name}{f' ({told})' if told else ''}."
