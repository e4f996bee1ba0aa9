"""Changes by hand: that what is removed stays out, and what was merged stays known."""

import hashlib
import json
import re

import pytest

import onrecord
from onrecord import workspace
from onrecord.editing import curation as curate
from onrecord.editing.editor import undo
from onrecord.editing.removing import remove
from onrecord.editing.reviewing import edit
from onrecord.ingest.articles import ReadingOptions
from onrecord.model.errors import BadInput, BadRecord, NoWorkspace, UnknownName
from onrecord.querying.ask import query
from onrecord.querying.dossier import show
from onrecord.store.check import check


def ids(desk) -> list[str]:
    return [
        iri
        for (iri,) in desk.ask("SELECT ?it { ?it a :Statement } ORDER BY ?it")
    ]


def labels(desk) -> set[str]:
    return {
        label
        for (label,) in desk.ask(
            "SELECT ?label { ?it a :Statement ; rdfs:label ?label }"
        )
    }


def names(desk) -> set[str]:
    return {
        label
        for (label,) in desk.ask(
            "SELECT ?label { GRAPH graph:entities { ?it rdfs:label ?label } }"
        )
    }


@pytest.fixture
def record(desk) -> dict[str, object]:
    return desk.told(desk.said(), desk.said("urges", "Studio Ten"), name="one")


@pytest.mark.parametrize(
    "form", ["{0}", "st:{0}", "https://w3id.org/onrecord/statement/{0}"]
)
def test_a_statement_goes_by_id_or_iri_and_stays_out_with_its_edge(
    desk, record, form: str
) -> None:
    desk.put(record)
    ((iri,),) = desk.ask("SELECT ?it { ?it :relation :urges }")
    removed = remove(
        form.format(iri[-12:]),
        reason="not borne by the source",
        workspace=desk.workspace,
    )
    assert (removed.what, removed.statements) == (f"statement {iri[-12:]}", 1)
    assert labels(desk) == {"Ada Example is concerned about job displacement"}
    assert desk.ask("SELECT ?a { ?a :urges ?b }") == []
    added = desk.put(record)
    assert (added.statements["withheld"], added.statements["unchanged"]) == (
        1,
        1,
    )
    assert len(ids(desk)) == 1
    assert check(desk.workspace).passed


def test_a_removed_statement_stays_out_when_it_is_told_in_other_words(
    desk, record
) -> None:
    desk.put(record)
    ((iri,),) = desk.ask("SELECT ?it { ?it :relation :urges }")
    remove(iri, workspace=desk.workspace)
    again = desk.told(
        desk.said(),
        desk.said("urges", "Studio Ten", gist="Asks the studio to stop."),
    )
    assert desk.put(again).statements["withheld"] == 1
    assert len(ids(desk)) == 1


def test_the_last_statement_goes_and_its_document_stays_to_know_it_by(
    desk,
) -> None:
    record = desk.told(desk.said())
    desk.put(record)
    remove(ids(desk)[0], workspace=desk.workspace)
    assert len(desk.ask("SELECT ?it { ?it a :Document }")) == 1
    assert desk.put(record).statements["withheld"] == 1
    assert desk.put(
        desk.told(desk.said("opposes", "regulation", actors=["Bob Sample"]))
    ).documents == {"updated": 1}
    assert check(desk.workspace).passed


@pytest.mark.parametrize(
    "form",
    [
        "{0}",
        "doc:{0}",
        "https://w3id.org/onrecord/doc/{0}",
        "https://news.example/one",
    ],
)
def test_a_document_goes_by_id_iri_or_address_and_stays_out(
    desk, record, form: str
) -> None:
    desk.put(record, desk.told(desk.said(), name="two"))
    removed = remove(
        form.format("example-news-undated-one"), workspace=desk.workspace
    )
    assert (removed.what, removed.statements) == (
        "document example-news-undated-one",
        2,
    )
    assert not (
        desk.graphs / "documents" / "example-news-undated-one.ttl"
    ).exists()
    added = desk.put(record)
    assert (added.documents, added.statements["withheld"]) == (
        {"withheld": 1},
        2,
    )
    assert check(desk.workspace).passed


def test_a_removed_document_stays_out_under_another_title_and_by_its_hash(
    desk,
) -> None:
    digest = "ab" * 32
    desk.put(desk.told(desk.said(), sha256=digest, title="First title"))
    remove("https://news.example/one", workspace=desk.workspace)
    assert desk.put(desk.told(desk.said(), title="Second title")).documents == {
        "withheld": 1
    }
    assert desk.put(
        desk.told(desk.said(), name="moved", sha256=digest)
    ).documents == {"withheld": 1}


def test_another_document_of_the_same_name_gets_another_id(desk) -> None:
    desk.put(desk.told(desk.said(), title="A title"))
    remove("https://news.example/one", workspace=desk.workspace)
    desk.put(
        desk.told(
            desk.said(actors=["Bob Sample"]), name="other", title="A title"
        )
    )
    assert desk.ask("SELECT ?it { ?it a :Document }") == [
        ("https://w3id.org/onrecord/doc/example-news-undated-a-title-document",)
    ]


def test_the_tombstone_tells_when_and_why_and_not_what(desk) -> None:
    desk.put({"entity": {"name": "Private Person", "type": "Person"}})
    desk.put(
        desk.told(desk.said(actors=["Private Person"], gist="Tells a secret."))
    )
    remove(ids(desk)[0], reason="a private matter", workspace=desk.workspace)
    text = (desk.graphs / "removed.ttl").read_text(encoding="utf-8")
    assert "a private matter" in text
    assert ":removedOn" in text
    everything = b"".join(desk.files().values()).decode()
    assert "Private" not in everything
    assert "secret" not in everything


def test_an_entity_that_nothing_names_any_more_goes_and_stays_out_until_it_is_named(
    desk,
) -> None:
    entity = {
        "entity": {
            "name": "Passer-By",
            "type": "Person",
            "affiliation": "Some Shop",
        }
    }
    shop = {"entity": {"name": "Some Shop", "type": "Company"}}
    record = desk.told(desk.said(actors=["Passer-By"]))
    desk.put(shop, entity, record)
    removed = remove(ids(desk)[0], workspace=desk.workspace)
    assert removed.entities == ("Passer-By", "Some Shop")
    assert not {"Passer-By", "Some Shop"} & names(desk)
    assert desk.put(shop, entity, record).entities == {"withheld": 2}
    assert not {"Passer-By", "Some Shop"} & names(desk)
    desk.put(
        shop,
        entity,
        desk.told(
            desk.said("opposes", "regulation", actors=["Passer-By"]), name="two"
        ),
    )
    assert {"Passer-By", "Some Shop"} <= names(desk)


def test_a_removed_name_in_a_new_statement_is_a_fault_that_says_what_to_do(
    desk,
) -> None:
    desk.put(
        {"entity": {"name": "Passer-By", "type": "Person"}},
        desk.told(desk.said(actors=["Passer-By"])),
    )
    remove(ids(desk)[0], workspace=desk.workspace)
    with pytest.raises(
        BadRecord,
        match="'Passer-By' was removed; to name it again, add it as an entity",
    ):
        desk.put(
            desk.told(desk.said("opposes", "regulation", actors=["Passer-By"]))
        )


def test_an_entity_that_something_else_names_stays(desk) -> None:
    desk.put(desk.told(desk.said()), desk.told(desk.said(), name="two"))
    assert (
        remove("https://news.example/one", workspace=desk.workspace).entities
        == ()
    )
    assert {"Ada Example", "Studio Nine"} <= names(desk)


def test_what_disputed_the_removed_stays_and_disputes_nothing(desk) -> None:
    desk.put(desk.told(desk.said("worksFor", "Studio Ten")))
    (key,) = (iri[-12:] for iri in ids(desk))
    denial = desk.said("denies", "Studio Ten", disputes=key)
    desk.put(
        desk.told(desk.said("worksFor", "Studio Ten"), denial),
        desk.told(denial, name="two"),
    )
    remove(key, workspace=desk.workspace)
    assert desk.ask("SELECT ?s { ?s :disputes ?other }") == []
    assert len(ids(desk)) == 2
    assert check(desk.workspace).passed


@pytest.mark.parametrize(
    "content", ["st:1 a [", "<<( " * 100, "é".encode("latin-1")]
)
def test_a_document_whose_file_is_broken_goes_by_its_id(
    desk, record, content
) -> None:
    desk.put(record)
    file = desk.workspace.home / "documents" / "broken.ttl"
    file.write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )
    assert [f.where for f in check(workspace=desk.workspace).findings]
    assert remove("broken", workspace=desk.workspace).what == "document broken"
    assert not file.exists()
    assert len(ids(desk)) == 2


def test_an_unknown_name_is_answered_with_the_nearest_document(
    desk, record
) -> None:
    desk.put(record)
    before = desk.files()
    with pytest.raises(
        UnknownName, match="did you mean example-news-undated-one"
    ):
        remove("example-news-undated-two", workspace=desk.workspace)
    assert desk.files() == before


def test_the_graph_that_ships_inside_the_wheel_is_not_written(shipped) -> None:
    with pytest.raises(NoWorkspace):
        remove("0123456789ab", workspace=shipped)


def test_a_reason_with_a_control_character_is_refused(desk) -> None:
    with pytest.raises(BadInput, match="control character"):
        remove("0123456789ab", reason="\x1b[2J", workspace=desk.workspace)


def test_the_command_says_what_went(desk, command) -> None:
    desk.put(
        {"entity": {"name": "Passer-By", "type": "Person"}},
        desk.told(desk.said(actors=["Passer-By"])),
    )
    done = command(
        "remove", ids(desk)[0], "--reason", "asked for", cwd=desk.workspace.root
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[1:] == [
        "and, as nothing else names them: Passer-By"
    ]
    again = command(
        "add",
        desk.write(desk.told(desk.said(actors=["Passer-By"]))),
        cwd=desk.workspace.root,
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert (
        "withheld: removed earlier (`onrecord remove`), and kept out"
        in again.stdout
    )


def test_the_front_door_removes_too(desk, record) -> None:
    desk.put(record)
    assert (
        onrecord.remove(
            "https://news.example/one", workspace=desk.workspace
        ).statements
        == 2
    )


REPLACED = "SELECT ?old ?new { ?old dcterms:isReplacedBy ?new } ORDER BY ?old"


def replaced(desk) -> list[tuple[str, ...]]:
    return [
        tuple(iri.rpartition("/")[2] for iri in row)
        for row in desk.ask(REPLACED)
    ]


def test_a_merge_leaves_word_of_what_stands_for_the_old_iri(desk):
    desk.put(desk.told(desk.said(), desk.said("urges", "Studio Ten")))
    curate.merge("Studio Nine", "Studio Ten", workspace=desk.workspace)
    assert replaced(desk) == [("Studio-Ten", "Studio-Nine")]
    assert check(desk.workspace).passed
    for name in (
        ":Studio-Ten",
        "Studio-Ten",
        "https://w3id.org/onrecord/Studio-Ten",
        "Studio Ten",
    ):
        assert show(name, workspace=desk.workspace).name == "Studio Nine"
    undo(workspace=desk.workspace)
    assert replaced(desk) == []
    assert show(":Studio-Ten", workspace=desk.workspace).name == "Studio Ten"


def test_a_chain_of_merges_leads_to_the_one_that_stands(desk):
    curate.merge("Studio Nine", "Studio Ten", workspace=desk.workspace)
    curate.merge("Some fans", "Studio Nine", workspace=desk.workspace)
    assert replaced(desk) == [
        ("Studio-Nine", "Some-fans"),
        ("Studio-Ten", "Some-fans"),
    ]
    assert show(":Studio-Ten", workspace=desk.workspace).name == "Some fans"


def test_records_that_name_what_was_merged_speak_of_the_one_that_stands(desk):
    curate.merge("Studio Nine", "Studio Ten", workspace=desk.workspace)
    old = [
        {"entity": {"name": "Studio Ten", "type": "Company"}},
        {"entity": {"name": "Studio Nine", "type": "Company"}},
    ]
    told = desk.told(
        desk.said("urges", ":Studio-Ten", object_kind="entity"),
        desk.said("opposes", "Studio Ten"),
    )
    added = desk.put(*old, told)
    assert desk.ask(
        "SELECT DISTINCT ?it { ?statement a :Statement ; :object/rdfs:label ?it }"
    ) == [("Studio Nine",)]
    assert added.entities.get("added", 0) == 0
    assert show("Studio Ten", workspace=desk.workspace).name == "Studio Nine"


def test_a_new_entity_never_gets_the_id_of_a_merged_one(desk):
    curate.merge("Studio Nine", "Studio Ten", workspace=desk.workspace)
    desk.put({"entity": {"name": "Studio Ten", "type": "Film"}})
    assert desk.ask(
        "SELECT ?it { ?it a :Film ; rdfs:label ?l . FILTER (STR(?l) = 'Studio Ten') }"
    ) == [("https://w3id.org/onrecord/Studio-Ten-Film",)]


def test_the_word_of_a_merge_goes_out_with_the_graph(desk, command):
    curate.merge("Studio Nine", "Studio Ten", workspace=desk.workspace)
    for form in ("trig", "turtle", "jsonld"):
        assert (
            "isReplacedBy"
            in command("export", form, cwd=desk.workspace.root).stdout
        )


def test_removing_the_one_that_stands_removes_the_names_that_it_had(desk):
    for name in ("Private Person", "P. Person"):
        desk.put({"entity": {"name": name, "type": "Person"}})
    desk.put(desk.told(desk.said(actors=["P. Person"])))
    curate.merge("Private Person", "P. Person", workspace=desk.workspace)
    remove("https://news.example/one", workspace=desk.workspace)
    assert replaced(desk) == []
    assert b"Person" not in (desk.graphs / "removed.ttl").read_bytes()
    assert check(desk.workspace).passed


APART = "SELECT ?one ?two { ?one owl:differentFrom ?two } ORDER BY ?one ?two"


def parted(desk) -> list[tuple[str, ...]]:
    return [
        tuple(iri.rpartition("/")[2] for iri in row) for row in desk.ask(APART)
    ]


def test_two_that_differ_are_kept_apart_in_the_workspace_until_that_is_taken_back(
    desk, command
):
    words = ("merge", "--apart", "Studio Ten", "Studio Nine")
    told = command(*words, cwd=desk.workspace.root)
    assert told.stdout == "parting of Studio Ten and Studio Nine\n"
    assert parted(desk) == [("Studio-Nine", "Studio-Ten")]
    assert check(desk.workspace).passed
    for pair, fault in (
        (("Studio Nine", ":Studio-Ten"), "are kept apart already"),
        (("Studio Nine", ":Studio-Nine"), "are one entity"),
    ):
        with pytest.raises(BadInput, match=fault):
            curate.keep_apart(*pair, workspace=desk.workspace)
    undo(workspace=desk.workspace)
    assert parted(desk) == []


def test_names_kept_apart_are_listed_and_go_along_in_records_and_rdf(
    desk, command
):
    curate.keep_apart("Studio Ten", "Studio Nine", workspace=desk.workspace)
    root = desk.workspace.root
    listed = command("-C", root, "list", "kept-apart").stdout
    assert re.search("Studio Nine .*Studio Ten", listed)
    for form, suffix in (("records", "jsonl"), ("turtle", "ttl")):
        file = root.parent / f"work.{suffix}"
        command("-C", root, "export", form, "-o", file)
        there = workspace.find(workspace.init(root.parent / form).root)
        onrecord.add([file], workspace=there)
        assert [*query(APART, workspace=there)] == [*query(APART, workspace=desk.workspace)]  # fmt: skip
    bad = root.parent / "bad.jsonl"
    bad.write_text(
        '{"apart": ["Studio Nine", ":Studio-Nine"]}', encoding="utf-8"
    )
    with pytest.raises(BadRecord, match="both names are of one entity"):
        onrecord.add([bad], workspace=there)


def test_who_is_kept_apart_from_one_is_kept_apart_from_what_it_becomes(desk):
    for other in ("Studio Ten", "Some fans"):
        curate.keep_apart("Studio Nine", other, workspace=desk.workspace)
    curate.merge("Some fans", "Studio Nine", workspace=desk.workspace)
    assert parted(desk) == [("Some-fans", "Studio-Ten")]


def test_a_removed_name_is_kept_apart_from_nobody(desk):
    desk.put({"entity": {"name": "Private Person", "type": "Person"}})
    desk.put(desk.told(desk.said(actors=["Private Person"])))
    curate.keep_apart("Private Person", "Studio Nine", workspace=desk.workspace)
    remove("https://news.example/one", workspace=desk.workspace)
    assert parted(desk) == []
    assert "Private" not in log(desk)


def log(desk) -> str:
    return (desk.workspace.root / "log.jsonl").read_text(encoding="utf-8")


def test_a_removal_is_logged_and_cannot_be_taken_back(desk) -> None:
    desk.put(desk.told(desk.said(gist="Tells a secret.")))
    key = ids(desk)[0][-12:]
    curate.rename("Studio Ten", "Studio Eleven", workspace=desk.workspace)
    remove(key, reason="a private matter", workspace=desk.workspace)
    what = [json.loads(line)["what"] for line in log(desk).splitlines()]
    assert what[2:] == [
        "rename of Studio Ten to Studio Eleven",
        f"removal of statement {key}",
    ]
    before = desk.files()
    with pytest.raises(BadInput, match="a removal cannot be taken back"):
        undo(workspace=desk.workspace)
    assert desk.files() == before


def test_the_log_forgets_what_was_removed_and_who(desk) -> None:
    desk.put({"entity": {"name": "Private Person", "type": "Person"}})
    desk.put(
        desk.told(desk.said(actors=["Private Person"], gist="Tells a secret."))
    )
    edit(ids(desk)[0][-12:], gist="Says it.", workspace=desk.workspace)
    curate.rename("Private Person", "P. Person", workspace=desk.workspace)
    assert "secret" in log(desk)
    remove(ids(desk)[0], workspace=desk.workspace)
    assert "secret" not in log(desk)
    assert "Person" not in log(desk)
    assert '"what": "rename"' in log(desk)


def test_what_was_changed_after_a_removal_can_be_taken_back(desk) -> None:
    desk.put(desk.told(desk.said()))
    remove(ids(desk)[0], workspace=desk.workspace)
    before = desk.files()
    curate.merge("Some fans", "Studio Ten", workspace=desk.workspace)
    undo(workspace=desk.workspace)
    assert desk.files() == before


def test_a_removed_document_leaves_no_text(desk) -> None:
    text = "Ada Example fears for jobs."
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = desk.workspace.root / "texts" / f"{digest}.txt"
    kept.parent.mkdir()
    kept.write_text(text, encoding="utf-8")
    desk.put(desk.told(desk.said(), sha256=digest))
    remove("https://news.example/one", workspace=desk.workspace)
    assert not kept.exists()


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u2066\u2069", "a\x1bb"])
def test_a_name_that_nobody_sees_is_none(desk, name: str) -> None:
    with pytest.raises(BadInput, match="is no name"):
        curate.rename("Studio Ten", name, workspace=desk.workspace)


NINE, TEN = (
    {"entity": {"name": f"Studio {number}", "type": "Company"}}
    for number in ("Nine", "Ten")
)
NETFLIX = {
    "entity": {
        "name": "Elevenflix",
        "type": "Company",
        "aliases": ["Netflix Inc."],
    }
}
TURNS = {
    "renamed, added, renamed": [
        lambda desk: curate.rename(
            "Studio Ten", "Ten One", workspace=desk.workspace
        ),
        lambda desk: desk.put(TEN),
        lambda desk: curate.rename(
            "Studio Ten", "Ten Two", workspace=desk.workspace
        ),
    ],
    "renamed, added, merged": [
        lambda desk: curate.rename(
            "Studio Ten", "Ten One", workspace=desk.workspace
        ),
        lambda desk: desk.put(TEN),
        lambda desk: curate.merge(
            "Studio Nine", "Studio Ten", workspace=desk.workspace
        ),
    ],
    "merged, added, merged": [
        lambda desk: curate.merge(
            "Studio Ten", "Studio Nine", workspace=desk.workspace
        ),
        lambda desk: desk.put(NINE),
        lambda desk: curate.merge(
            "Paintbot", "Studio Nine", workspace=desk.workspace
        ),
    ],
    "added with another's alias, then that one copied in": [
        lambda desk: desk.put(NETFLIX),
        lambda desk: desk.put(desk.told(desk.said(actors=["Netflix"]))),
    ],
}


@pytest.mark.parametrize("turns", TURNS.values(), ids=TURNS)
def test_no_alias_stands_on_two_entities_whatever_comes_in_turns(
    desk, turns
) -> None:
    for turn in turns:
        turn(desk)
    aliases = desk.ask(
        "SELECT ?alias { GRAPH graph:entities { ?it skos:altLabel ?alias } }"
    )
    assert sorted(aliases) == sorted(set(aliases))
    assert aliases


def test_what_is_merged_while_an_article_is_read_is_linked_to_what_stands(
    desk, tmp_path
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(
        "Ada Example urged Studio Nine to adopt stronger AI safeguards."
    )

    def merge(_: object) -> None:
        curate.merge("Bob Sample", "Ada Example", workspace=desk.workspace)

    how = ReadingOptions(said=merge, jobs=1)
    onrecord.add([article], workspace=desk.workspace, how=how)
    assert desk.ask("SELECT ?it { ?s :actor ?it }") == [
        ("https://w3id.org/onrecord/Bob-Sample",)
    ]


MEANWHILE = {
    "merged into what cannot act": (
        lambda where: curate.merge("Mercury", "Uma Sample", workspace=where),
        "can say or do nothing itself",
    ),
    "gone with the last document that named it": (
        lambda where: remove("https://news.example/one", workspace=where),
        "no entity is called",
    ),
}


@pytest.mark.parametrize("how", MEANWHILE)
def test_an_article_whose_names_change_while_it_is_read_keeps_no_other_out(
    desk, tmp_path, how
) -> None:
    change, message = MEANWHILE[how]
    people = [("Uma Sample", "Person"), ("Mercury", "Film")]
    named = [{"name": name, "type": kind} for name, kind in people]
    desk.put(*named, desk.told(desk.said(actors=["Uma Sample"])))
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    paths[0].write_text(
        "Uma Sample urged Studio Nine to adopt stronger AI safeguards."
    )
    paths[1].write_text("Studio Nine used AI in Mercury.")
    told = []

    def meanwhile(_: object) -> None:
        if not told:
            change(desk.workspace)
        told.append(True)

    reading = ReadingOptions(said=meanwhile, jobs=1)
    added = onrecord.add(paths, workspace=desk.workspace, how=reading)
    assert added.documents == {"added": 1}
    [note] = [note for note in added.notes if "left out" in note]
    assert note.startswith(f"{paths[0]}: left out")
    assert message in note
    assert len(list((desk.workspace.root / "texts").iterdir())) == 1
