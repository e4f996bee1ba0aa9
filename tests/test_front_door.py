"""The front door: verbs, each in its room, and none that bears a room's name."""

import inspect
import pkgutil
import subprocess
import sys

import pytest

import onrecord
from onrecord.querying.table import Table
from onrecord.workspace import Workspace

ROOMS = sorted(
    module.name for module in pkgutil.iter_modules(onrecord.__path__)
)
EVERY_ROOM = f"""
import warnings
from importlib import import_module
import onrecord
for room in {ROOMS!r}:
    import_module(f"onrecord.{{room}}")
for name in onrecord.__all__:
    found = getattr(onrecord, name)
    assert callable(found), name
"""


def test_no_name_of_the_front_door_is_a_room_s() -> None:
    assert set(onrecord.__all__) & set(ROOMS) == set()


def test_every_room_and_then_every_name_is_imported() -> None:
    subprocess.run([sys.executable, "-c", EVERY_ROOM], timeout=250, check=True)


@pytest.mark.parametrize("name", onrecord.__all__)
def test_a_name_is_told_in_the_module_s_docstring_and_has_its_own(
    name: str,
) -> None:
    found = getattr(onrecord, name)
    assert inspect.getdoc(found)
    if inspect.isfunction(found):
        assert name in (onrecord.__doc__ or "")


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'aks'"):
        _ = onrecord.aks


def test_the_names_are_offered_for_completion() -> None:
    assert set(onrecord.__all__) <= set(dir(onrecord))


def test_the_verbs_take_one_workspace(small: Workspace) -> None:
    assert isinstance(onrecord.ask("works", workspace=small), Table)
    assert onrecord.search("digital", workspace=small)
    assert onrecord.show("Ada Example", workspace=small).name == "Ada Example"
    assert onrecord.stats(workspace=small).column("what")[0] == "documents"
    assert onrecord.to_networkx(workspace=small).has_edge(
        "Ada-Example", "Studio-Nine"
    )
