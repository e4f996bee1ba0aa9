import pytest

from onrecord.extract.rules.body_signs import is_body
from onrecord.extract.rules.capitals import bodies
from onrecord.extract.rules.extractor import RuleExtractor
from onrecord.extract.rules.kinds import names
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.parsing import paragraphs
from onrecord.ingest.articles import KnownNames
from onrecord.model import Document


@pytest.mark.parametrize("name", ["Bjarka", "D'Anselo", "P!lk", "ROSÈA"])
def test_who_goes_by_one_name_behind_a_trade_is_a_person(nlp, name):
    known = KnownNames({}, {})
    result = RuleExtractor(known, nlp)(
        Document("Example Daily", text=f"“AI scares me,” said singer {name}.")
    )
    assert [(made.name, made.type) for made in result.entities] == [
        (name, "Person")
    ]


@pytest.fixture
def named(nlp):
    def find(text: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in paragraphs(text, nlp):
            for each in names(part, text, Lexicon.shipped()):
                assert (
                    part.text[each.start : each.end].casefold()
                    == each.text.casefold()
                )
                found.setdefault(each.text, each.cls)
        return found

    return find


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        (
            "Helena Marsh, the president of the Screen Craft Union, spoke.",
            "Helena Marsh",
            "Person",
        ),
        (
            "Helena Marsh, the president of the Screen Craft Union, spoke.",
            "Screen Craft Union",
            "Guild",
        ),
        ("Northgate CEO Marcus Oyelaran spoke.", "Marcus Oyelaran", "Person"),
        ("The deal with Paletta AI was signed.", "Paletta AI", "Company"),
        (
            "It was made for the film “The Glass Orchard.”",
            "The Glass Orchard",
            "Film",
        ),
        (
            "LIWEI TAN: I am tired.\n\nGREG HOLM: So am I.",
            "Liwei Tan",
            "Person",
        ),
        (
            "The Writers Guild of Great Britain met.",
            "Writers Guild of Great Britain",
            "Guild",
        ),
        ("Crews met Helena Marsh. Marsh spoke.", "Helena Marsh", "Person"),
    ],
)
def test_words_tell_what_a_name_names(named, text, name, cls):
    assert named(text).get(name) == cls


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("BREAKING NEWS: The set burnt.", "Breaking News"),
        ("It was “Winter Harbor” that won.", "Winter Harbor"),
        ("The president spoke.", "The president"),
        (
            "Small Studio Halts Dubbed Release After Voice Actors Revolt\n\nThe studio spoke.",
            "Small Studio Halts Dubbed Release After Voice Actors Revolt",
        ),
    ],
)
def test_what_is_no_name_is_not_proposed(named, text, name):
    assert name not in named(text)


def test_a_short_form_is_the_company_named_in_full(stated):
    made = stated("Harbor Pictures grew. Harbor praised AI dubbing.")
    assert [each.actors for each in made if each.relation == "supports"] == [
        ("Harbor Pictures",)
    ]


def test_a_place_that_stands_for_a_trade_is_no_company(stated):
    made = stated(
        "Harbor Pictures pulled its AI dub, a test of Hollywood's embrace of AI. "
        "More than 200 actors signed an open letter accusing the company of AI theft."
    )
    objects = {row.object for row in made if row.relation == "accuses"}
    assert objects == {"Harbor Pictures"}


def test_a_last_name_inside_a_longer_name_is_somebody_else(stated):
    made = stated("Ada Example left. Jane Example is worried about deepfakes.")
    assert all("ada" not in each.actors for each in made)


def test_an_ambiguous_name_is_the_candidate_named_in_full(nlp):
    from onrecord.extract.rules.matcher import EntityMatcher  # noqa: PLC0415
    from onrecord.extract.rules.mentions import DiscourseState  # noqa: PLC0415
    from onrecord.ingest.articles import KnownNames  # noqa: PLC0415  beside the model that may be missing
    from onrecord.model.registry import Known  # noqa: PLC0415

    known = (
        Known("music", "Nova Music", "Company"),
        Known("films", "Nova Films", "Company"),
        Known("senate", "Senate of Utopia", "GovernmentBody"),
        Known("chant", "Chant", "Company"),
        Known("chanter", "Chant song maker", "AISystem"),
    )
    ambiguous = {
        "Nova": ["Nova Music", "Nova Films"],
        "Senate": ["Senate of Utopia"],
        "Chant": ["Chant", known[4].label],
    }
    matcher = EntityMatcher(
        KnownNames({each.iri: each for each in known}, ambiguous),
        Lexicon.shipped(),
    )

    def named(text: str) -> list[str]:
        state = DiscourseState(Lexicon.shipped(), text)
        return [
            each.entity
            for part in paragraphs(text, nlp)
            for each in matcher.mentions(part, state)
        ]

    assert named("Nova Music grew. Then Nova shrank.") == ["music", "music"]
    assert "music" not in named("Then Nova shrank.")
    assert named("They asked the Senate for help.") == ["senate"]
    assert "senate" not in named("They met in the Senate.")
    assert named("Chant grew.") == ["chant"]
    assert named("The song was made with Chant.") == ["chanter"]


@pytest.mark.usefixtures("nlp")
def test_the_run_names_the_rule_tables():
    from onrecord.extract.rules.extractor import RuleExtractor  # noqa: PLC0415  beside the model that may be missing
    from onrecord.extract.rules.loading import model  # noqa: PLC0415
    from onrecord.ingest.articles import KnownNames  # noqa: PLC0415
    from onrecord.ingest.runs import run  # noqa: PLC0415

    extractor = RuleExtractor(KnownNames({}, {}), model())
    lexicon = Lexicon.shipped().fingerprint
    assert len(lexicon) == 8
    assert f"rules {lexicon}, " in run(extractor, "2026-01-02").settings


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        (
            "The Coastal Guild of Actors met.",
            "Coastal Guild of Actors",
            "Guild",
        ),
        (
            "The Academy of Series Arts met.",
            "Academy of Series Arts",
            "Organization",
        ),
        ("At the Guild of Dubbers, they met.", "Guild of Dubbers", "Guild"),
    ],
)
def test_a_body_bears_its_own_words_and_whose_it_is(nlp, text, name, cls):
    (paragraph,) = paragraphs(text, nlp)
    (body,) = bodies(paragraph, Lexicon.shipped())
    assert (body.text, body.cls) == (name, cls)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Nordic Effects Workers' Union spoke.",
            "Nordic Effects Workers' Union",
        ),
        (
            "The Webtoon Writers’ Federation spoke.",
            "Webtoon Writers’ Federation",
        ),
        ("The Game Creators’ Alliance spoke.", "Game Creators’ Alliance"),
        ("The Television Artistes' Forum spoke.", "Television Artistes' Forum"),
        ("The Irish Animators' Network spoke.", "Irish Animators' Network"),
    ],
)
def test_a_body_keeps_its_name_behind_those_who_are_in_it(named, text, name):
    assert named(text)[name] in {"Guild", "TradeBody", "Organization"}


@pytest.mark.parametrize(
    "text",
    [
        "“No,” said Ada Example, who runs Paper Krane, a studio in Oslo.",
        "Paper Krane is an agency. Paper Krane said so.",
        "Paper Krane's chief technology officer spoke for Paper Krane.",
        "Tobi Example of Paper Krane left it.",
        "He has drawn at Paper Krane since May.",
    ],
)
def test_what_has_a_head_or_is_called_a_firm_is_nobody(text):
    assert is_body(text, "Paper Krane")


@pytest.mark.parametrize(
    "text",
    [
        "Paper Krane's lawyers spoke. Paper Krane, a singer, was glad.",
        "The death of Paper Krane was told by Paper Krane's son.",
        "Fans of Paper Krane met Paper Krane.",
    ],
)
def test_who_has_lawyers_fans_and_sons_may_be_a_person(text):
    assert not is_body(text, "Paper Krane")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "“We waited. Then AI came and sang,” said Ada Example.",
            ["Ada Example"],
        ),
        ("Maybe AI wins. Sometimes AI sings. Only AI can.", []),
        ("“That's AI,” she said in a video.", []),
        ("A British AI firm sued. “Training AI is lawful,” it said.", []),
        ("WARSAW — The widow of an actor fears AI.", []),
        ("ŁÓDŹ (Press) - An actress fears AI.", []),
        ("SONANT — A studio. SONANT sells AI.", ["SONANT"]),
        ("Heritage Minister Ada Example fears AI.", ["Ada Example"]),
        ("Only Paletta AI was there.", ["Paletta AI"]),
    ],
)
def test_what_has_a_capital_only_where_it_stands_is_no_name(nlp, text, names):
    extractor = RuleExtractor(KnownNames({}, {}), nlp)
    state = DiscourseState(extractor.lexicon, text)
    list(extractor.passages(text, state))
    assert list(state.by_entity) == names


def test_words_stand_where_they_are_behind_a_date_line(nlp):
    text = "WARSAW — “AI scares me,” said Ada Example."
    made = RuleExtractor(KnownNames({}, {}), nlp)(
        Document("Example Daily", text=text)
    )
    (words,) = [statement.evidence for statement in made.statements]
    assert text[words.start : words.end] == words.exact
