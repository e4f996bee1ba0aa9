import os

import pytest

import onrecord
from onrecord import workspace
from onrecord.editing import curation as curate
from onrecord.editing.folder import Folder
from onrecord.extract.extractor import ExtractionResult
from onrecord.extract.rules.loading import model
from onrecord.ingest import gathering
from onrecord.ingest.articles import ReadingOptions
from onrecord.ingest.document import DocumentDescription
from onrecord.ingest.named import described_by_name
from onrecord.model import Document, Evidence, Statement
from onrecord.model.errors import BadInput, MissingExtra, OnRecordError
from onrecord.querying.ask import Graph
from onrecord.workspace import journal

TEXT = """Example Herald: crews and machines

Ada Example urged Studio Nine to adopt stronger AI safeguards.

“I am not worried about deepfakes,” Example said. Martin Sample is worried about AI and jobs.
"""
HERALD = ReadingOptions(DocumentDescription(publisher="Example Herald"))


@pytest.fixture(autouse=True)
def _needs_the_model():
    try:
        model()
    except MissingExtra as error:
        pytest.skip(str(error))


def texts(small: workspace.Workspace) -> list[str]:
    return [
        each.read_text(encoding="utf-8")
        for each in sorted((small.root / "texts").glob("*.txt"))
    ]


def sources(small: workspace.Workspace):
    graph = Graph(workspace.find(small.root))
    folder = Folder(small.home, graph.vocabulary)
    paths = sorted(small.home.glob("documents/*.ttl"))
    read = [
        path for path in paths if ":sha256" in path.read_text(encoding="utf-8")
    ]
    return [folder.source(path.stem)[0] for path in read]


def write(path, text=TEXT):
    path.write_text(text, encoding="utf-8")
    return path


def test_an_article_becomes_statements_with_their_words_in_the_text(
    small, tmp_path
):
    added = onrecord.add(
        [write(tmp_path / "a.txt")], workspace=small, how=HERALD
    )
    assert added.documents == {"added": 1}
    [source] = sources(small)
    [text] = texts(small)
    assert source.document.publisher == "Example Herald"
    assert {(each.relation, each.negated) for each in source.statements} >= {
        ("urges", False),
        ("concernedAbout", True),
    }
    for each in source.statements:
        assert each.review is None
        assert (
            text[each.evidence.start : each.evidence.end] == each.evidence.exact
        )


def test_what_came_in_is_whole(small, tmp_path):
    onrecord.add([write(tmp_path / "a.txt")], workspace=small, how=HERALD)
    found = onrecord.check(workspace=workspace.find(small.root)).findings
    assert not [each for each in found if "crews-and-machines" in str(each)]


def test_the_same_article_twice_changes_nothing(small, tmp_path):
    write(tmp_path / "a.txt")
    onrecord.add([tmp_path / "a.txt"], workspace=small, how=HERALD)
    again = onrecord.add(
        [tmp_path / "a.txt"], workspace=workspace.find(small.root)
    )
    assert again.documents == {"unchanged": 1}
    assert set(+again.statements) == {"unchanged"}


def test_names_that_came_in_with_a_folder_change_nothing_when_it_comes_again(
    small, tmp_path
):
    folder = tmp_path / "articles"
    folder.mkdir()
    write(
        folder / "a.txt",
        "Quarrystone accused OpenAI of theft over AI training.\n",
    )
    write(
        folder / "b.txt",
        "Mara Voss, chief executive of Quarrystone, urged Studio Nine to adopt AI safeguards.\n",
    )
    onrecord.add([folder], workspace=small, how=HERALD)
    files = {path: path.read_bytes() for path in small.home.rglob("*.ttl")}
    again = onrecord.add(
        [folder], workspace=workspace.find(small.root), how=HERALD
    )
    assert again.documents == {"unchanged": 2}
    assert set(+again.statements) == {"unchanged"}
    assert {
        path: path.read_bytes() for path in small.home.rglob("*.ttl")
    } == files


def test_two_files_of_one_text_are_one_document(small, tmp_path):
    added = onrecord.add(
        [write(tmp_path / "a.txt"), write(tmp_path / "b.txt")],
        workspace=small,
        how=HERALD,
    )
    assert added.documents == {"added": 1}
    assert added.notes == (
        f"{tmp_path / 'b.txt'}: the same text as {tmp_path / 'a.txt'}",
    )


def test_a_folder_gives_its_articles_and_says_what_it_cannot_read(
    small, tmp_path
):
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "a.txt")
    write(folder / "b.md", "# Talk\n\n" + TEXT)
    write(folder / "c.txt", "")
    added = onrecord.add([folder], workspace=small, how=ReadingOptions(jobs=2))
    assert added.documents == {"added": 2}
    assert added.notes == (f"{folder / 'c.txt'}: holds no text",)


def test_no_article_of_a_folder_is_read_through_a_link(small, tmp_path):
    folder = tmp_path / "in"
    (tmp_path / "private").mkdir()
    private = write(
        tmp_path / "private" / "letter.txt", "Ada Example wrote to me."
    )
    folder.mkdir()
    (folder / "a.txt").symlink_to(private)
    (folder / "more").symlink_to(tmp_path / "private")
    os.mkfifo(folder / "b.txt")
    with pytest.raises(BadInput, match="no articles in this folder"):
        onrecord.add([folder], workspace=small)
    assert onrecord.add([folder / "a.txt"], workspace=small).documents == {
        "added": 1
    }


def test_where_nothing_can_be_read_nothing_is_written(small, tmp_path):
    with pytest.raises(BadInput, match="holds no text"):
        onrecord.add([write(tmp_path / "a.txt", "")], workspace=small)
    assert not (small.root / "texts").exists()


def test_a_dry_run_writes_nothing(small, tmp_path):
    heard = []
    how = ReadingOptions(said=heard.append)
    added = onrecord.add(
        [write(tmp_path / "a.txt")], workspace=small, how=how, dry_run=True
    )
    assert added.documents == {"added": 1}
    assert [each.where for each in heard] == [str(tmp_path / "a.txt")]
    assert not sources(small)


def test_a_reviewed_statement_outlives_a_changed_article(small, tmp_path):
    how = ReadingOptions(
        DocumentDescription(
            publisher="Example Herald", url="https://herald.example/crews"
        )
    )
    onrecord.add([write(tmp_path / "a.txt")], workspace=small, how=how)
    from onrecord.editing.reviewing import Verdict, judge  # noqa: PLC0415  it needs the model's neighbours

    here = workspace.find(small.root)
    urged = next(
        each for each in sources(here)[0].statements if each.relation == "urges"
    )
    judge(
        [Verdict(urged.id, "accepted", "ada", {"gist": "Asks for limits."})],
        here,
    )
    write(tmp_path / "a.txt", TEXT.replace("stronger", "much stronger"))
    onrecord.add(
        [tmp_path / "a.txt"], workspace=workspace.find(small.root), how=how
    )
    kept = [
        each for each in sources(here)[0].statements if each.relation == "urges"
    ]
    assert [(each.gist, each.review.status) for each in kept] == [
        ("Asks for limits.", "accepted")
    ]


def test_a_statement_whose_words_are_not_there_is_called_a_bug():
    from onrecord.ingest.articles import verified  # noqa: PLC0415  it needs spaCy

    wrong = Statement(
        ("ada",),
        "states",
        "deepfakes",
        "Says so.",
        evidence=Evidence("not there", start=0, end=9),
    )
    with pytest.raises(OnRecordError, match="this is a bug"):
        verified(
            Document("Example Herald", text="something else"),
            ExtractionResult((wrong,)),
        )


@pytest.mark.parametrize(
    "text",
    [
        'Ada Example said: “AI is here. Nobody asked.\n\nMartin Sample said "AI” is here.',
        "ADA EXAMPLE URGED STUDIO NINE TO ADOPT AI SAFEGUARDS. “NO,” SAID MARTIN SAMPLE. AI AI AI.",
        "| Ada Example | AI |\n|---|---|\n| said | deepfakes |\n\n* Studio Nine used AI\n* in Mercury",
        "AI\n\n:Ada-Example :leads :Studio-Nine .\nDROP ALL ; INSERT DATA { <a> <b> <c> }\n\n<script>AI</script>",
        "“”“”\"\"''AI said “ ” . ” Ada Example “ said AI deepfakes”” ” ”",
    ],
)
def test_odd_texts_are_read_and_every_word_of_evidence_stands_in_them(
    small, tmp_path, text
):
    onrecord.add([write(tmp_path / "a.txt", text)], workspace=small)
    [source] = sources(small)
    [kept] = texts(small)
    assert all(
        kept[each.evidence.start : each.evidence.end] == each.evidence.exact
        for each in source.statements
    )
    assert "leads" not in {each.relation for each in source.statements}


def test_an_add_that_dies_while_files_are_put_in_place_is_finished_by_the_next(
    small, tmp_path, monkeypatch
):
    write(tmp_path / "a.txt")
    put, done = journal._put_in_place, []  # noqa: SLF001  where a kill would hurt most

    def die_at_the_second_file(*words):
        if done:
            raise KeyboardInterrupt
        done.append(words)
        put(*words)

    monkeypatch.setattr(journal, "_put_in_place", die_at_the_second_file)
    with pytest.raises(KeyboardInterrupt):
        onrecord.add([tmp_path / "a.txt"], workspace=small, how=HERALD)
    monkeypatch.undo()
    again = onrecord.add(
        [tmp_path / "a.txt"], workspace=workspace.find(small.root), how=HERALD
    )
    assert again.documents == {"unchanged": 1}
    assert len(texts(small)) == 1


JUDGED = (
    TEXT
    + "\nThe plan may serve as a model, suggesting that AI draws storyboards.\n"
)


def outlets(small: workspace.Workspace) -> list[str]:
    graph = Graph(workspace.find(small.root))
    table = graph.ask(
        "SELECT ?outlet { ?it a :NewsOutlet ; rdfs:label ?outlet } ORDER BY ?outlet"
    )
    return [str(each) for each in table.column("outlet")]


def test_a_judgement_moves_to_the_publisher_that_a_text_turns_out_to_have(
    small, tmp_path
):
    article = write(tmp_path / "a.txt", JUDGED)
    onrecord.add([article], workspace=small, how=HERALD)
    assert outlets(small) == ["Example Herald"]
    added = onrecord.add(
        [article],
        workspace=small,
        how=ReadingOptions(DocumentDescription(publisher="Example Gazette")),
    )
    assert outlets(small) == ["Example Gazette"]
    assert added.entities == {"added": 1, "deleted": 1}
    [source] = sources(small)
    assert "https://w3id.org/onrecord/Example-Herald" not in {
        iri for each in source.statements for iri in each.references
    }


def test_a_name_that_a_person_has_touched_stays_though_nothing_names_it(
    small, tmp_path
):
    article = write(tmp_path / "a.txt", JUDGED)
    onrecord.add([article], workspace=small, how=HERALD)
    curate.rename(
        "Example Herald",
        "The Example Herald",
        workspace=workspace.find(small.root),
    )
    here = workspace.find(small.root)
    onrecord.add(
        [article],
        workspace=here,
        how=ReadingOptions(DocumentDescription(publisher="Example Gazette")),
    )
    assert outlets(small) == ["Example Gazette", "The Example Herald"]


def test_a_name_that_another_document_has_stays(small, tmp_path):
    first, second = (
        write(tmp_path / "a.txt", JUDGED),
        write(tmp_path / "b.txt", f"{JUDGED}So far.\n"),
    )
    onrecord.add([first, second], workspace=small, how=HERALD)
    onrecord.add(
        [first],
        workspace=workspace.find(small.root),
        how=ReadingOptions(DocumentDescription(publisher="Example Gazette")),
    )
    assert outlets(small) == ["Example Gazette", "Example Herald"]


def test_evidence_stands_in_the_kept_text_whatever_the_normal_form_is(
    small, tmp_path
):
    text = (
        "Ada Exam\u00adple urged Studio\u00a0Nine to adopt stronger\nAI safe\u00adguards. "
        "Mar\u200btin Sample said that he is worried\nabout AI and jobs, and so are the others.\n"
    )
    onrecord.add([write(tmp_path / "a.txt", text)], workspace=small, how=HERALD)
    [source] = sources(small)
    [kept] = texts(small)
    assert kept == text.strip()
    assert "urges" in {statement.relation for statement in source.statements}
    for statement in source.statements:
        words = statement.evidence
        assert kept[words.start : words.end] == words.exact


def test_an_article_without_a_date_is_dated_by_its_date_line_and_says_so(
    small, tmp_path
):
    write(
        tmp_path / "a.txt",
        "LONDON, 3 March 2026 — " + TEXT.partition("\n\n")[2],
    )
    added = onrecord.add([tmp_path / "a.txt"], workspace=small, how=HERALD)
    [source] = sources(small)
    assert source.document.published == "2026-03-03"
    assert added.notes == (
        f"{tmp_path / 'a.txt'}: dated 2026-03-03 by its text; --published says otherwise",
    )


@pytest.mark.usefixtures("small")
def test_a_folder_leaves_out_what_is_hidden_saved_with_a_page_or_kept(tmp_path):
    left_out = (
        ".git",
        "page_files",
        "Seite-Dateien",
        "__MACOSX",
        "small/texts",
    )
    for place in (*left_out, "in"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        write(tmp_path / place / "a.txt")
    write(tmp_path / ".hidden.txt")
    write(tmp_path / "~$open.docx")
    assert gathering.gather([str(tmp_path)]) == [str(tmp_path / "in" / "a.txt")]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_add_keeps_what_is_done_and_says_so(
    small, tmp_path, jobs
):
    paths = [
        write(tmp_path / f"{at}.txt", f"{TEXT}\nNumber {at}.\n")
        for at in range(3)
    ]

    def interrupt(article):
        if article.number == 2:
            raise KeyboardInterrupt

    how = ReadingOptions(HERALD.described, jobs=jobs, said=interrupt)
    added = onrecord.add(paths, workspace=small, how=how)
    assert added.interrupted
    assert added.documents == {"added": 2}
    assert added.notes[-1] == (
        "interrupted after 2 of 3 articles; what was done is added, the rest is not"
    )


def test_articles_tell_how_many_they_are(small, tmp_path):
    heard = []
    paths = [
        write(tmp_path / f"{at}.txt", f"{TEXT}\nNumber {at}.\n")
        for at in range(3)
    ]
    onrecord.add(paths, workspace=small, how=ReadingOptions(said=heard.append))
    assert [(article.number, article.total) for article in heard] == [
        (1, 3),
        (2, 3),
        (3, 3),
    ]


def test_a_table_of_articles_comes_in_row_by_row(small, tmp_path):
    table = tmp_path / "a.csv"
    table.write_text(
        "Headline;Body;Date;Outlet\n"
        "Crews;Ada Example urged Studio Nine to adopt AI safeguards.;2026-03-01;Example Herald\n"
        "Jobs;Martin Sample is worried about AI and jobs.;2026-02-31;Example Times\n",
        encoding="utf-8",
    )
    added = onrecord.add([table], workspace=small)
    assert added.documents == {"added": 1}
    [source] = sources(small)
    document = source.document
    assert (document.title, document.published, document.publisher) == (
        "Crews",
        "2026-03-01",
        "Example Herald",
    )
    assert added.notes == (
        f"{table}, row 3: --published '2026-02-31' is no date of the calendar",
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "Guardian 2025-03-01 A title.txt",
            ("Guardian", "2025-03-01", "A title"),
        ),
        (
            "Example Times 20250301 Two words.txt",
            ("Example Times", "2025-03-01", "Two words"),
        ),
        ("no pattern.txt", (None, None, None)),
    ],
)
def test_a_name_tells_of_its_article_by_a_pattern(name, told):
    said = described_by_name(
        name, "{publisher} {date} {title}", DocumentDescription()
    )
    assert (said.publisher, said.published, said.title) == told


def test_a_pattern_that_is_none_is_refused():
    with pytest.raises(BadInput, match=r"write it with \{publisher\}"):
        described_by_name("a.txt", "{outlet} {date}", DocumentDescription())
