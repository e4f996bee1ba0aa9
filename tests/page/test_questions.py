"""Five questions that a person who has only the file can answer, each with at most four clicks or one search."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from onrecord.networks import Network

Seen = Callable[..., Page]


def search(page: Page, name: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def cards(page: Page, group: str) -> list[str]:
    """The cards of the group that is called so."""
    return (
        page.locator(".group", has=page.locator("summary", has_text=group))
        .locator(".card")
        .all_inner_texts()
    )


def test_whom_does_sag_aftra_urge_and_to_do_what(
    seen: Seen, whole: Network
) -> None:
    page = seen()
    search(page, "SAG-AFTRA")
    page.get_by_role("button", name="urges", exact=False).first.click()
    told = cards(page, "urges")
    borne = [
        each
        for each in whole.proofs.values()
        if each.relation == "urges"
        and "SAG-AFTRA" in each.actors
        and not each.caution
    ]
    assert borne
    for each in borne:
        assert any(each.sentence in text and each.gist in text for text in told)


def test_what_did_sarandos_say_about_jobs_in_which_words_and_where(
    seen: Seen,
) -> None:
    page = seen()
    search(page, "Ted Sarandos")
    page.locator("#topic").select_option("job-displacement")
    said = page.locator(
        ".card", has_text="Does not fear that AI takes the place of creativity."
    )
    expect(said).to_contain_text(
        "Ted Sarandos is not concerned about job displacement"
    )
    expect(said.locator("blockquote")).to_have_text(
        "not worried that AI will replace creativity"
    )
    assert "#:~:text=not%20worried" in said.get_by_role("link").get_attribute(
        "href"
    )


def test_which_works_used_ai_for_de_aging_and_who_says_so(
    seen: Seen, whole: Network
) -> None:
    page = seen()
    page.locator("#all").click()
    page.locator("#stage").select_option("de-aging")
    page.get_by_role("button", name="Table").click()
    shown = page.locator("#table").inner_text()
    aged = [each for each in whole.proofs.values() if each.stage == "de-aging"]
    assert aged
    for each in aged:
        assert each.gist in shown or each.caution == ""
        assert whole.nodes[each.object].label in shown
    line = page.locator("#lines tbody tr").first
    expect(line.get_by_role("link")).to_have_count(line.locator("li").count())


def test_who_is_critical_of_sora_2_and_whose_stance_differs_over_time(
    seen: Seen,
) -> None:
    page = seen()
    search(page, "Sora 2")
    assert any(
        "Call Sora 2's opt-out for rights holders a danger" in text
        for text in cards(page, "is criticized by")
    )
    expect(
        page.get_by_role("heading", name="Stances that differ over time")
    ).to_be_visible()
    expect(page.locator(".card", has_text="OpenAI on Sora 2")).to_contain_text(
        "earlier: "
    )
    expect(page.locator(".card", has_text="OpenAI on Sora 2")).to_contain_text(
        "later: "
    )


def test_what_changed_between_2023_and_2026(seen: Seen, whole: Network) -> None:
    page = seen()
    rows = page.locator(".years-table tbody tr")
    years = dict(
        zip(
            rows.locator("th").all_inner_texts(),
            rows.all_inner_texts(),
            strict=True,
        )
    )
    assert {"2023", "2024", "2025", "2026"} <= set(years)
    dates = [
        (proof.date or "", proof.stance) for proof in whole.proofs.values()
    ]
    for year in ("2023", "2026"):
        counts = [
            sum(
                date.startswith(year) and stance == key
                for date, stance in dates
            )
            for key in ("supportive", "critical", "conditional", "neutral")
        ]
        assert years[year].split() == [
            year,
            *(str(count or "–") for count in counts),
        ]
    page.get_by_label("From", exact=True).fill("2026")
    page.get_by_label("From", exact=True).press("Enter")
    expect(page.locator("#status")).to_contain_text("1 filter on")
