import pytest

import onrecord
from onrecord.formats.layout import width_of
from onrecord.formats.prose import dossier, said, steps

FORMULA = '=HYPERLINK("https://example.org/x")'


@pytest.fixture(scope="module")
def eve(workspace):
    return onrecord.show("Eve Example", workspace=workspace)


def test_a_dossier_begins_with_who_it_is(eve):
    assert dossier(eve, 80).split("\n")[:6] == [
        "Eve Example",
        "person · director · US",
        "listed with Parent Example",
        "also: =E, Eve",
        "https://w3id.org/onrecord/Eve-Example",
        "",
    ]


def test_a_dossier_tells_every_statement_with_its_date_and_source(eve):
    shown = dossier(eve, 100)
    [row] = [row for row in eve.by if row["date"] == "2026-05"]
    name = str(row["statement"]).rpartition("/")[2]
    assert (
        "\n  2026-05  Eve Example criticizes Studio <script>alert(1)</script> Nine [critical]\n"
        "      Finds fault with it.\n"
        f"      The Example · A </title> & more · st:{name}\n"
        "      https://example.org/2?a=1&b=2\n"
    ) in shown
    assert f"Says or does ({len(eve.by)} statements)" in shown
    assert f"Is spoken of, or acted on ({len(eve.about)} statements)" in shown


def test_a_date_of_publication_and_a_missing_date_are_marked(eve):
    shown = dossier(eve, 80)
    assert (
        "\n  2025 (published)  @At Agency urges Eve Example [critical]\n"
        in shown
    )
    assert (
        "\n  undated  Eve Example uses AI in Example Film [critical]\n" in shown
    )


def test_the_lines_of_a_gist_are_indented_alike(eve):
    assert (
        '      Says it in two lines.\n      The second has "quotes", <b>marks</b> and a \\ backslash.\n'
        in dossier(eve, 80)
    )


def test_words_that_a_gist_repeats_are_told_once_and_in_marks_once(eve):
    words = "“It is a gift,” Eve Example said"
    alike = {**eve.by[0], "gist": "“It is a gift,” …", "words": words}
    other = {**eve.by[0], "gist": "Praises it.", "words": "It is a gift"}
    assert said([alike], 80).count("gift") == 1
    assert "““" not in said([alike], 80)
    assert "Praises it.\n      “It is a gift”" in said([other], 80)


def test_no_control_of_a_name_reaches_the_terminal(eve):
    shown = dossier(eve, 80)
    assert "Cal \\u202eelpmaxE urges" in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_dossier_fits_the_terminal_and_addresses_stand_alone_and_whole(
    shipped, width
):
    shown = dossier(onrecord.show("SAG-AFTRA", workspace=shipped), width).split(
        "\n"
    )
    assert [
        line
        for line in shown
        if width_of(line) > width and not line.strip().startswith("http")
    ] == []
    assert [
        line
        for line in shown
        if "https://" in line and not line.strip().startswith("http")
    ] == []


def test_a_path_tells_each_step_with_its_evidence(workspace):
    shown = steps(
        onrecord.path("Example Tool", FORMULA, workspace=workspace), 80
    )
    assert shown.startswith(
        f"Example Tool → Example Film → Eve Example → {FORMULA}\n\nExample Tool — Example Film\n\n"
    )
    assert (
        "Eve Example — "
        + FORMULA
        + "\n\n  2025 (published)  "
        + FORMULA
        + " urges Eve Example"
    ) in shown
    assert "      https://example.org/1?a=1&b=2\n" in shown


def test_a_path_to_oneself_is_said_in_words(workspace):
    assert (
        steps(onrecord.path("Eve", "Eve Example", workspace=workspace), 80)
        == "both names stand for the same entity\n"
    )
