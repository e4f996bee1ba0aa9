"""Who is named right beside the words for him: in an apposition, before a cue, behind a firm and a post."""

from typing import TYPE_CHECKING

from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.drafts import AttributionDraft
from onrecord.extract.rules.mentions import Mention
from onrecord.extract.rules.role_forms import holder_after
from onrecord.extract.rules.sources import child

if TYPE_CHECKING:
    from onrecord.extract.rules.tokens import Token


def beside_one(context: ParagraphContext, one: "Token") -> tuple[Mention, ...]:
    """Who is named for one: "one of the papers, the Example Post, sued", "one spokesperson, Ada Example"."""
    number = one if one.pos_ == "NUM" else child(one, "nummod")
    is_one = number is not None and number.lower_ == "one"
    named = child(one, "appos") if is_one else None
    mention = context.at(named) if named is not None else None
    return (mention,) if mention is not None else ()


def holder(context: ParagraphContext, head: "Token") -> Mention | None:
    """Who has a post at the firm that a word names, if both stand behind it: "Studio Nine founder Ada Example"."""
    firm = context.at(head)
    return holder_after(context, firm) if firm is not None else None


def person_called(context: ParagraphContext, noun: "Token") -> Mention | None:
    """Who is named between commas behind what he is: "its counsel, Ada Example"."""
    if noun.pos_ != "NOUN" or noun.tag_ == "NNS":
        return None
    for word in noun.children:
        person = context.at(word) if word.dep_ == "appos" else None
        if person is not None and person.cls == "Person":
            return person
    return None


def beside_name(context: ParagraphContext, token: "Token") -> Mention | None:
    """Who is named right before what he is: "Ada Example, a firm that …"."""
    if token.dep_ != "appos" or token.i == 0:
        return None
    return context.at(token.head)


def beside_cue(
    context: ParagraphContext, draft: AttributionDraft
) -> Mention | None:
    """Who stands right before a cue that follows what was said: "…, CEO Ada Example said"."""
    candidate = draft.candidate
    if candidate is None or not draft.content:
        return None
    place = context.place(candidate.cue)
    if min(start for start, _ in draft.content) > place:
        return None
    mention = context.before(place)
    if mention is None or mention.cls != "Person":
        return None
    return mention if mention.end + 1 == place else None
