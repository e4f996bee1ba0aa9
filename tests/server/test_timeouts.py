"""How many connections one address may hold."""

import pytest

from onrecord.server.timeouts import crowds


@pytest.mark.parametrize(
    ("address", "other", "crowded"),
    [
        ("93.184.216.34", "93.184.216.34", True),
        ("93.184.216.34", "93.184.216.35", False),
        ("2606:2800:220:1::1", "2606:2800:220:1::2", True),
        ("2606:2800:220:1::1", "2606:2800:220:2::1", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("10.0.0.1", "10.0.0.1", False),
    ],
)
def test_one_public_address_holds_a_quarter_of_all_connections(
    address, other, crowded
):
    clients = [(address, 1), (other, 2), (other, 3)]
    assert crowds((address, 1), clients, most=8) is crowded
