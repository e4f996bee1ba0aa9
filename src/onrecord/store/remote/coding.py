"""The content coding of an answer (RFC 9110, section 8.4.1), undone piece by piece: a little may be very much."""

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
IDENTITY = frozenset({"", "identity"})
CODINGS = IDENTITY | {"gzip", "x-gzip", "deflate"}
PIECE = 1 << 20
"""Bytes that are unfolded at a time."""
GZIP, ZLIB, RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


class Miscoded(Exception):
    """A body that is not in the coding that its header names, or in one that is not read here."""


def decoded(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The body, a piece for each that came or more, none larger than `PIECE`; an empty one too, so that time is kept.

    Raises Miscoded.
    """
    coding = coding.strip().lower()
    if coding in IDENTITY:
        yield from pieces
    elif coding in CODINGS:
        yield from _inflated(pieces, is_gzip=coding != "deflate")
    else:
        message = f"the coding {coding[:40]}, which was not asked for"
        raise Miscoded(message)


def _inflated(pieces: Iterable[bytes], *, is_gzip: bool) -> Iterator[bytes]:
    inflater = None
    for piece in pieces:
        yield b""
        data = piece
        while data:
            if inflater is None or inflater.eof:
                inflater = zlib.decompressobj(
                    GZIP if is_gzip else _window(data)
                )
            try:
                yield inflater.decompress(data, PIECE)
            except zlib.error as error:
                raise Miscoded(str(error)) from error
            data = inflater.unused_data or inflater.unconsumed_tail
    while inflater is not None and (rest := inflater.decompress(b"", PIECE)):
        yield rest
    if inflater is not None and not inflater.eof:
        message = "the body ends before its coding does"
        raise Miscoded(message)


def _window(data: bytes) -> int:
    """Of "deflate": by RFC 1950, or without its head, as some servers send it."""
    is_headed = data[0] & 0x0F == zlib.DEFLATED
    return ZLIB if is_headed else RAW
