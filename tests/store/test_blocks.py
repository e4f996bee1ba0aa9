import pyoxigraph as ox
import pytest

from onrecord.store.blocks import changed_blocks

HEAD = b"@prefix : <https://w3id.org/onrecord/> .\n@prefix s: <https://schema.org/> .\n\n"
ADA = b':Ada a :Person ;\n    s:name "Ada" .\n'
BEA = b':Bea a :Person ;\n    s:name "Bea" .\n'
FILE = HEAD + ADA + b"\n" + BEA


def triples(content: bytes) -> set[ox.Quad]:
    return set(ox.parse(content, ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    "new",
    [
        FILE.replace(b'"Bea"', b'"Bee"'),
        HEAD + ADA,
        FILE + b'\n:Cyd a :Person ;\n    s:name "Cyd" .\n',
        FILE.replace(
            b"@prefix s", b"@prefix t: <https://t.example/> .\n@prefix s"
        ),
        HEAD + BEA + b"\n" + ADA,
    ],
)
def test_only_blocks_that_differ_are_told_and_what_they_say_is_the_difference(
    new,
):
    blocks = changed_blocks(FILE, new)
    assert blocks is not None
    gone, come = map(triples, blocks)
    old, now = triples(FILE), triples(new)
    assert (gone - come, come - gone) == (old - now, now - old)
    assert len(gone | come) <= 4


@pytest.mark.parametrize(
    "new",
    [
        FILE.replace(b'"Bea"', b'"""Bea\n\n:Cyd a :Person ."""'),
        FILE.replace(b"schema.org", b"schema.example"),
        FILE + b"\n:Ada a :Thing .\n",
        FILE.replace(BEA, BEA + b":Cyd a :Person .\n"),
        FILE.replace(BEA, b":Bea s:knows [ a :Person ] .\n"),
        FILE + b"\n<https://w3id.org/onrecord/Bea> a :Thing .\n",
        FILE + b"\n# a word\n",
        BEA,
        b"",
    ],
)
def test_nothing_is_told_of_a_file_that_is_written_otherwise(new):
    assert changed_blocks(FILE, new) is None
    assert changed_blocks(new, FILE) is None
