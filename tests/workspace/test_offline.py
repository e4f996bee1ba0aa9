"""A thread that went offline opens no socket, nor does what begins in it; others go on as they did."""

import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from onrecord.workspace.offline import is_kept, is_offline, run_offline

pytestmark = pytest.mark.skipif(
    not is_kept(),
    reason="this system has no filter of system calls that we write",
)
CHILD = "import socket; socket.socket()"


def open_socket(family: int = socket.AF_INET) -> None:
    # The class that pytest-socket does not watch: what refuses must be the system.
    socket.SocketType(family, socket.SOCK_STREAM).close()


def look_up() -> None:
    socket.getaddrinfo("host.example", 80)


def begin_thread() -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(open_socket).result()


def begin_process() -> None:
    subprocess.run(
        [sys.executable, "-c", CHILD], check=True, stderr=subprocess.DEVNULL
    )


def connect_what_is_open() -> None:
    with socket.socket() as opened:
        run_offline(lambda: opened.connect(("127.0.0.1", 9)))


@pytest.mark.parametrize(
    ("work", "error"),
    [
        (open_socket, PermissionError),
        (lambda: open_socket(socket.AF_INET6), PermissionError),
        (lambda: open_socket(socket.AF_UNIX), PermissionError),
        (look_up, socket.gaierror),
        (begin_thread, PermissionError),
        (begin_process, subprocess.CalledProcessError),
    ],
    ids=[
        "IPv4",
        "IPv6",
        "a socket of the file system",
        "a name",
        "a thread",
        "a process",
    ],
)
def test_what_is_offline_opens_no_socket(
    work: Callable[[], None], error: type[Exception]
) -> None:
    with pytest.raises(error):
        run_offline(work)


def test_a_socket_that_is_open_connects_to_nobody_new() -> None:
    with pytest.raises(PermissionError):
        connect_what_is_open()


def test_pipes_and_pairs_go_on() -> None:
    def talk() -> bytes:
        here, there = socket.socketpair()
        with here, there:
            here.sendall(b"hello")
            return there.recv(5)

    assert run_offline(talk) == b"hello"


def test_other_threads_are_left_alone() -> None:
    assert run_offline(is_offline)
    assert not is_offline()
    open_socket()


def test_what_is_offline_is_done_where_it_is() -> None:
    assert run_offline(lambda: run_offline(is_offline))
