"""The desk as coders use it: in a real browser, by keys and by mouse, two at once, with texts that mean harm."""

import hashlib
import json
import re
import stat
import time
import webbrowser

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe

import onrecord
from onrecord import workspace
from onrecord.cli.web import ready
from onrecord.discourse.coders import coders, differences
from onrecord.editing.desk.desk import Desk
from onrecord.editing.desk.queue import Wanted
from onrecord.editing.reviewing import Reader, Verdict

ADA, CLEO, OPEN = (
    "token-of-ada-for-tests",
    "token-of-cleo-for-tests",
    "token-of-nobody-yet",
)
TEXT = (
    "Report. <script>alert(1)</script> \N{GRINNING FACE} Studio Nine unveiled a tool on Monday.\n\n"
    "“Nobody asked us,” said Ada Example, who writes for the screen. She urged Studio Nine to stop.\n\n"
    "Cleo Sample welcomed the tool. “It saves weeks,” Sample said.\n\n"
)
SAID = (
    ("Nobody asked us", "Ada Example", "criticizes", "critical"),
    ("She urged Studio Nine to stop", "Ada Example", "urges", "critical"),
    ("Cleo Sample welcomed the tool", "Cleo Sample", "supports", "supportive"),
)
EVIL = "<img src=x onerror=alert(2)>"


def statement(text: str, words: str, actor: str, relation: str, stance: str) -> dict:
    start = text.index(words)
    quote = {"exact": words, "start": start, "end": start + len(words)}
    return {
        "actors": [actor], "relation": relation, "object": "Studio Nine", "object_kind": "entity", "stance": stance,
        "topics": ["safeguards"], "modality": "actual", "basis": "press-report", "gist": EVIL, "confidence": 0.7,
        "negated": False, "quote": quote,
    }  # fmt: skip


def article(root, number: int) -> dict:
    text = f"{number}. {TEXT}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept = root / "texts" / f"{digest}.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(text, encoding="utf-8")
    document = {
        "publisher": "Herald",
        "source_kind": "report",
        "title": f"{number} {EVIL}",
        "sha256": digest,
        "published": "2025-10-21",
        "url": f"https://herald.example/{number}",
    }
    return {"doc": document, "statements": [statement(text, *said) for said in SAID]}


@pytest.fixture
def room(tmp_path) -> workspace.Workspace:
    """A workspace of four articles that a program read, with hostile texts and names."""
    root = workspace.init(tmp_path / "room").root
    people = [
        (name, "Person") for name in ("Ada Example", "Ada Exampel", "Cleo Sample", EVIL)
    ]
    people.append(("Studio Nine", "Company"))
    lines = [
        {"run": {"label": "Rules", "kind": "extraction", "program": "onrecord"}},
        *({"entity": {"name": name, "type": kind}} for name, kind in people),
        *(article(root, number) for number in range(4)),
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    onrecord.add([file], workspace=workspace.find(root))
    return workspace.find(root)


@pytest.fixture
def site(starting, room, tmp_path):
    tokens = tmp_path / "tokens"
    tokens.write_text(f"{ADA} Ada Coder\n{CLEO} Cleo Coder\n{OPEN}\n", encoding="utf-8")
    tokens.chmod(0o600)
    return starting("--desk", "--token-file", tokens, before=("-C", room.root))


def enter(opened, site, token: str = ADA, **how):
    page = opened(f"{site.url}/-/desk?token={token}", **how)
    page.wait_for_selector("#list li")
    return page


def stands(room) -> dict[str, tuple[str, str, str]]:
    """Each statement's sentence with its verdict, its reviewer and its stance."""
    reader = Reader(workspace.find(room.root))
    told = {}
    for path in sorted((room.home / "documents").glob("*.ttl")):
        for item in reader.items(path.stem):
            value = item.statement
            review = value.review
            status = (review.status, review.by) if review else ("", "")
            told[f"{path.stem} {item.says}"] = (*status, value.stance)
    return told


def wait_for(room, sentence: str, expected: tuple) -> None:
    """A verdict is written behind the page's back, soon."""
    end = time.monotonic() + 20
    while (now := stands(room).get(sentence)) != expected and time.monotonic() < end:
        time.sleep(0.3)
    assert now == expected


def first(room) -> str:
    return next(key for key in stands(room) if "criticizes" in key)


def test_a_key_is_a_verdict_and_the_next_statement_is_chosen_at_once(
    opened, site, room
):
    page = enter(opened, site)
    assert "token" not in page.url
    before = page.text_content("[aria-current=true] .says")
    milliseconds = page.evaluate(
        """() => { const start = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
        return performance.now() - start; }"""
    )
    assert page.text_content("[aria-current=true] .says") != before
    assert milliseconds < 50
    wait_for(room, first(room), ("accepted", "Ada Coder", "critical"))
    page.keyboard.press("r")
    page.keyboard.press("s")
    page.wait_for_selector("#done li:nth-child(2)")


def test_an_edit_by_keys_is_kept_with_what_stood_there_and_is_taken_back(
    opened, site, room
):
    page = enter(opened, site)
    page.keyboard.press("e")
    page.keyboard.press("Tab")
    page.wait_for_selector("#field-stance")
    page.select_option("#field-stance", "conditional")
    page.click("summary")
    page.fill("#field-date", "someday")
    page.focus("#field-stance")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fault:not([hidden])")
    assert page.input_value("#field-stance") == "conditional"
    page.fill("#field-date", "2025")
    page.keyboard.press("Enter")
    wait_for(room, first(room), ("accepted", "Ada Coder", "conditional"))
    page.wait_for_selector("text=stance was critical (Ada Coder)")
    page.keyboard.press("u")
    wait_for(room, first(room), ("", "", "critical"))


def test_words_marked_by_keys_become_a_statement_of_the_coder(opened, site, room):
    page = enter(opened, site, faults=True)
    page.keyboard.press("t")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("c")
    for text in ("Cleo Sample", "criticizes", "Studio Ten"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.focus("#field-object")
    for next_one in ("#fault button:focus", "#panel-body form", "#done li"):
        page.keyboard.press("Enter")
        page.wait_for_selector(next_one)
    page.wait_for_selector("text=coded: Cleo Sample criticizes Studio Ten")
    added = [key for key in stands(room) if "Cleo Sample criticizes" in key]
    assert len(added) == 1
    reader = Reader(workspace.find(room.root))
    values = [item for path in (room.home / "documents").glob("*.ttl") for item in reader.items(path.stem)]  # fmt: skip
    coded = next(item for item in values if "Cleo Sample criticizes" in item.says)
    assert coded.statement.evidence.exact == "Nobody asked us"
    page.keyboard.press("Escape")
    page.click("text=Take back")
    page.wait_for_selector("#list :text('Cleo Sample criticizes')", state="detached")
    assert [key for key in stands(room) if "Cleo Sample criticizes" in key] == []


def test_by_mouse_a_mark_chooses_its_statement_and_buttons_judge(opened, site, room):
    page = enter(opened, site)
    box = page.evaluate(
        """() => { const node = document.getElementById('text').firstChild;
        const at = node.data.indexOf('Cleo Sample'); const range = new Range();
        range.setStart(node, at + 2); range.setEnd(node, at + 3);
        const { x, y } = range.getBoundingClientRect(); return { x, y }; }"""
    )
    page.mouse.click(box["x"] + 2, box["y"] + 5)
    assert "Cleo Sample" in page.text_content("[aria-current=true] .says")
    page.click("[data-key=r]")
    sentence = next(key for key in stands(room) if "Cleo Sample" in key)
    wait_for(room, sentence, ("rejected", "Ada Coder", "supportive"))


def test_of_two_at_once_the_second_is_refused_and_sees_both_versions(
    opened, site, room
):
    ada, cleo = enter(opened, site), enter(opened, site, CLEO)
    ada.keyboard.press("e")
    ada.select_option("#field-stance", "conditional")
    ada.focus("#field-gist")
    ada.keyboard.press("Enter")
    wait_for(room, first(room), ("accepted", "Ada Coder", "conditional"))
    cleo.keyboard.press("r")
    cleo.wait_for_selector("text=Somebody else was quicker")
    told = cleo.text_content("#panel")
    assert "stance: critical" in told
    assert "stance: conditional" in told
    assert stands(room)[first(room)] == ("accepted", "Ada Coder", "conditional")


def test_a_coder_whose_token_bears_no_name_gives_one(opened, site, room):
    page = opened(f"{site.url}/-/desk?token={OPEN}")
    page.fill("#coder", "Nadia New")
    page.keyboard.press("Enter")
    page.wait_for_selector("#list li")
    page.keyboard.press("a")
    wait_for(room, first(room), ("accepted", "Nadia New", "critical"))


@pytest.mark.parametrize(("phone", "dark"), [(False, True), (True, False)])
def test_nothing_hinders_anybody(opened, site, phone, dark):
    page = enter(opened, site, phone=phone, dark=dark)
    page.keyboard.press("r")
    page.wait_for_selector("#done li")
    for name in ("", "queue", "names", "codebook", "agreement", "help"):
        if name:
            page.click(f"[data-open={name}]")
            page.wait_for_selector("#panel-body :is(input, dl, table)")
        assert Axe().run(page).response["violations"] == []
        if name:
            page.click("#close")
    page.keyboard.press("e")
    assert Axe().run(page).response["violations"] == []
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide


def test_names_that_may_be_one_are_merged_by_a_key_and_parted_by_another(opened, site):
    page = enter(opened, site)
    for key, says in (("m", ""), ("m", "done: merge"), ("u", "taken back")):
        page.keyboard.press(key)
        page.wait_for_selector(f"#panel :text('{says}')")
        page.wait_for_selector(".alike", state="attached")
    assert page.locator(".alike li.chosen").count() == 1


def cookie(site, token: str = ADA) -> str:
    answer = site.client.get("/-/desk", params={"token": token})
    assert (answer.status_code, answer.headers["refresh"]) == (200, "0; url=/-/desk")
    given = answer.headers["set-cookie"]
    assert re.search("HttpOnly", given)
    assert re.search("SameSite=strict", given, re.IGNORECASE)
    site.client.cookies.clear()
    return given.partition(";")[0]


def post(site, name: str, body: object, **headers) -> httpx.Response:
    told = {"origin": site.url, "content-type": "application/json", "accept": "application/json"}  # fmt: skip
    return site.client.post(
        f"/-/desk/{name}", content=json.dumps(body), headers=told | headers
    )


def test_the_browser_is_led_to_the_desk_by_a_file_and_its_arguments_hold_no_token(
    opened, site, tmp_path, monkeypatch
):
    arguments: list[str] = []
    monkeypatch.setattr(webbrowser, "open", arguments.append)
    ready(f"{site.url}/-/desk?token={ADA}", tmp_path / "desk.html")
    assert arguments == [(tmp_path / "desk.html").as_uri()]
    assert stat.S_IMODE((tmp_path / "desk.html").stat().st_mode) == 0o600
    page = opened(arguments[0], also=site.url)
    page.wait_for_selector("#list li")
    assert page.url == f"{site.url}/-/desk"


def test_nobody_enters_without_a_token_and_no_other_site_changes_anything(site, room):
    before = stands(room)
    assert site.client.get("/-/desk").status_code == 401
    assert site.client.get("/-/desk", params={"token": "x" * 22}).status_code == 401
    assert site.client.get("/-/desk/queue").status_code == 401
    told = cookie(site)
    line = site.client.get("/-/desk/queue", headers={"cookie": told}).json()["lines"][0]
    body = {"verdicts": [{"id": line["id"], "document": line["document"], "status": "rejected"}]}  # fmt: skip
    assert post(site, "judge", body).status_code == 401
    for origin in ("https://evil.example", "null", ""):
        refused = post(site, "judge", body, cookie=told, origin=origin)
        assert refused.status_code == 403
    form = {"content-type": "text/plain"}
    assert post(site, "judge", body, cookie=told, **form).status_code == 415
    assert stands(room) == before


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"verdicts": 3},
        {"verdicts": [3]},
        {"verdicts": [{"id": 3}]},
        {"verdicts": [{"id": "../../x", "document": "../../x", "status": "accepted"}]},
        {"verdicts": [{"id": "x", "status": "accepted", "fields": [1]}]},
    ],
)
def test_what_no_page_sends_is_refused_and_changes_nothing(site, room, body):
    before = stands(room)
    answer = post(site, "judge", body, cookie=cookie(site))
    assert answer.status_code in {200, 400}
    assert answer.status_code == 400 or "error" in answer.json()["results"][0]
    assert stands(room) == before


def test_blind_coders_see_no_other_person_s_statements(room):
    desk = Desk(room)
    line = waits(desk, "Ada")[0]
    from onrecord.editing.coding import Coded  # noqa: PLC0415

    fields = {"actors": "Cleo Sample", "relation": "urges", "object": "Studio Nine", "gist": "Asks."}  # fmt: skip
    key = desk.add(Coded(line["document"], None, fields, "Ada Coder"))["id"]
    blind = Desk(workspace.find(room.root), is_blind=True)
    for coder, sees in (("Ada Coder", True), ("Cleo Coder", False)):
        cards = blind.document(line["document"], coder)["statements"]
        assert (key in {card["id"] for card in cards}) is sees


def waits(desk: Desk, coder: str, **wanted) -> list[dict]:
    """The lines of the queue that a coder sees."""
    return desk.queue(coder, Wanted(**wanted))["lines"]


def verdict(line: dict, status: str, by: str, **fields: object) -> Verdict:
    return Verdict(line["id"], status, by, fields, document=line["document"])


def test_a_blind_coder_judges_what_another_has_judged_as_the_program_made_it(room):
    desk = Desk(room, is_blind=True)
    line = waits(desk, "Ada")[0]
    desk.judge([verdict(line, "accepted", "Ada", stance="conditional", negated=True)])
    for_cleo = waits(desk, "Cleo")[0]
    assert for_cleo == line
    edited = waits(desk, "Ada", waiting=False)[0]
    assert "not" in edited["says"]  # fmt: skip
    for order in ("document", "actor", "new"):
        assert waits(desk, "Cleo", text=edited["says"], order=order) == []
    card = next(
        card
        for card in desk.document(line["document"], "Cleo")["statements"]
        if card["id"] == line["id"]
    )
    assert (card["status"], card["fields"]["stance"]) == ("unreviewed", "critical")
    assert (card["by"], card["revisions"]) == ("", [])
    [refused] = desk.judge([verdict(line, "accepted", "Cleo", stance="odd")])
    assert "stance" in refused["error"]
    [judged] = desk.judge([verdict(line, "rejected", "Cleo")])
    stood = sorted(stands(room).values())
    assert ("accepted", "Ada", "conditional") in stood
    assert ("rejected", "Cleo", "critical") in stood
    for coder, stance in (("Ada", "conditional"), ("Cleo", "critical")):
        cards = desk.document(line["document"], coder)["statements"]
        own = [card for card in cards if card["by"] == coder]
        assert [card["fields"]["stance"] for card in own] == [stance]
        assert len(cards) == len(SAID)
    agreed = coders(workspace.find(room.root))
    assert set(agreed.coded) == {"Ada", "Cleo", "program"}
    assert {row.missing for row in differences(agreed) if row.fields} == {("Cleo",)}
    assert desk.take_back(judged["card"]["id"], "Cleo")["gone"]
    assert waits(desk, "Cleo")[0] == line


def test_articles_that_come_while_the_desk_stands_wait_at_it(room, tmp_path):
    desk = Desk(room)
    file = tmp_path / "later.jsonl"
    run = {"run": {"label": "Rules", "kind": "extraction", "program": "onrecord"}}
    lines = (run, article(room.root, 9))
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    onrecord.add([file], workspace=workspace.find(room.root))
    told = waits(desk, "Ada", text="9 ")
    assert len(told) == len(SAID)
    cards = desk.document(told[0]["document"], "Ada")["statements"]
    assert {card["is_machine"] for card in cards} == {True}


def test_the_queue_can_begin_with_names_that_no_accepted_statement_has(room):
    desk = Desk(room)

    def names() -> list[str]:
        lines = waits(desk, "Ada", order="new")
        return [line["new"] for line in lines]

    assert names() == ["Ada Example"] * 8 + ["Cleo Sample"] * 4
    line = waits(desk, "Ada", order="new")[0]
    desk.judge([verdict(line, "accepted", "Ada")])
    assert names() == ["Cleo Sample"] * 4 + [""] * 7
    desk.take_back(line["id"], "Ada")
    assert names() == ["Ada Example"] * 8 + ["Cleo Sample"] * 4


def test_a_server_that_is_killed_has_written_every_confirmed_verdict(
    opened, site, room
):
    page = enter(opened, site)
    with page.expect_response("**/judge"):
        page.keyboard.press("a")
    site.process.kill()
    assert stands(room)[first(room)] == ("accepted", "Ada Coder", "critical")
