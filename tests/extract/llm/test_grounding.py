import pytest

from onrecord.extract.llm.grounding import Reason
from onrecord.model import Document

QUOTED = {
    "words": "Nobody asked us before the machine did,", "speaker": "Lena Vey", "actors": ["Lena Vey"],
    "relation": "criticizes", "wording": "direct", "gist": "Complains that no leave was sought.",
}  # fmt: skip
CALM = {
    "words": "he is not worried about AI", "speaker": "he", "actors": ["Tom Okafor"], "relation": "concernedAbout",
    "negated": True, "object": "job-displacement", "object_kind": "topic", "topics": ["job-displacement"],
    "wording": "indirect", "gist": "Has no fear of machines.",
}  # fmt: skip
TURNED = {
    "actors": ["Mora Pictures"],
    "speaker": "Mora Pictures",
    "object": "Players Guild of Arden",
}
SUED = {
    "words": "Director Tom Okafor, who was sued by Lena Vey last year",
    "speaker": "Lena Vey",
    "object": "Lena Vey",
}
PASSIVE = SUED | {"actors": ["Tom Okafor"], "speaker": "Tom Okafor"}
DROPPED = [
    ("words that the text has nowhere", {"words": "The guild burned Mora Pictures down"}, Reason.WORDS),
    ("words joined from two places", {"words": "The Players Guild of Arden … copying faces"}, Reason.WORDS),
    ("words that stand anywhere", {"words": "on"}, Reason.LENGTH),
    ("somebody whom the text does not name", {"actors": ["Ines Faraway"]}, Reason.ACTOR),
    ("a new name that the text has not", {"actors": ["Ann Nowhere"]}, Reason.ACTOR),
    ("an actor that no entity row has", {"actors": ["Guildy"]}, Reason.ACTOR),
    ("no actor", {"actors": []}, Reason.ACTOR),
    ("one actor of two", {"actors": ["Lena Vey", "Ann Nowhere"]}, Reason.ACTOR),
    ("a system as actor", {"actors": ["Loom 3"], "speaker": "Loom 3"}, Reason.CANNOT_ACT),
    ("a speaker who is not there", {"speaker": "the orchestra"}, Reason.NOT_REFERRED),
    ("a speaker who is another", QUOTED | {"actors": ["Tom Okafor"]}, Reason.OTHER),
    ("a quotation of another", QUOTED | {"actors": ["Tom Okafor"], "speaker": "guild president"}, Reason.OTHER),
    ("speech without marks", CALM | {"wording": "direct"}, Reason.QUOTATION),
    ("the sued one as actor", TURNED, Reason.ACCUSED),
    ("one who was sued as actor", PASSIVE, Reason.ACCUSED),
    ("one who sued herself", SUED | {"actors": ["Lena Vey"]}, Reason.ACCUSED),
    ("an allegation by nobody", {"basis": "allegation"}, Reason.ACCUSER),
    ("an object that the text has not", {"object": "Ann Nowhere"}, Reason.OBJECT),
    ("a relation that is none", {"relation": "hates"}, Reason.NO_TERM),
    ("a topic that is none", {"topics": ["doom"]}, Reason.NO_TERM),
    ("an object topic that is none", {"object": "doom", "object_kind": "topic"}, Reason.NO_TERM),
    ("a field of another form", {"negated": "no"}, Reason.FORM),
    ("a field too many", {"mood": "grim"}, Reason.FORM),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [case[1:] for case in DROPPED],
    ids=[case[0] for case in DROPPED],
)
def test_what_the_text_does_not_bear_is_dropped_by_its_reason(
    ground, row, changes, reason
):
    found = ground(row(**changes))
    assert found.statements == ()
    assert found.dropped == {reason: 1}


def test_what_the_text_bears_stands_with_its_words_and_their_place(
    ground, row, document
):
    (made,) = ground(row()).statements
    assert (made.actors, made.relation, made.object) == (
        ("guild",),
        "sues",
        "mora",
    )
    words = made.evidence
    assert document.text[words.start : words.end] == words.exact
    assert words.suffix.startswith(", accusing the studio")


@pytest.mark.parametrize("words", [
    "the machine\n  did",
    '"Nobody asked us before the machine did,"',
    "'Nobody asked us before the machine did,'",
])  # fmt: skip
def test_space_and_marks_do_not_count(ground, row, words):
    (made,) = ground(row(**QUOTED | {"words": words})).statements
    assert "the machine did" in made.evidence.exact


def test_the_same_words_are_found_in_the_window_that_was_shown(
    answer, document, grounding, row
):
    twice = grounding(
        Document(
            "Arden Post",
            text=f"{document.text}\n\n{document.text}",
            language="en",
        )
    )
    twice.take(answer(row()), near=len(document.text))
    (made,) = twice.result().statements
    assert made.evidence.start > len(document.text)


def test_an_accusers_accusation_stands(ground, row):
    found = ground(
        row(
            relation="accuses",
            words="accusing the studio of copying faces with Loom 3",
        )
    )
    assert [made.relation for made in found.statements] == ["accuses"]


def test_whom_the_text_names_by_a_last_name_or_short_is_who_was_named(
    ground, row
):
    denial = row(
        words="Mora said the claims were “without merit”", speaker="Mora", actors=["Mora Pictures"],
        relation="denies", object="digital-replicas", object_kind="topic", wording="mixed",
    )  # fmt: skip
    (made,) = ground(denial).statements
    assert (made.actors, made.wording) == (("mora",), "mixed")


def test_a_new_name_comes_as_an_entity_of_its_own(ground, row):
    found = ground(row(**CALM))
    assert [entity.name for entity in found.entities] == ["Tom Okafor"]
    assert found.statements[0].negated


def test_a_gist_that_copies_six_words_is_told_by_the_relation(ground, row):
    copied = "The Players Guild of Arden sued Mora Pictures."
    found = ground(row(gist=copied))
    assert found.dropped == {Reason.GIST: 1}
    assert found.statements[0].gist == "Sues Mora Pictures."


def test_the_same_statement_twice_is_one(ground, row):
    found = ground(row(), row(words="sued Mora Pictures on Monday"))
    assert len(found.statements) == 1
    assert found.dropped == {Reason.TWICE: 1}


def test_a_topic_that_is_the_object_comes_first_and_a_post_has_none(
    ground, row
):
    calm = row(**CALM | {"topics": ["regulation", "job-displacement"]})
    post = row(
        words="guild president Lena Vey", speaker="Lena Vey", actors=["Lena Vey"], relation="leads",
        object="Players Guild of Arden", stance="critical",
    )  # fmt: skip
    leads, worries = ground(calm, post).statements
    assert worries.topics == ("job-displacement", "regulation")
    assert (leads.topics, leads.stance) == ((), None)


def test_an_authors_own_text_needs_no_marks(ground, row):
    column = Document(
        "Arden Post",
        author="Lena Vey",
        language="en",
        text="AI is a fine tool.\n\nI have used it for years.",
    )
    said = row(**QUOTED | {"words": "AI is a fine tool.", "speaker": "I", "relation": "supports",
                           "object": "job-displacement", "object_kind": "topic"})  # fmt: skip
    assert len(ground(said, about=column).statements) == 1


def test_a_turn_of_a_transcript_is_its_speakers(ground, row):
    talk = Document(
        "Arden Post",
        language="en",
        text="Guests: Lena Vey, Tom Okafor.\n\nVEY: AI is a fine tool.",
    )
    said = QUOTED | {"words": "AI is a fine tool.", "speaker": "VEY", "relation": "supports",
                     "object": "job-displacement", "object_kind": "topic"}  # fmt: skip
    other = said | {"actors": ["Tom Okafor"], "speaker": "Tom Okafor"}
    assert len(ground(row(**said), about=talk).statements) == 1
    assert ground(row(**other), about=talk).dropped == {Reason.QUOTATION: 1}


def test_names_in_another_case_are_found_in_a_language_that_has_cases(
    grounding, row
):
    text = "Режиссёр подал в суд на Анну Петрову. «Это кража», — сказал Иван Соколов."
    said = row(
        words="Режиссёр подал в суд на Анну Петрову", speaker="Режиссёр", actors=["Иван Соколов"],
        object="Анна Петрова",
    )  # fmt: skip
    names = [
        {"name": name, "type": "Person"}
        for name in ("Иван Соколов", "Анна Петрова")
    ]
    russian = grounding(Document("Газета", text=text))
    russian.take({"entities": names, "statements": [said]})
    assert len(russian.result().statements) == 1
