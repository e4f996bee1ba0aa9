"""Writing the page: the whole graph or a part, the same each time, readable without scripts, not too big."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import onrecord
from onrecord.model.errors import BadInput, NotWritten, UnknownName
from onrecord.model.vocabulary import Vocabulary
from onrecord.networks import Network, Node
from onrecord.page.view import earlier, page
from onrecord.workspace import Workspace

Opener = Callable[..., SimpleNamespace]


def test_a_page_is_one_file_that_asks_for_nothing(ship: Path) -> None:
    text = ship.read_text(encoding="utf-8")
    assert "default-src &#39;none&#39;" in text
    assert (
        re.findall(r"<(?:link|img|iframe|object|embed)\b|<script src", text)
        == []
    )


def test_the_same_graph_gives_the_same_page_byte_by_byte(
    whole: Network, words: Vocabulary, ship: Path
) -> None:
    assert page(whole, words).encode() == ship.read_bytes()


def test_only_a_page_that_is_served_leads_to_the_pages_beside_it(
    whole: Network, words: Vocabulary, ship: Path
) -> None:
    assert re.search('"site": ?"/"', page(whole, words, site="/"))
    assert '"site":' not in ship.read_text(encoding="utf-8")


def test_a_page_around_an_entity_is_titled_by_it(
    tmp_path: Path, small: Workspace
) -> None:
    written = onrecord.view(
        tmp_path / "ada.html", about="A. Example", workspace=small
    )
    assert written == tmp_path / "ada.html"
    assert "<h1>Ada Example: who says what about AI</h1>" in written.read_text(
        encoding="utf-8"
    )


def test_an_unknown_name_writes_nothing(
    tmp_path: Path, small: Workspace
) -> None:
    with pytest.raises(UnknownName, match="Ada Example"):
        onrecord.view(tmp_path / "x.html", about="Ada Exampel", workspace=small)
    assert not (tmp_path / "x.html").exists()


def test_a_part_is_titled_by_what_it_shows(
    tmp_path: Path, small: Workspace
) -> None:
    written = onrecord.view(
        tmp_path / "part.html",
        topic="consent and likeness",
        stance="conditional",
        since="2025",
        workspace=small,
    )
    title = "Who says what about AI in entertainment: on consent and likeness, conditional, since 2025"
    assert f"<h1>{title}</h1>" in written.read_text(encoding="utf-8")


def test_the_map_of_an_earlier_page_is_kept(
    whole: Network, words: Vocabulary, ship: Path
) -> None:
    grown = replace(
        whole,
        nodes={
            **whole.nodes,
            "New-One": Node("New-One", "New One", "person", "person"),
        },
    )
    before, after = (
        earlier(ship),
        places(page(grown, words, places=earlier(ship))),
    )
    assert {key: after[key] for key in before} == before
    assert "New-One" in after


def places(text: str) -> dict[str, object]:
    nodes = re.search(r'id="nodes">(.*?)</script>', text, re.DOTALL)
    assert nodes
    return {
        node.get("key", node["label"].replace(" ", "-")): [
            point and tuple(point) for point in node["at"]
        ]
        for node in json.loads(nodes[1])
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html></html>",
        *(
            f'<script type="application/json" id="nodes">{nodes}</script>'
            for nodes in (
                "[",
                "[1]",
                '[{"label": "a", "at": "xy"}]',
                '[{"label": "a", "at": [[1, 1e999]]}]',
                "[" * 100_000,
            )
        ),
    ],
)
def test_what_is_no_earlier_page_is_refused(
    tmp_path: Path, small: Workspace, text: str
) -> None:
    (tmp_path / "other.html").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="is no page that onrecord wrote"):
        onrecord.view(
            tmp_path / "page.html",
            positions=tmp_path / "other.html",
            workspace=small,
        )


def test_the_command_takes_the_same_choices(
    tmp_path: Path, command: Callable[..., SimpleNamespace], small: Workspace
) -> None:
    view = ("-C", small.root, "view", "-o", "page.html")
    done = command(*view, "--story", "sora-2", "--topic", "deepfakez")
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        "no topic is called 'deepfakez'; did you mean 'deepfakes'"
        in done.stderr
    )
    done = command(*view, "--about", "Ada Example", "--since", "2025")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"onrecord: wrote {tmp_path / 'page.html'}\n"


def test_a_file_of_somebody_else_is_kept(
    tmp_path: Path, small: Workspace
) -> None:
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    with pytest.raises(NotWritten, match="--force"):
        onrecord.view(tmp_path / "mine.html", workspace=small)
    onrecord.view(tmp_path / "mine.html", workspace=small, force=True)
    onrecord.view(tmp_path / "mine.html", workspace=small)
    assert "Studio Nine" in (tmp_path / "mine.html").read_text(encoding="utf-8")


def test_without_javascript_every_link_stands_in_a_table(
    opened: Opener, ship: Path, whole: Network
) -> None:
    found = opened(ship, scripts=False)
    assert found.locator("noscript tr:has(td)").count() == len(whole.links)
    assert found.locator("h1").inner_text() == whole.title
    assert (
        found.locator("noscript tbody a")
        .first.get_attribute("href")
        .startswith("http")
    )


GIST = "Says in our own words, as long as gists are, what the studio should do next."


def test_the_page_of_a_thousand_entities_stays_under_two_megabytes(
    invent: SimpleNamespace, words: Vocabulary
) -> None:
    """As long as the graph that ships has them: gists of 72 letters, words in every second one, 4 to a document."""
    nodes = [invent.node(f"Person-Number-{at}") for at in range(1000)]
    ends = [
        (
            f"Person-Number-{at % 1000}",
            f"Person-Number-{(at * 7 + at // 1000 + 1) % 1000}",
        )
        for at in range(3000)
    ]
    proofs = [
        invent.proof(
            f"{at:012x}",
            one,
            "urges",
            two,
            sentence=f"{one.replace('-', ' ')} urges {two.replace('-', ' ')}",
            gist=GIST,
            quote="at most eight words of the speaker's own"
            if at % 2
            else None,
            document=f"document-{at // 4}",
            title=f"A title of the usual length, which is about fifty letters, {at // 4}",
            url=f"https://news.example.org/2025/10/21/a-story-of-about-the-usual-length-{at // 4}.html",
        )
        for at, (one, two) in enumerate(ends)
    ]
    links = [
        invent.link(one, "urges", two, f"{at:012x}")
        for at, (one, two) in enumerate(ends)
    ]
    size = len(page(invent.net(nodes, links, proofs), words).encode())
    assert (
        len(nodes),
        len({(each.source, each.target) for each in links}),
    ) == (
        1000,
        3000,
    )
    assert size < 2_000_000


def test_a_workspace_keeps_the_map_of_the_page_that_it_writes_over(
    tmp_path: Path, desk: SimpleNamespace
) -> None:
    desk.put(desk.told(desk.said("urges", "Studio Nine"), name="one"))
    target = tmp_path / "page.html"
    once = onrecord.view(target, workspace=desk.workspace).read_bytes()
    assert onrecord.view(target, workspace=desk.workspace).read_bytes() == once
    before = earlier(target)
    desk.put(desk.told(desk.said("criticizes", "Paintbot"), name="two"))
    after = earlier(onrecord.view(target, workspace=desk.workspace))
    assert before.keys() <= after.keys()
    moved = [
        key for key in before if before[key][1] not in (None, after[key][1])
    ]
    assert moved == []


def test_a_hyphen_is_standard_output(small, capfdbinary, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert str(onrecord.view("-", about="A. Example", workspace=small)) == "-"
    assert capfdbinary.readouterr().out.startswith(b"<!doctype html>")
    assert not (tmp_path / "-").exists()
