"""What a worker writes, sent in pieces."""

from onrecord.store.limits import Send

PIECE = 1 << 16


class Pieces:
    """A file to write to, that sends what is written in pieces; what is left when a work fails is not sent."""

    def __init__(self, send: Send) -> None:
        self._send, self._buffer = send, bytearray()

    def write(self, data: bytes) -> int:
        """Takes some bytes."""
        self._buffer += data
        if len(self._buffer) >= PIECE:
            self.end()
        return len(data)

    def flush(self) -> None:
        """Nothing: whoever writes may think that all is written, and more comes."""

    def end(self) -> None:
        """Sends what is left."""
        self._send(bytes(self._buffer))
        self._buffer.clear()
