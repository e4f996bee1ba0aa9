from pathlib import Path

import pytest

from onrecord.extract.rules.lexicon import Lexicon
from onrecord.ingest.articles import KnownNames
from onrecord.ingest.sieve import Sieve
from onrecord.model.registry import Known

DATA = Path(__file__).parents[1] / "data"
KNOWN = (
    Known("urn:acme", "Acme Pictures", "Company", ("Acme Film Works",)),
    Known("urn:quill", "Quill Nine", "AISystem"),
    Known("urn:act", "NO ROBOTS Act", "Legislation"),
)
PAGE = (
    '<html><head><script>var ai = "film";</script></head><body>{}</body></html>'
)


@pytest.fixture(scope="module")
def sieve() -> Sieve:
    names = KnownNames({known.iri: known for known in KNOWN}, {})
    return Sieve.of(Lexicon.shipped(), names)


def test_no_own_text_is_turned_away(sieve):
    folders = (DATA / "texts", DATA / "news" / "texts")
    texts = [path for folder in folders for path in folder.iterdir()]
    pages = {path.name: PAGE.format(path.read_text("utf-8")) for path in texts}
    assert len(pages) > 80
    assert [
        name
        for name, page in pages.items()
        if not sieve.lets_through(page.encode())
    ] == []


@pytest.mark.parametrize(
    ("words", "passes"),
    [
        ("A singer spoke of AI.", True),
        ("A singer spoke of <b>artificial</b>\n&nbsp;intelligence.", True),
        ("ACME PICTURES buys an A.I. firm.", True),
        ("A film was made with Quill Nine.", True),
        ("Singers back the NO ROBOTS Act.", True),
        ("A singer spoke of rain.", False),
        ("A farmer spoke of AI.", False),
        ("A singer said that she waited in Kuwait.", False),
        ('A singer. <a href="/ai/">Weather</a>', False),
    ],
)
def test_a_page_passes_that_speaks_of_ai_and_of_the_field(sieve, words, passes):
    assert sieve.lets_through(PAGE.format(words).encode()) is passes


def test_data_for_machines_is_looked_at(sieve):
    page = '<script type="application/ld+json">{"articleBody": "AI in a film"}</script>'
    assert sieve.lets_through(page.encode())


def test_a_page_of_two_bytes_a_letter_is_left_to_the_parser(sieve):
    assert sieve.lets_through("A singer spoke of AI.".encode("utf-16"))


@pytest.mark.parametrize("piece", [b"<script", b"<", b"&", b"</script"])
@pytest.mark.timeout(120)
def test_a_page_of_a_million_openings_takes_no_longer_than_another(
    sieve, piece
):
    assert not sieve.lets_through(piece * 1_000_000)


def test_a_field_without_words_asks_for_ai_alone():
    sieve = Sieve((b" ai ",), ())
    assert sieve.lets_through(b"farmers and AI")
