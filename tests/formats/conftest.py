"""A small workspace of invented entities whose names and texts are as unpleasant as a record may have them."""

import json

import pytest

import onrecord
from onrecord.querying.ask import Graph
from onrecord.workspace import Workspace

SCRIPT = "Studio <script>alert(1)</script> Nine"
FORMULA = '=HYPERLINK("https://example.org/x")'
HOSTILE = {
    "script": SCRIPT,
    "formula": FORMULA,
    "plus": "+1 Plus Pictures",
    "minus": "-2 Minus Music",
    "at": "@At Agency",
    "quotes": 'Ada "Quote" O’Example \\ & Co.',
    "href": "Bea href='javascript:alert(1)' Example",
    "right-to-left": "מיכל דוגמה",
    "turned": "Cal \u202eelpmaxE",
    "emoji": "👩‍🚀 Dora Example 🤖",
    "markup": "]]> --> %> {{7*7}} *_`#|~$",
}
"""Names that some format or program would take for something else."""
TWO_LINES = 'Says it in two lines.\nThe second has "quotes", <b>marks</b> and a \\ backslash.'


def _entity(
    name: str, cls: str = "Company", **more: object
) -> dict[str, object]:
    return {"entity": {"name": name, "type": cls, **more}}


def _statement(
    actors: list[str], relation: str, target: str, gist: str, **more: object
) -> dict[str, object]:
    about = {
        "topics": ["deepfakes"],
        "stance": "critical",
        "basis": "self-report",
        "modality": "actual",
    }
    kind = {
        "object": target,
        "object_kind": "entity",
        "negated": False,
        "confidence": 0.9,
    }
    return {
        "actors": actors,
        "relation": relation,
        "gist": gist,
        **about,
        **kind,
        **more,
    }


def _document(
    number: int, statements: list[dict[str, object]], **more: object
) -> dict[str, object]:
    doc = {
        "url": f"https://example.org/{number}?a=1&b=2",
        "publisher": "The Example",
        "source_kind": "report",
    }
    return {
        "doc": {**doc, "title": f"Title {number}", **more},
        "statements": statements,
    }


RECORDS = [
    *(_entity(name) for name in HOSTILE.values()),
    _entity(
        "Eve Example",
        "Person",
        aliases=["Eve", "=E"],
        affiliation="Parent Example",
        role="director",
        country="US",
    ),
    _entity("Parent Example", description="Owns <nothing> & nobody."),
    _entity("Example Tool", "AISystem"),
    _entity("Example Film", "Film"),
    _document(
        1,
        [
            _statement([name], "urges", "Eve Example", TWO_LINES)
            for name in HOSTILE.values()
        ],
        published="2025",
    ),
    _document(
        2,
        [
            _statement(
                ["Eve Example"],
                "urges",
                SCRIPT,
                "=1+1 is what she asks for.",
                date="2026-03-04",
            ),
            _statement(
                ["Eve Example"],
                "criticizes",
                SCRIPT,
                "Finds fault with it.",
                date="2026-05",
            ),
            _statement(
                ["Eve Example"],
                "criticizes",
                SCRIPT,
                "Finds fault with it again.",
                stance="conditional",
            ),
            _statement(
                ["Eve Example"],
                "usesAIIn",
                "Example Film",
                "Makes a film.",
                instrument="Example Tool",
            ),
        ],
        title="A </title> & more",
    ),
    _document(
        3,
        [_statement([FORMULA], "partnersWith", SCRIPT, "They work together.")],
        published="2026-02-01",
    ),
    _document(
        4,
        [
            _statement(
                ["Eve Example"],
                "concernedAbout",
                "deepfakes",
                "Is not worried.",
                object_kind="topic",
                negated=True,
                confidence=0.70,
            )
        ],
        translated=True,
    ),
]


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The workspace; no test may change it."""
    folder = tmp_path_factory.mktemp("hostile")
    made = onrecord.init(folder / "workspace")
    records = folder / "records.jsonl"
    records.write_text(
        "".join(json.dumps(each) + "\n" for each in RECORDS), encoding="utf-8"
    )
    onrecord.add([records], workspace=made)
    return made


@pytest.fixture(scope="session")
def hostile(workspace: Workspace) -> Graph:
    """Its graph, opened once."""
    return Graph(workspace)
