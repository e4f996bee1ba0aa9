"""The picture of the rooms is that of the code."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[1]


def drawing():
    spec = importlib.util.spec_from_file_location(
        "architecture", ROOT / "docs" / "architecture.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_in_the_docs_is_drawn_from_the_code_as_it_is_now():
    module = drawing()
    assert module.TARGET.read_text(encoding="utf-8") == module.draw(), (
        "draw it again: .venv/bin/python docs/architecture.py"
    )


def test_the_ways_go_through_rooms_that_there_are():
    module = drawing()
    rooms = {room for row in module.layers() for room in row}
    assert {*module.ARTICLE, *module.QUESTION} <= rooms


def test_no_room_imports_one_that_stands_above_or_beside_it():
    module = drawing()
    height = {
        room: row for row, rooms in enumerate(module.layers()) for room in rooms
    }
    upwards = [
        (one, two)
        for one, two in module.imports()
        if height[one] >= height[two]
    ]
    assert upwards == []
