"""Feeds and sitemaps of many kinds → the addresses of articles."""

import gzip

import pytest

from onrecord.ingest.feeds import Listing, listing
from onrecord.ingest.fetch import Page

A, B = "https://e.org/a", "https://e.org/b"


def rss(item: str) -> str:
    return f"<rss version='2.0'><channel><title>T</title><item>{item}</item></channel></rss>"


URLS = (
    f"<s:urlset xmlns:s='urn:s' xmlns:n='urn:n'><s:url><s:loc>{B}</s:loc><n:news><n:loc>{A}/a.jpg</n:loc>"
    f"<n:publication_date>2026-01-01</n:publication_date></n:news></s:url><s:url><s:loc>{A}</s:loc>"
    "<n:news><n:publication_date>2026-02-01</n:publication_date></n:news></s:url></s:urlset>"
)


@pytest.mark.parametrize(
    ("sent", "listed"),
    [
        (
            rss(
                f"<description><![CDATA[<html>]]></description><link>{A}</link>"
            ),
            Listing("feed", (A,), title="T"),
        ),
        (
            f"<?xml version='1.0'?><?x y?><!-- <html> -->{rss(f'<guid>{A}</guid>')}",
            Listing("feed", (A,), title="T"),
        ),
        (
            f'{{"title": "T", "items": [{{"url": "{A}"}}, {{"id": "1"}}]}}',
            Listing("feed", (A,), title="T"),
        ),
        (
            f'{{"title": "T", "items": [{{"id": "{A}"}}]}}',
            Listing("feed", (A,), title="T"),
        ),
        (URLS, Listing("sitemap", (A, B))),
        (gzip.compress(URLS.encode()), Listing("sitemap", (A, B))),
        (f"{A}\n{B}\n", Listing("sitemap", (A, B))),
    ],
    ids=[
        "html inside",
        "declarations",
        "JSON",
        "JSON by id",
        "prefixes",
        "packed",
        "lines",
    ],
)
def test_a_feed_is_told_by_its_first_element(sent, listed):
    data = sent if isinstance(sent, bytes) else sent.encode()
    assert listing(Page("https://e.org/feed", "", data)) == listed
