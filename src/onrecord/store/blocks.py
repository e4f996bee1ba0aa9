"""Two states of a large Turtle file → what stands in one of them alone, so that the rest need not be parsed.

A file as onrecord writes it has its prefixes first, then a block of lines for each
subject, with an empty line between. Nothing is told of a file that is otherwise: one
with texts over several lines, blank nodes, or a subject in more than one block.
"""

import re
from collections.abc import Collection

PREFIX = re.compile(rb"@prefix [^\n]*")
STRANGE = frozenset({b"@", b"#", b" ", b"\n", b""})
"""What no block begins with, as onrecord writes it: a prefix, a comment, a line that goes on."""
BLANK = re.compile(rb"(?m)^_:|\[|[\s(]_:")
ENDS = re.compile(rb"[/#:]")


def changed_blocks(old: bytes, new: bytes) -> tuple[bytes, bytes] | None:
    """The blocks that the old state has alone, and those of the new one, each with its prefixes; None where unsure."""
    parted = _parted(old), _parted(new)
    if parted[0] is None or parted[1] is None:
        return None
    (head, before), (new_head, after) = parted[0], parted[1]
    if not _agree(head, new_head):
        return None
    gone, come = before - after, after - before
    touched = {_subject(block) for block in gone | come}
    if BLANK.search(b"\n".join(gone | come)) or _stand_elsewhere(
        touched, before & after
    ):
        return None
    return _joined(head, gone), _joined(new_head, come)


def _parted(content: bytes) -> tuple[frozenset[bytes], frozenset[bytes]] | None:
    """The lines of prefixes, and the blocks; None of a file that is not as onrecord writes it."""
    head, _, body = content.partition(b"\n\n")
    lines = head.split(b"\n")
    body = body.strip(b"\n")
    if not (all(map(PREFIX.fullmatch, lines)) and _is_in_blocks(body)):
        return None
    blocks = body.split(b"\n\n")
    if any(block[:1] in STRANGE for block in blocks):
        return None
    unique = frozenset(blocks)
    return (frozenset(lines), unique) if len(unique) == len(blocks) else None


def _is_in_blocks(body: bytes) -> bool:
    """Whether no text goes over lines, and every line begins with a space but the first of each block."""
    if b'"""' in body or b"'''" in body:
        return False
    inner, between = body.count(b"\n "), body.count(b"\n\n")
    return body.count(b"\n") == inner + 2 * between


def _agree(old: Collection[bytes], new: Collection[bytes]) -> bool:
    """Whether no prefix means another thing now."""
    both = [{line.split()[1]: line for line in lines} for lines in (old, new)]
    return all(
        both[1].get(name, line) == line for name, line in both[0].items()
    )


def _stand_elsewhere(
    subjects: Collection[bytes], blocks: Collection[bytes]
) -> bool:
    return any(_subject(block) in subjects for block in blocks)


def _subject(block: bytes) -> bytes:
    """The last part of a block's subject, however it is written."""
    return ENDS.split(block.split(None, 1)[0].rstrip(b">"))[-1]


def _joined(head: Collection[bytes], blocks: Collection[bytes]) -> bytes:
    return (
        b"\n".join(sorted(head))
        + b"\n\n"
        + b"\n\n".join(sorted(blocks))
        + b"\n"
    )
