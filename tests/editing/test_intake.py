"""The way in: what `add` promises of records, good and bad."""

import json
import os
from pathlib import Path

import pytest

import onrecord
from onrecord import editing, workspace
from onrecord.model.errors import BadInput, BadRecord, NoWorkspace
from onrecord.store.check import check


def faults(desk, *lines) -> str:
    before = desk.files()
    with pytest.raises(BadRecord) as caught:
        desk.put(*lines)
    assert desk.files() == before
    return str(caught.value)


def unsound(where) -> list[object]:
    """What a check finds, but for those of the registry whom no statement names."""
    return [
        each
        for each in check(where).findings
        if "is named by no statement" not in each.message
    ]


def reviewed(status="accepted") -> dict[str, object]:
    return {"review": {"status": status, "by": "a reader", "on": "2026-01-02"}}


BAD = {
    "relation": (
        {"relation": "concernedAbuot"},
        "'concernedAbuot' is not known; did you mean concernedAbout",
    ),
    "object": ({"object": "job-displacment"}, "did you mean job-displacement"),
    "topics[1]": (
        {"topics": ["regulation", "regulations"]},
        "'regulations' is not known",
    ),
    "anchor": (
        {"anchor": "one two three four five six seven eight nine"},
        "9 words; an anchor has at most 8",
    ),
    "confidence": ({"confidence": 7}, "7 is greater than the maximum of 1"),
    "date": ({"date": "2025-13-45"}, "'2025-13-45' is no date of the calendar"),
    "valid_from": (
        {"valid_from": "May 2025"},
        "a date like 2025, 2025-10 or 2025-10-21",
    ),
    "gist": ({"gist": "a bell\x07 rings"}, "the control character U+0007"),
    "stance": ({"stance": "sceptical"}, "'sceptical' is not known"),
    "according_to": (
        {"basis": "allegation"},
        "an allegation names who alleges it",
    ),
    "actors": (
        {"actors": ["The Long Film"]},
        "is a film and can say or do nothing itself",
    ),
    "recipient": ({"recipient": "Ada Exampel"}, "did you mean 'Ada Example'"),
    "quote.end": (
        {"quote": {"exact": "so", "start": 9, "end": 3}},
        "3 does not come after the start, 9",
    ),
    "quote": (
        {"quote": {"exact": "so", "start": 9}},
        "start and end stand together",
    ),
    "utterance": ({"utterance": "https://a:b/"}, "is no address"),
    "disputes": (
        {"disputes": "0123456789ab"},
        "no statement has the id '0123456789ab'",
    ),
}


@pytest.mark.parametrize("field", BAD)
def test_a_bad_field_is_named_by_file_line_and_field_and_nothing_is_written(
    desk, field: str
) -> None:
    more, message = BAD[field]
    found = faults(
        desk, "", desk.told(desk.said(), desk.said(gist="another") | more)
    )
    assert "1 fault in the records; nothing was written" in found
    line = found.splitlines()[1]
    assert line.startswith(
        f"{desk.workspace.root}/records.jsonl:2: statements[1]{'.' if field != 'disputes' else ': '}{field}"
    )
    assert message in line


def test_all_faults_of_all_kinds_are_named_at_once(desk) -> None:
    wrong = [
        more
        for field, (more, _) in BAD.items()
        if field not in {"actors", "recipient", "disputes"}
    ]
    lines = [
        desk.told(desk.said(**more), name=str(number))
        for number, more in enumerate(wrong)
    ]
    nobody = desk.told(desk.said(actors=["Nobody Known"]), name="nobody")
    found = faults(
        desk,
        *lines,
        {"entity": {"name": "Thing", "type": "Persn"}},
        nobody,
        "not JSON",
    )
    assert f"{len(wrong) + 3} faults" in found
    for number in range(len(wrong)):
        assert f"records.jsonl:{number + 1}: statements[0]." in found
    assert "entity.type: 'Persn' is not known; did you mean Person" in found
    assert "no entity is called 'Nobody Known'" in found
    assert f"records.jsonl:{len(wrong) + 3}: no JSON" in found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            {
                "doc": {"publisher": "P", "source_kind": "report"},
                "statements": [],
            },
            "needs an address (url)",
        ),
        (
            {
                "doc": {
                    "publisher": "P",
                    "source_kind": "report",
                    "path": "a.txt",
                },
                "statements": [],
            },
            "doc: needs an address (url), its text or the text's hash (sha256)",
        ),
        (
            {
                "doc": {
                    "publisher": "P",
                    "source_kind": "rumour",
                    "url": "https://a.example/",
                },
                "statements": [],
            },
            "rumour",
        ),
        (
            {
                "doc": {
                    "publisher": " ",
                    "source_kind": "report",
                    "url": "https://a.example/",
                },
                "statements": [],
            },
            "is empty",
        ),
        (
            {
                "doc": {
                    "publisher": "P",
                    "source_kind": "report",
                    "url": "https://a.example/\n",
                },
                "statements": [],
            },
            "doc.url",
        ),
        (
            {
                "doc": {
                    "publisher": "P",
                    "source_kind": "report",
                    "url": "https://a.example/%zz",
                },
                "statements": [],
            },
            "doc.url",
        ),
        (
            {"entity": {"name": "Ada", "type": "Person", "id": "urges"}},
            "'urges' is a word of the ontology",
        ),
        (
            {"entity": {"name": "Ada", "type": "Person", "id": "a b"}},
            "entity.id",
        ),
        (
            {"entity": {"name": "Ada", "type": "Person", "aliases": ["Nine"]}},
            "the alias 'Nine' belongs to",
        ),
        (
            {"run": {"label": "x", "kind": "magic"}},
            "run.kind: 'magic' is not known",
        ),
        (
            {"document": {}},
            "neither a document with statements, nor an entity, nor a run",
        ),
        ("[1, 2]", "no JSON object"),
        ('{"run": {"label": "x", "kind": NaN}}', "NaN is no number"),
    ],
)
def test_a_bad_line_says_what_is_wrong(
    desk, line: object, message: str
) -> None:
    assert message in faults(desk, line)


def test_a_faulty_row_is_searched_for_unknown_names_too(desk) -> None:
    wrong = desk.said(
        "urges",
        "Nobody Else",
        confidence=7,
        actors=["Ada Example", "Nobody Known"],
    )
    found = faults(desk, desk.told(wrong))
    assert "3 faults" in found
    assert "statements[0].actors: no entity is called 'Nobody Known'" in found
    assert "statements[0].object: no entity is called 'Nobody Else'" in found


def test_an_entity_whose_record_is_faulty_is_not_called_unknown_besides(
    desk,
) -> None:
    entity = {
        "entity": {"name": "New Name", "type": "Persn", "aliases": ["N. N."]}
    }
    lines = [
        desk.told(desk.said(actors=[name]), name=name[:1] + name[-1])
        for name in ("New Name", "N. N.")
    ]
    assert "1 fault in" in faults(desk, entity, *lines)


HOSTILE = [
    "<script>alert(1)</script>",
    "\"quotes\" and 'more' \\ and \n a new line",
    "\u202eright to left\u202c",
    "👩‍👩‍👧 emoji",
    "日本の俳優",
    "]]> -- ; DROP {}",
    "a" * 400,
    "...",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_taken_in_as_it_is(desk, text: str) -> None:
    entity = {"entity": {"name": text, "type": "Person", "description": text}}
    desk.put(
        entity,
        desk.told(
            desk.said(actors=[text], gist=text, anchor="so"),
            publisher=text,
            title=text,
        ),
    )
    assert desk.ask(
        "SELECT ?n ?g ?p ?t { ?s :gist ?g ; :actor/rdfs:label ?n ; :document ?d ."
        " ?d dcterms:publisher ?p ; rdfs:label ?t }"
    ) == [(text,) * 4]
    assert unsound(desk.workspace) == []
    again = desk.put(
        entity,
        desk.told(
            desk.said(actors=[text], gist=text, anchor="so"),
            publisher=text,
            title=text,
        ),
    )
    assert again.documents == {"unchanged": 1}


def test_a_statement_twice_in_one_document_is_a_fault_that_names_both_places(
    desk,
) -> None:
    found = faults(desk, desk.told(desk.said(), desk.said()))
    assert "statements[1]: is the same statement as" in found
    assert "statements[0]" in found


def test_a_document_twice_in_one_go_is_a_fault_that_names_both_places(
    desk,
) -> None:
    found = faults(
        desk, desk.told(desk.said()), desk.told(desk.said(gist="other"))
    )
    assert (
        "records.jsonl:2: is the same document (https://news.example/one) as"
        in found
    )


def test_the_same_document_again_changes_nothing_and_says_so(desk) -> None:
    lines = [
        desk.told(desk.said(**reviewed()), desk.said("urges", "Studio Ten"))
    ]
    assert desk.put(*lines).documents == {"added": 1}
    before = desk.files()
    again = desk.put(*lines)
    assert again.documents == {"unchanged": 1}
    assert again.statements["unchanged"] == 2
    assert desk.files() == before


def test_a_statement_in_other_words_is_updated_in_place_with_id_and_review(
    desk,
) -> None:
    desk.put(desk.told(desk.said(gist="Fears for jobs.", **reviewed())))
    (before,) = desk.ask("SELECT ?it { ?it a :Statement }")
    added = desk.put(
        desk.told(desk.said(gist="Worries about jobs.", confidence=0.5))
    )
    assert added.documents == {"updated": 1}
    assert added.statements["updated"] == 1
    rows = desk.ask(
        "SELECT ?it ?gist ?who { ?it a :Statement ; :gist ?gist ; :reviewedBy ?who }"
    )
    assert rows == [(*before, "Worries about jobs.", "a reader")]


def test_a_statement_gone_from_the_record_is_deleted_or_if_reviewed_superseded(
    desk,
) -> None:
    desk.put(
        desk.told(
            desk.said(**reviewed()),
            desk.said("urges", "Studio Ten"),
            desk.said("opposes", "regulation"),
        )
    )
    added = desk.put(desk.told(desk.said("opposes", "regulation")))
    assert {
        kind: count for kind, count in added.statements.items() if count
    } == {
        "deleted": 1,
        "superseded": 1,
        "unchanged": 1,
    }
    assert desk.ask(
        "SELECT ?r { ?it :relation ?r ; :reviewStatus code:superseded }"
    )[0][0].endswith("concernedAbout")
    assert desk.ask("SELECT ?s { ?s :bears :concernedAbout }") == []


def test_a_superseded_statement_that_comes_back_stands_again(desk) -> None:
    record = desk.told(desk.said(**reviewed()))
    desk.put(record)
    desk.put(desk.told())
    desk.put(record)
    assert desk.ask("SELECT ?status { ?it :reviewStatus ?status }") == [
        ("https://w3id.org/onrecord/code/accepted",)
    ]


def test_a_disputed_statement_is_not_deleted_under_its_dispute(desk) -> None:
    desk.put(desk.told(desk.said("worksFor", "Studio Nine")))
    ((iri,),) = desk.ask("SELECT ?it { ?it a :Statement }")
    desk.put(
        desk.told(
            desk.said("denies", "Studio Nine", disputes=iri[-12:]), name="two"
        )
    )
    assert desk.put(desk.told()).statements["superseded"] == 1
    assert unsound(desk.workspace) == []


def test_two_entities_of_one_name_are_both_listed_and_told_apart_by_id(
    desk,
) -> None:
    twin = {
        "entity": {
            "name": "Ada Example",
            "type": "Person",
            "id": "Ada-Example-Composer",
        }
    }
    desk.put(twin)
    found = faults(desk, desk.told(desk.said()))
    assert "use the id of one" in found
    assert ":Ada-Example " in found
    assert ":Ada-Example-Composer " in found
    desk.put(desk.told(desk.said(actors=[":Ada-Example-Composer"])))
    assert desk.ask("SELECT ?a { ?s :actor ?a }") == [
        ("https://w3id.org/onrecord/Ada-Example-Composer",)
    ]


def test_an_entity_twice_in_one_go_is_a_fault(desk) -> None:
    one = {"entity": {"name": "New Name", "type": "Person"}}
    assert "is the same entity as" in faults(desk, one, one)


def test_the_statement_of_another_document_does_not_lend_its_id(desk) -> None:
    desk.put(desk.told(desk.said()))
    ((iri,),) = desk.ask("SELECT ?it { ?it a :Statement }")
    found = faults(desk, desk.told(desk.said(id=iri[-12:]), name="two"))
    assert (
        "which belongs to https://w3id.org/onrecord/doc/example-news-undated-one"
        in found
    )


def test_a_renamed_entity_is_renamed_in_every_sentence(desk) -> None:
    desk.put(desk.told(desk.said("urges", "Studio Ten")))
    desk.put(
        {
            "entity": {
                "id": "Studio-Ten",
                "name": "Studio Eleven",
                "type": "Company",
            }
        }
    )
    assert desk.ask("SELECT ?l { ?s a :Statement ; rdfs:label ?l }") == [
        ("Ada Example urges Studio Eleven",)
    ]
    assert unsound(desk.workspace) == []


def test_a_run_is_kept_apart_from_another_of_the_same_name(desk) -> None:
    run = {"label": "Coders", "kind": "curation", "version": "1"}
    desk.put({"run": run}, desk.told(desk.said()))
    desk.put({"run": run}, desk.told(desk.said(), name="two"))
    desk.put(
        {"run": run | {"version": "2"}}, desk.told(desk.said(), name="three")
    )
    rows = desk.ask(
        "SELECT ?run (COUNT(*) AS ?n) { ?s prov:wasGeneratedBy ?run } GROUP BY ?run ORDER BY ?run"
    )
    assert [(iri.rpartition("/")[2], count) for iri, count in rows] == [
        ("coders", "2"),
        ("coders-run", "1"),
    ]
    assert unsound(desk.workspace) == []


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(desk) -> None:
    before = desk.files()
    assert desk.put(desk.told(desk.said()), dry_run=True).documents == {
        "added": 1
    }
    assert desk.files() == before


def test_a_shipped_entity_is_copied_in_with_its_affiliation_when_first_used(
    desk, graph
) -> None:
    iri, label, above = next(
        tuple(row.values())
        for row in graph.ask(
            "SELECT ?p ?l ?a { ?p a :Person ; rdfs:label ?l ; :affiliation ?a . ?a a :Company } ORDER BY ?l"
        )
    )
    assert desk.ask(f"SELECT ?l {{ <{iri}> rdfs:label ?l }}") == []
    desk.put(desk.told(desk.said(actors=[label])))
    assert desk.ask(f"SELECT ?l {{ <{iri}> rdfs:label ?l }}") == [(label,)]
    assert len(desk.ask(f"SELECT ?l {{ <{above}> rdfs:label ?l }}")) == 1
    assert unsound(desk.workspace) == []


def test_the_workspace_s_own_entity_comes_before_a_shipped_one_of_the_same_name(
    desk, graph
) -> None:
    label, iri = next(
        tuple(row.values())
        for row in graph.ask(
            "SELECT ?l ?p { ?p a :Film ; rdfs:label ?l } ORDER BY ?l"
        )
    )
    desk.put(
        {"entity": {"name": label, "type": "Person", "id": "Not-The-Film"}}
    )
    desk.put(desk.told(desk.said(actors=[label])))
    assert desk.ask("SELECT ?a { ?s :actor ?a }") == [
        ("https://w3id.org/onrecord/Not-The-Film",)
    ]
    assert desk.ask(f"SELECT ?l {{ <{iri}> rdfs:label ?l }}") == []


def test_an_ambiguous_form_is_never_linked_by_alias_alone(desk) -> None:
    desk.put(
        {
            "entity": {
                "name": "Nova Music",
                "type": "Company",
                "aliases": ["Nova"],
            }
        }
    )
    desk.put({"entity": {"name": "Nova Pictures", "type": "Company"}})
    forms = {
        "Nova": {
            "candidates": ["Nova Music", "Nova Pictures"],
            "default": None,
            "rule": "ask",
        }
    }
    (desk.graphs / "ambiguous.json").write_text(
        json.dumps(forms), encoding="utf-8"
    )
    found = faults(desk, desk.told(desk.said("urges", "Nova")))
    assert ":Nova-Music" in found
    assert ":Nova-Pictures" in found


def test_a_proved_match_is_kept_in_the_registry(desk) -> None:
    item = "http://www.wikidata.org/entity/Q1"
    desk.put(
        {
            "entity": {
                "name": "Bob Sample",
                "type": "Person",
                "exact_match": item,
            }
        }
    )
    assert desk.ask("SELECT ?it { ?it skos:exactMatch ?match }") == [
        ("https://w3id.org/onrecord/Bob-Sample",)
    ]


def test_articles_and_records_do_not_come_in_one_go(desk) -> None:
    with pytest.raises(
        BadInput,
        match=r"articles and records are added one after the other",
    ):
        editing.add(["records.jsonl", "article.html"], workspace=desk.workspace)


def test_standard_input_is_read_when_its_form_is_named(desk, command) -> None:
    record = desk.write(desk.told(desk.said())).read_text(encoding="utf-8")
    unnamed = command("add", "-", cwd=desk.workspace.root, input=record)
    assert unnamed.returncode == 1
    assert "--as text, html, jsonl or csv" in unnamed.stderr
    named = command(
        "add", "--as", "jsonl", "-", cwd=desk.workspace.root, input=record
    )
    assert (named.returncode, named.stderr) == (0, "")
    assert "documents   1 added" in named.stdout


def test_add_outside_a_workspace_says_how_to_make_one(
    tmp_path: Path, shipped
) -> None:
    (tmp_path / "r.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(NoWorkspace, match="onrecord init NAME"):
        editing.add([tmp_path / "r.jsonl"], workspace=shipped)


@pytest.mark.parametrize(
    ("name", "text"),
    [("none.csv", ""), ("none.jsonl", "\n\n"), ("none.json", "[]")],
)
def test_a_file_without_a_record_is_an_error(
    desk, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=rf"{name}: holds no record; a sheet"):
        editing.add([tmp_path / name], workspace=desk.workspace)


def test_a_workspace_without_graphs_is_filled(tmp_path: Path, desk) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "onrecord.toml").touch()
    bare = workspace.find(tmp_path / "bare")
    entity = {"entity": {"name": "Ada Example", "type": "Person"}}
    assert editing.add(
        [desk.write(entity, desk.told(desk.said()))], workspace=bare
    ).documents == {"added": 1}
    assert unsound(bare) == []


def test_files_are_readable_by_all_whatever_the_mode_of_the_records(
    desk,
) -> None:
    os.umask(umask := os.umask(0o022))
    path = desk.write(desk.told(desk.said()))
    path.chmod(0o400)
    editing.add([path], workspace=desk.workspace)
    modes = {file.stat().st_mode & 0o777 for file in desk.graphs.rglob("*.ttl")}
    assert modes == {0o666 & ~umask}


def test_the_front_door_adds_too(desk) -> None:
    assert onrecord.add(
        [desk.write(desk.told(desk.said()))], workspace=desk.workspace
    ).documents == {"added": 1}


def test_aliases_that_many_entities_share_are_told_ten_at_most_and_then_counted(
    desk,
) -> None:
    aliases = [f"Alias {number}" for number in range(25)]
    twins = [
        {"entity": {"name": name, "type": "Organization", "aliases": aliases}}
        for name in ("First Twin", "Second Twin")
    ]
    lines = faults(desk, *twins).splitlines()
    assert sum("belongs to :First-Twin already" in line for line in lines) == 10
    assert (
        lines[-1] == "entities: 15 more aliases belong to two entities or more"
    )
