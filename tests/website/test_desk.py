"""The desk as coders use it: in a real browser, by keys and by mouse, two at once, with texts that mean harm."""

import hashlib
import json
import re
import stat
import threading
import time
import webbrowser

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

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


def statement(
    text: str, words: str, actor: str, relation: str, stance: str
) -> dict:
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
    return {
        "doc": document,
        "statements": [statement(text, *said) for said in SAID],
    }


def furnished(folder, articles: int) -> workspace.Workspace:
    """A workspace of articles that a program read, with hostile texts and names."""
    root = workspace.init(folder / "room").root
    people = [
        (name, "Person")
        for name in ("Ada Example", "Ada Exampel", "Cleo Sample", EVIL)
    ]
    people.append(("Studio Nine", "Company"))
    lines = [
        {
            "run": {
                "label": "Rules",
                "kind": "extraction",
                "program": "onrecord",
            }
        },
        *({"entity": {"name": name, "type": kind}} for name, kind in people),
        *(article(root, number) for number in range(articles)),
    ]
    file = folder / "records.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    onrecord.add([file], workspace=workspace.find(root))
    return workspace.find(root)


@pytest.fixture
def room(tmp_path) -> workspace.Workspace:
    """Four articles that nobody else changes."""
    return furnished(tmp_path, 4)


def at_desk(starting, room, folder):
    tokens = folder / "tokens"
    tokens.write_text(
        f"{ADA} Ada Coder\n{CLEO} Cleo Coder\n{OPEN}\n", encoding="utf-8"
    )
    tokens.chmod(0o600)
    return starting("--desk", "--token-file", tokens, before=("-C", room.root))


@pytest.fixture(scope="module")
def hall(tmp_path_factory) -> workspace.Workspace:
    """Many articles at the one desk that the tests in the browser share: each takes what still waits."""
    return furnished(tmp_path_factory.mktemp("hall"), 20)


@pytest.fixture(scope="module")
def site(starting, hall, tmp_path_factory):
    return at_desk(starting, hall, tmp_path_factory.mktemp("tokens"))


def enter(opened, site, token: str = ADA, **how):
    page = opened(f"{site.url}/-/desk?token={token}", **how)
    page.wait_for_selector("#list li")
    return page


def chosen(page) -> str:
    """The id of the statement that is chosen."""
    return page.get_attribute("#list [aria-current=true]", "data-id")


def choose(page, words: str) -> str:
    """Chooses the first statement of the queue whose sentence holds some words."""
    page.click("[data-open=queue]")
    return choose_from_queue(page, words)


def choose_from_queue(page, words: str) -> str:
    page.click(f"#panel-body .says:has-text('{words}') >> nth=0")
    page.wait_for_selector("#panel", state="hidden")
    page.wait_for_selector("#main:not([aria-busy])")
    page.wait_for_selector(f"#list [aria-current=true]:has-text('{words}')")
    return chosen(page)


def stands(room) -> dict[str, tuple[str, str, str]]:
    """The verdict of each statement by its id, with its reviewer and its stance."""
    reader = Reader(workspace.find(room.root))
    told = {}
    for path in sorted((room.home / "documents").glob("*.ttl")):
        for item in reader.items(path.stem):
            value = item.statement
            review = value.review
            status = (review.status, review.by) if review else ("", "")
            told[value.id] = (*status, value.stance)
    return told


def wait_for(room, key: str, expected: tuple) -> None:
    """A verdict is written behind the page's back, soon."""
    end = time.monotonic() + 60
    while (now := stands(room).get(key)) != expected and time.monotonic() < end:
        time.sleep(0.3)
    assert now == expected


def test_a_key_is_a_verdict_and_the_next_statement_is_chosen_at_once(
    opened, site, hall
):
    page = enter(opened, site)
    assert "token" not in page.url
    key = choose(page, "criticizes")
    chosen_at_once = page.evaluate(
        """() => {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
        return document.querySelector('#list [aria-current=true]').dataset.id; }"""
    )
    assert chosen_at_once != key
    wait_for(hall, key, ("accepted", "Ada Coder", "critical"))
    stance = stands(hall)[chosen_at_once][2]
    page.keyboard.press("x")
    page.keyboard.press("s")
    page.wait_for_selector("#done li:nth-child(2)")
    wait_for(hall, chosen_at_once, ("rejected", "Ada Coder", stance))


def test_a_queue_that_is_filtered_leads_from_article_to_article(
    opened, site, hall
):
    page = enter(opened, site)
    page.keyboard.press("q")
    page.keyboard.type("speaks well")
    page.wait_for_selector("#panel :text('come one after the other')")
    key = choose_from_queue(page, "speaks well")
    title = page.text_content("#title")
    page.keyboard.press("a")
    expect(page.locator("#title")).not_to_have_text(title)
    says = page.locator("[aria-current=true] .says")
    expect(says).to_contain_text("speaks well")
    wait_for(hall, key, ("accepted", "Ada Coder", "supportive"))
    title = page.text_content("#title")
    page.keyboard.press("p")
    expect(page.locator("#title")).not_to_have_text(title)


def test_an_edit_by_keys_is_kept_with_what_stood_there_and_is_taken_back(
    opened, site, hall
):
    page = enter(opened, site)
    key = choose(page, "criticizes")
    page.keyboard.press("e")
    page.keyboard.press("Tab")
    page.wait_for_selector("#field-stance")
    page.select_option("#field-stance", "conditional")
    page.check("#field-negated")
    page.wait_for_selector(
        "#preview:has-text('Ada Example does not criticize')"
    )
    page.uncheck("#field-negated")
    page.click("summary")
    page.fill("#field-date", "someday")
    page.focus("#field-stance")
    page.keyboard.press("Enter")
    page.wait_for_selector("#fault:not([hidden])")
    assert page.input_value("#field-stance") == "conditional"
    page.fill("#field-date", "2025")
    page.keyboard.press("Enter")
    wait_for(hall, key, ("accepted", "Ada Coder", "conditional"))
    page.wait_for_selector("text=stance was critical (Ada Coder)")
    page.keyboard.press("u")
    wait_for(hall, key, ("", "", "critical"))


def test_words_marked_by_keys_become_a_statement_of_the_coder(
    opened, site, hall
):
    page = enter(opened, site, faults=True)
    before = stands(hall).keys()
    choose(page, "criticizes")
    page.keyboard.press("t")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("c")
    for text in ("Cleo Sample", "criticizes", "Studio Ten"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.wait_for_selector(
        "#preview:has-text('Cleo Sample criticizes Studio Ten')"
    )
    page.focus("#field-object")
    for next_one in ("#fault button:focus", "#panel-body form", "#done li"):
        page.keyboard.press("Enter")
        page.wait_for_selector(next_one)
    page.wait_for_selector("text=coded: Cleo Sample criticizes Studio Ten")
    [added] = stands(hall).keys() - before
    reader = Reader(workspace.find(hall.root))
    values = [item for path in (hall.home / "documents").glob("*.ttl") for item in reader.items(path.stem)]  # fmt: skip
    coded = next(item for item in values if item.statement.id == added)
    assert coded.statement.evidence.exact == "Nobody asked us"
    page.keyboard.press("b")
    page.wait_for_selector("#codebook :text(' criticizes ')")
    page.keyboard.press("Escape")
    page.click("text=Take back")
    page.wait_for_selector(
        "#list :text('Cleo Sample criticizes')", state="detached"
    )
    assert stands(hall).keys() == before


def test_a_new_name_can_be_another_name_of_one_that_is_there(opened, site):
    page = enter(opened, site)
    choose(page, "criticizes")
    page.keyboard.press("e")
    page.fill("#field-actors", "Ms Example")
    page.click("text=New name")
    page.fill("[aria-label^='Or it is another']", "Ada Example")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel", state="hidden")
    names = site.client.get("/-/desk/names", params={"q": "Ms Exam"}, headers={"cookie": cookie(site)})  # fmt: skip
    assert [row["name"] for row in names.json()["names"]] == ["Ada Example"]


def test_by_mouse_a_mark_chooses_its_statement_and_buttons_judge(
    opened, site, hall
):
    page = enter(opened, site)
    choose(page, "criticizes")
    box = page.evaluate(
        """() => { const node = document.getElementById('text').firstChild;
        const at = node.data.indexOf('She urged'); const range = new Range();
        range.setStart(node, at + 2); range.setEnd(node, at + 3);
        const { x, y } = range.getBoundingClientRect(); return { x, y }; }"""
    )
    page.mouse.click(box["x"] + 2, box["y"] + 5)
    says = page.locator("[aria-current=true] .says")
    expect(says).to_contain_text("urges")
    key = chosen(page)
    page.click("[data-key=r]")
    wait_for(hall, key, ("rejected", "Ada Coder", "critical"))


def test_a_key_waits_for_the_article_that_is_on_its_way(opened, site, hall):
    page = enter(opened, site)
    left, before = chosen(page), stands(hall)
    on_their_way, is_open = [], threading.Event()

    def hold(route) -> None:
        if is_open.is_set():
            route.continue_()
        else:
            on_their_way.append(route)

    page.route("**/-/desk/document?*", hold)
    page.click("[data-open=queue]")
    page.click("#panel-body .says >> nth=-1")
    page.wait_for_selector("#main[aria-busy]")
    page.keyboard.press("r")
    assert chosen(page) == left
    with page.expect_request("**/-/desk/judge") as request:
        is_open.set()
        for route in on_their_way:
            route.continue_()
    key = request.value.post_data_json["verdicts"][0]["id"]
    assert key != left
    wait_for(hall, key, ("rejected", "Ada Coder", before[key][2]))
    assert stands(hall)[left] == before[left]


def test_of_two_at_once_the_second_is_refused_and_sees_both_versions(
    opened, site, hall
):
    ada, cleo = enter(opened, site), enter(opened, site, CLEO)
    key = choose(ada, "criticizes")
    assert choose(cleo, "criticizes") == key
    ada.keyboard.press("e")
    ada.select_option("#field-stance", "conditional")
    ada.focus("#field-gist")
    ada.keyboard.press("Enter")
    wait_for(hall, key, ("accepted", "Ada Coder", "conditional"))
    cleo.keyboard.press("r")
    cleo.wait_for_selector("text=Somebody else was quicker")
    panel = cleo.locator("#panel")
    expect(panel).to_contain_text("stance: critical")
    expect(panel).to_contain_text("stance: conditional")
    assert stands(hall)[key] == ("accepted", "Ada Coder", "conditional")
    cleo.click("#close")
    cleo.click(f"#list [data-id='{key}'] .says")
    cleo.keyboard.press("r")
    wait_for(hall, key, ("rejected", "Cleo Coder", "conditional"))
    cleo.wait_for_selector("text=before: accepted by Ada Coder")


def test_a_coder_whose_token_bears_no_name_gives_one(opened, site, hall):
    page = opened(f"{site.url}/-/desk?token={OPEN}")
    page.fill("#coder", "Nadia New")
    page.keyboard.press("Enter")
    page.wait_for_selector("#list li")
    key = choose(page, "criticizes")
    page.keyboard.press("a")
    wait_for(hall, key, ("accepted", "Nadia New", "critical"))


@pytest.mark.parametrize(("phone", "dark"), [(False, True), (True, False)])
def test_nothing_hinders_anybody(opened, site, hall, phone, dark):
    page = enter(opened, site, phone=phone, dark=dark)
    key = chosen(page)
    stance = stands(hall)[key][2]
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.keyboard.press("r")
    page.wait_for_selector("#done li")
    wait_for(hall, key, ("rejected", "Ada Coder", stance))
    for name in ("", "queue", "names", "agreement", "help"):
        if name:
            page.click(f"[data-open={name}]")
            page.wait_for_selector("#panel-body :is(input, table)")
        assert Axe().run(page).response["violations"] == []
        if name:
            page.click("#close")
    page.click("[data-open=codebook]")
    page.wait_for_selector("#codebook dl")
    page.keyboard.press("Escape")
    page.click("[data-open=codebook]")
    page.click("#list .unreviewed .says")
    page.keyboard.press("e")
    assert Axe().run(page).response["violations"] == []
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide


def test_names_that_may_be_one_are_merged_by_a_key_and_parted_by_another(
    opened, site
):
    page = enter(opened, site)
    for key, says in (("m", ""), ("m", "done: merge"), ("u", "taken back")):
        page.keyboard.press(key)
        page.wait_for_selector(f"#panel :text('{says}')")
        page.wait_for_selector(".alike", state="attached")
    expect(page.locator(".alike li.chosen")).to_have_count(1)


def cookie(site, token: str = ADA) -> str:
    answer = site.client.get("/-/desk", params={"token": token})
    assert (answer.status_code, answer.headers["refresh"]) == (
        200,
        "0; url=/-/desk",
    )
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


def test_nobody_enters_without_a_token_and_no_other_site_changes_anything(
    site, hall
):
    before = stands(hall)
    assert site.client.get("/-/desk").status_code == 401
    assert (
        site.client.get("/-/desk", params={"token": "x" * 22}).status_code
        == 401
    )
    assert site.client.get("/-/desk/queue").status_code == 401
    told = cookie(site)
    line = site.client.get("/-/desk/queue", headers={"cookie": told}).json()[
        "lines"
    ][0]
    body = {"verdicts": [{"id": line["id"], "document": line["document"], "status": "rejected"}]}  # fmt: skip
    assert post(site, "judge", body).status_code == 401
    for origin in ("https://evil.example", "null", ""):
        refused = post(site, "judge", body, cookie=told, origin=origin)
        assert refused.status_code == 403
    form = {"content-type": "text/plain"}
    assert post(site, "judge", body, cookie=told, **form).status_code == 415
    assert stands(hall) == before


BODIES = (
    [],
    {"verdicts": 3},
    {"verdicts": [3]},
    {"verdicts": [{"id": 3}]},
    {
        "verdicts": [
            {"id": "../../x", "document": "../../x", "status": "accepted"}
        ]
    },
    {"verdicts": [{"id": "x", "status": "accepted", "fields": [1]}]},
)


def test_what_no_page_sends_is_refused_and_changes_nothing(site, hall):
    before, told = stands(hall), cookie(site)
    for body in BODIES:
        answer = post(site, "judge", body, cookie=told)
        assert answer.status_code in {200, 400}
        refused = answer.status_code == 400 or answer.json()["results"][0]
        assert refused is True or "error" in refused
    assert stands(hall) == before


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


def test_a_blind_coder_judges_what_another_has_judged_as_the_program_made_it(
    room,
):
    desk = Desk(room, is_blind=True)
    line = waits(desk, "Ada")[0]
    desk.judge(
        [verdict(line, "accepted", "Ada", stance="conditional", negated=True)]
    )
    for coder, has_accepted in (("Ada", True), ("Cleo", False)):
        examples = desk.examples(coder)["examples"]
        assert any(examples.values()) is has_accepted
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
    assert (card["status"], card["fields"]["stance"]) == (
        "unreviewed",
        "critical",
    )
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
    assert {row.missing for row in differences(agreed) if row.fields} == {
        ("Cleo",)
    }
    assert desk.take_back(judged["card"]["id"], "Cleo")["gone"]
    assert waits(desk, "Cleo")[0] == line


def test_articles_that_come_while_the_desk_stands_wait_at_it(room, tmp_path):
    desk = Desk(room)
    file = tmp_path / "later.jsonl"
    run = {
        "run": {"label": "Rules", "kind": "extraction", "program": "onrecord"}
    }
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
    opened, starting, room, tmp_path
):
    site = at_desk(starting, room, tmp_path)
    page = enter(opened, site, faults=True)
    key = chosen(page)
    with page.expect_response("**/judge"):
        page.keyboard.press("a")
    site.process.kill()
    assert stands(room)[key] == ("accepted", "Ada Coder", "critical")
