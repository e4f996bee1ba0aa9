"""Feeds that are followed, over a site on loopback."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord import workspace
from onrecord.editing.following import Fetching, fetch, follow, followed
from onrecord.model.errors import BadInput, NoWorkspace

pytest.importorskip("httpx")
pytest.importorskip("feedparser")
pytest.importorskip("trafilatura")

ABOUT_AI = "Ada Example urged Studio Nine to adopt stronger AI safeguards. Martin Sample is worried about AI and jobs."
OTHER = "The guild met on Tuesday and it was the first time that the members of the board had been to the town at all."
LOCAL = {"allow_private": True}
HOW = Fetching(pause=0.0, allow_private=True)


def page(title: str, text: str) -> str:
    more = "It was the first time that the firm had said so, and it has since been the talk of all of the trade."
    body = f"<article><h1>{title}</h1><p>{text}</p><p>{more} {title}.</p></article>"
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


def rss(base: str, *paths: str) -> str:
    items = "".join(
        f"<item><title>T</title><link>{base}{path}</link></item>"
        for path in paths
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Example Times</title>{items}</channel></rss>'


class Site:
    """A site of pages by path, and what was asked of it."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                kind, text = site.pages.get(self.path, ("", ""))
                mark = f'"{hash(text)}"'
                unchanged = (
                    bool(text) and self.headers.get("If-None-Match") == mark
                )
                self.send_response(304 if unchanged else 200 if text else 404)
                self.send_header("ETag", mark)
                self.send_header("Content-Type", kind or "text/plain")
                self.end_headers()
                self.wfile.write(b"" if unchanged else text.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def take_asked(self) -> list[str]:
        """What was asked since last time, without robots.txt."""
        asked = [path for path in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return asked


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    made.pages["/feed.xml"] = (
        "application/rss+xml",
        rss(made.base, "/ai", "/other"),
    )
    made.pages["/ai"] = ("text/html", page("AI talk", ABOUT_AI))
    made.pages["/other"] = ("text/html", page("Other talk", OTHER))
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_what_is_new_in_a_feed_and_states_something_waits_for_review(
    small, site
):
    feed = follow(f"{site.base}/feed.xml", small, **LOCAL)
    assert feed.title == "Example Times"
    fetched = fetch(small, HOW)
    assert fetched.new == (f"{site.base}/ai", f"{site.base}/other")
    assert fetched.added.documents == {"added": 1}
    assert [known.seen for known in followed(small)] == [fetched.new]


def test_nothing_is_fetched_twice_and_an_unchanged_feed_is_not_sent_again(
    small, site
):
    follow(f"{site.base}/feed.xml", small, **LOCAL)
    fetch(small, HOW)
    site.take_asked()
    here = workspace.find(small.root)
    assert fetch(here, HOW).new == ()
    assert site.take_asked() == ["/feed.xml"]
    site.pages["/feed.xml"] = (
        "application/rss+xml",
        rss(site.base, "/new", "/ai", "/other"),
    )
    site.pages["/new"] = ("text/html", page("New talk", OTHER))
    assert fetch(here, HOW).new == (f"{site.base}/new",)
    assert site.take_asked() == ["/feed.xml", "/new"]


def test_a_dry_run_lists_what_is_new_and_reads_none_of_it(small, site):
    follow(f"{site.base}/feed.xml", small, **LOCAL)
    site.take_asked()
    before = (small.root / "feeds.json").read_bytes()
    assert len(fetch(small, HOW, dry_run=True).new) == 2
    assert site.take_asked() == ["/feed.xml"]
    assert (small.root / "feeds.json").read_bytes() == before


def test_a_go_is_bounded_and_the_rest_comes_next_time(small, site):
    follow(f"{site.base}/feed.xml", small, **LOCAL)
    one = Fetching(most=1, pause=0.0, allow_private=True)
    assert fetch(small, one).new == (f"{site.base}/ai",)
    assert fetch(workspace.find(small.root), one).new == (f"{site.base}/other",)


def test_robots_txt_keeps_articles_out_for_good(small, site):
    site.pages["/robots.txt"] = ("text/plain", "User-agent: *\nDisallow: /ai\n")
    follow(f"{site.base}/feed.xml", small, **LOCAL)
    fetched = fetch(small, HOW)
    assert "/ai" not in site.take_asked()
    assert any(
        "robots.txt asks programs to stay out" in note for note in fetched.notes
    )
    assert fetch(workspace.find(small.root), HOW).new == ()


def test_a_page_leads_to_the_feed_that_it_names(small, site):
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    site.pages["/"] = (
        "text/html",
        f"<!doctype html><html><head>{head}</head><body><p>Home</p></body></html>",
    )
    assert (
        follow(f"{site.base}/", small, **LOCAL).url == f"{site.base}/feed.xml"
    )
    with pytest.raises(BadInput, match="is followed already"):
        follow(f"{site.base}/feed.xml", small, **LOCAL)


def test_a_news_sitemap_is_followed_through_its_index(small, site):
    ours = "http://www.sitemaps.org/schemas/sitemap/0.9"
    index = f'<sitemapindex xmlns="{ours}"><sitemap><loc>{site.base}/news.xml</loc></sitemap></sitemapindex>'
    news = f'<urlset xmlns="{ours}"><url><loc>{site.base}/ai</loc><lastmod>2026-03-01</lastmod></url></urlset>'
    site.pages["/index.xml"] = ("application/xml", index)
    site.pages["/news.xml"] = ("application/xml", news)
    follow(f"{site.base}/index.xml", small, **LOCAL)
    assert fetch(small, HOW).new == (f"{site.base}/ai",)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (("text/plain", "no feed at all"), "is neither a feed"),
        (
            ("text/html", "<!doctype html><html><body>x</body></html>"),
            "names no feed",
        ),
        (("", ""), "the server answered 404"),
    ],
)
def test_what_is_no_feed_is_not_followed(small, site, page, message):
    site.pages["/it"] = page
    with pytest.raises(BadInput, match=message):
        follow(f"{site.base}/it", small, **LOCAL)
    assert followed(small) == []


def test_a_feed_on_this_machine_is_followed_only_if_that_is_allowed(
    small, site
):
    with pytest.raises(BadInput, match="leads to a private address"):
        follow(f"{site.base}/feed.xml", small)


def test_a_broken_list_of_feeds_is_told(small):
    (small.root / "feeds.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(BadInput, match=r"feeds\.json: is broken"):
        followed(small)


def test_the_shipped_graph_follows_nothing(shipped):
    with pytest.raises(NoWorkspace, match="onrecord init"):
        follow("https://e.org/", shipped)


def test_the_commands_follow_and_fetch(small, site, command):
    words = ("-C", small.root)
    assert (
        "follows"
        in command(
            *words, "follow", f"{site.base}/feed.xml", "--allow-private"
        ).stdout
    )
    listed = command(
        *words, "fetch", "--dry-run", "--pause", "0", "--allow-private"
    ).stdout
    assert listed.split() == [f"{site.base}/ai", f"{site.base}/other"]
    assert "0 read" in command(*words, "follow").stdout
