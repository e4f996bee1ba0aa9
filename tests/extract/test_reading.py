import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Ada Example declined to comment on deepfakes.",
        "Ada Example did not respond to a question about deepfakes.",
        "Ada Example is said to be worried about deepfakes.",
        "Ada Example refused to condemn deepfakes.",
        "Ada Example has yet to criticize Studio Nine over its AI trailer.",
        "Ada Example failed to praise the AI safeguards.",
        "Ada Example stopped short of criticizing Studio Nine over its AI trailer.",
        "Ada Example wondered whether AI would replace actors.",
        "Ada Example asked: “Will AI replace actors?”",
        "Asked whether she was worried about deepfakes, Ada Example laughed.",
        "Critics of Ada Example say that AI will replace actors.",
        "A friend of Ada Example said she opposes AI deepfakes.",
    ],
)
def test_what_nobody_has_said_is_no_statement(rows, text):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Ada Example is no longer worried about deepfakes.",
            ("ada", "not concernedAbout", "deepfakes"),
        ),
        (
            "Ada Example is not only worried about deepfakes but angry.",
            ("ada", "concernedAbout", "deepfakes"),
        ),
        (
            "Neither Ada Example nor Ben Specimen fears deepfakes.",
            ("ada+ben", "not concernedAbout", "deepfakes"),
        ),
        (
            "Ada Example does not believe that AI threatens jobs.",
            ("ada", "not concernedAbout", "job-displacement"),
        ),
        (
            "Ada Example echoed Ben Specimen's fears of deepfakes.",
            ("ada", "concernedAbout", "deepfakes"),
        ),
        (
            "Ada Example mocked Ben Specimen's fear of deepfakes.",
            ("ada", "criticizes", "ben"),
        ),
        (
            "Ada Example rejected claims that she supports deepfakes.",
            ("ada", "denies", "deepfakes"),
        ),
        (
            "Studio Nine was urged by Ada Example to label AI images.",
            ("ada", "urges", "nine"),
        ),
        (
            "Ada Example, president of the guild, called on Studio Nine to label AI.",
            ("ada", "urges", "nine"),
        ),
        (
            "Ada Example, the chief executive of Lumen, urged Studio Nine to label AI.",
            ("ada", "urges", "nine"),
        ),
        (
            "Studio Nine, whom Ada Example criticized over AI, left.",
            ("ada", "criticizes", "nine"),
        ),
    ],
)
def test_a_side_is_taken_as_it_is_told(rows, text, row):
    assert row in rows(text)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "“I was wary of AI scripts at first,” Ada Example said.",
            "concernedAbout",
        ),
        ("“If AI replaces actors, I will quit,” Ada Example said.", "promises"),
        (
            "“People who fear deepfakes are wrong,” Ada Example said.",
            "concernedAbout",
        ),
        (
            "Ada Example said Ben Specimen is worried about deepfakes.",
            "concernedAbout",
        ),
        (
            "“We are thrilled to be here,” Ada Example said. “AI should never replace actors.”",
            "supports",
        ),
        (
            "According to Ben Specimen, Ada Example is worried about deepfakes.",
            "concernedAbout",
        ),
    ],
)
def test_an_attitude_of_others_or_of_the_past_is_nobodys_now(
    rows, text, relation
):
    assert relation not in {found for _, found, _ in rows(text)}


def test_two_sentences_of_one_quotation_state_two_things(rows):
    text = "“I am afraid of deepfakes,” Ada Example said. “We will never use AI for our scripts.”"
    assert {relation for _, relation, _ in rows(text)} == {
        "concernedAbout",
        "promises",
    }


def test_the_words_of_a_negated_attitude_hold_the_negation(stated):
    (made,) = stated("Last week, Ada Example did not oppose the AI labels.")
    assert made.evidence.exact == "Ada Example did not oppose the AI labels"


@pytest.mark.parametrize(
    ("deed", "objects"),
    [
        ("Lumen Pictures unveiled Painter 2, an AI tool.", {"painter"}),
        ("Mercury Falls was made with AI by Lumen Pictures.", {"mercury"}),
        ("Lumen Pictures sued Voxly, an AI firm.", set()),
    ],
)
def test_what_is_welcomed_is_what_was_done_and_not_who_did_it(
    stated, deed, objects
):
    made = stated(f"{deed} The Example Players Guild welcomed it.")
    welcomed = {row.object for row in made if row.relation == "supports"}
    assert welcomed == objects


def test_whose_ai_did_it_is_accused(rows):
    text = "Ben Specimen is suing Voxly, claiming its AI copied his voice."
    assert ("ben", "accuses", "Voxly") in rows(text)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Lumen Pictures said it would pull its AI dub.", "future"),
        (
            "Lumen Pictures said it would pull its AI dub if actors asked.",
            "hypothetical",
        ),
        (
            "Analysts said Lumen Pictures would pull its AI dub.",
            "hypothetical",
        ),
        ("Lumen Pictures pulled its AI dub.", "actual"),
    ],
)
def test_what_somebody_announces_of_himself_is_a_plan(stated, text, modality):
    made = stated(text)
    deeds = {row.modality for row in made if row.relation == "discontinues"}
    assert deeds == {modality}


def test_what_was_done_to_protest_was_a_protest(stated):
    text = "More than 1,000 musicians released a silent album to protest against the plans on AI copyright."
    made = [row for row in stated(text) if row.relation == "protests"]
    assert [row.modality for row in made] == ["actual"]


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("a tool that needs a hand", "supports"),
        ("a relief", "supports"),
        ("a tool of theft", "criticizes"),
        ("a dangerous tool", "criticizes"),
        ("the most important threat to actors", "criticizes"),
    ],
)
def test_what_ai_is_called_praises_it_unless_a_word_blames_it(
    rows, words, relation
):
    made = rows(f"Ben Specimen called AI {words}.")
    assert made == [("ben", relation, "ai-as-such")]


def test_whom_somebody_tells_is_not_whom_he_accuses(stated):
    text = (
        "Authors sued Lumen Pictures over AI.\n\nBen Specimen called the ruling a relief. "
        "“They took a life's work and fed it to a machine,” he told The Associated Press."
    )
    objects = {row.object for row in stated(text)}
    assert "Associated Press" not in objects


@pytest.mark.parametrize(
    "line",
    [
        "LONDON, March 3 (AP) — ",
        "London, UK – 12 January 2026 – ",
        "LOS ANGELES, Jan. 12, 2026 /PRNewswire/ -- ",
    ],
)
def test_a_date_line_takes_no_part(rows, line):
    text = f"{line}Studio Nine announced an AI partnership with Lumen Pictures."
    assert ("nine", "partnersWith", "lumen") in rows(text)
    assert {actor for actor, *_ in rows(text)} == {"nine"}
