import pytest

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.attributions import QuoteAttributor
from onrecord.extract.rules.contexts import ParagraphContext
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.matcher import EntityMatcher
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import paragraphs

from .conftest import EVERYBODY


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Ada Example said the film was finished.",
            "Ada Example",
            "the film was finished",
        ),
        (
            "“The film is finished,” Ada Example said.",
            "Ada Example",
            "“The film is finished,”",
        ),
        (
            '"The film is finished," said Ada Example.',
            "Ada Example",
            '"The film is finished,"',
        ),
        (
            "Ada Example called for an end to the talks.",
            "Ada Example",
            "an end to the talks",
        ),
        (
            "The report found that crews lost work.",
            "The report",
            "that crews lost work",
        ),
        (
            "Crews lost work, according to Ada Example.",
            "Ada Example",
            "Crews lost work",
        ),
        ("The plan was praised by Ada Example.", "Ada Example", "The plan"),
        (
            "Ada Example apologized to fans for the video.",
            "Ada Example",
            "the video",
        ),
        (
            "EXAMPLE: We are ready to talk about it.",
            "EXAMPLE",
            "We are ready to talk about it.",
        ),
        (
            "“We are ready to talk.” — Ada Example",
            "Ada Example",
            "“We are ready to talk.”",
        ),
        (
            "Ada Example was not worried about the tool.",
            "Ada Example",
            "the tool",
        ),
        ("Ada Example decided against a strike.", "Ada Example", "a strike"),
        (
            "Ada Example refuses to sign the letter.",
            "Ada Example",
            "to sign the letter",
        ),
        (
            "The guild's demand that studios pay was heard.",
            "The guild's",
            "that studios pay",
        ),
    ],
)
def test_source_and_content_are_found(said, text, source, content):
    found = said(text)
    assert [(each[0].removesuffix("'s"), each[2]) for each in found] == [
        (source.removesuffix("'s"), content)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The film was finished on Monday.",
        "Rain fell on the set for a week.",
        "The statement was long.",
        "According to plan, the crew left at noon.",
        "The budget was cut by half.",
        "Note: the crew left at noon yesterday.",
        "Update: this story has a new headline.",
        "It was decided that the crew would leave.",
    ],
)
def test_what_nobody_says_is_no_attribution(said, text):
    assert said(text) == []


def test_a_split_quotation_is_one_attribution(said):
    found = said("“We waited,” Ada Example said. “Nobody called.”")
    assert [(source, content) for source, _, content in found] == [
        ("Ada Example", "“We waited,” … “Nobody called.”")
    ]


def test_two_speakers_of_one_paragraph_stay_apart(said):
    found = said(
        "“We waited,” Ada Example said. “I called,” Ben Specimen replied."
    )
    assert [(source, content) for source, _, content in found] == [
        ("Ada Example", "“We waited,”"),
        ("Ben Specimen", "“I called,”"),
    ]


def test_a_quotation_of_the_next_paragraph_belongs_to_who_was_about_to_speak(
    said,
):
    found = said("Ada Example said:\n\n“Nobody asked us whether we agreed.”")
    assert [(source, content) for source, _, content in found] == [
        ("Ada Example", "“Nobody asked us whether we agreed.”")
    ]


def test_a_quotation_that_nobody_claims_goes_to_who_spoke_last(said):
    found = said(
        "“We waited,” Ada Example said. “Long.”\n\n“Nobody asked us whether we agreed.”"
    )
    assert found[-1][0] == "Ada Example"
    assert found[-1][2] == "“Nobody asked us whether we agreed.”"


def test_words_in_marks_inside_a_sentence_are_no_utterance_of_their_own(said):
    found = said("Ada Example said the “robot” was late.")
    assert [content for *_, content in found] == ["the “robot” was late"]


def test_a_cue_inside_quotation_marks_is_not_heard(said):
    found = said(
        "“She said it was fine and he believed her,” Ada Example recalled."
    )
    assert [source for source, *_ in found] == ["Ada Example"]


def test_a_participle_inherits_the_subject(said):
    found = said(
        "Ada Example left the meeting, saying that the offer was too low."
    )
    assert [(source, content) for source, _, content in found] == [
        ("Ada Example", "that the offer was too low")
    ]


def test_a_report_of_a_report_is_one_attribution(said):
    found = said(
        "Ada Example said the guild believes that the offer is too low."
    )
    assert [content for *_, content in found] == [
        "the guild believes that the offer is too low"
    ]


def test_an_unclosed_mark_runs_to_the_end_of_its_paragraph(said):
    found = said(
        "Ada Example said: “We waited. Nobody called.\n\nThe crew left."
    )
    assert [content for *_, content in found] == ["“We waited. Nobody called."]


def test_who_an_attribution_belongs_to_is_worked_out_once(nlp):
    text, lexicon = "Ada Example said the film was finished.", Lexicon.shipped()
    state = DiscourseState(lexicon, text)
    matcher = EntityMatcher(EVERYBODY, lexicon)
    resolver = ActorResolver(state, matcher)
    paragraph = next(paragraphs(text, nlp))
    mentions = tuple(matcher.mentions(paragraph, state))
    context = ParagraphContext(paragraph, mentions, state)
    [draft] = QuoteAttributor(lexicon.cues).attribute(paragraph).drafts
    named = resolver.of_attribution(context, draft)
    assert [resolver.label(one) for one in named] == ["Ada Example"]
    assert resolver.of_attribution(context, draft) is named
