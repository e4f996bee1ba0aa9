"""What XML 1.0 cannot hold (section 2.2), and what it would change on reading."""

from onrecord.model import NO_XML
from onrecord.model.errors import BadGraph


def sound(content: bytes, form: str) -> bytes:
    """XML that reads back as it was, carriage returns too; raises BadGraph for a character that it cannot hold."""
    match = NO_XML.search(content.decode())
    if match:
        message = (
            f"a text holds the character U+{ord(match[0]):04X}, "
            f"which {form} cannot carry; take turtle or trig"
        )
        raise BadGraph(message)
    return content.replace(b"\r", b"&#13;")
