"""The shell: the known bundle, a policy that names our scripts, templates that escape."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from onrecord.page.shell import (
    BUNDLE,
    HERE,
    MINISEARCH,
    SCRIPTS,
    bundle,
    environment,
    policy,
    script,
)

KNOWN = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"


def test_the_bundle_is_the_known_one() -> None:
    assert hashlib.sha256(BUNDLE.read_bytes()).hexdigest() == KNOWN


def test_pyvis_which_is_slow_to_import_waits_for_a_page_to_draw() -> None:
    slow = re.compile(
        r"^(?:from|import) (?:pyvis|onrecord\.page\.(?:drawn|view))",
        re.MULTILINE,
    )
    importing = {
        path.relative_to(HERE.parent).as_posix()
        for path in HERE.parent.rglob("*.py")
        if slow.search(path.read_text(encoding="utf-8"))
    }
    assert importing == {"page/drawn.py", "page/view.py"}


def test_the_search_is_the_one_that_its_note_tells_of() -> None:
    note = (MINISEARCH.parent / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(MINISEARCH.read_bytes()).hexdigest() in note


def test_the_bundle_can_stand_in_a_page() -> None:
    assert "</script" not in bundle()
    assert "<!--" not in bundle()
    assert "sourceMappingURL" not in bundle()


def test_every_file_of_the_script_is_joined_once() -> None:
    assert sorted(SCRIPTS) == sorted(
        path.stem for path in (HERE / "script").glob("*.js")
    )
    assert len(SCRIPTS) == len(set(SCRIPTS))


def test_the_policy_names_each_script_by_its_hash() -> None:
    expected = base64.b64encode(hashlib.sha256(b"one()").digest()).decode()
    assert f"script-src 'sha256-{expected}';" in policy(["one()"])
    assert policy(["one()"]).startswith("default-src 'none'; ")


def test_templates_escape_and_refuse_a_name_that_is_not_given() -> None:
    assert environment().from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        environment().from_string("{{ missing }}").render()


def test_json_in_a_template_can_end_no_script() -> None:
    assert (
        environment().from_string("{{ x|tojson }}").render(x="</script>é")
        == '"\\u003c/script\\u003eé"'
    )


@pytest.mark.parametrize(
    "path", sorted((HERE / "script").glob("*.js")), ids=lambda path: path.stem
)
def test_no_script_runs_or_parses_what_data_holds(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "setTimeout('",
    ):
        assert forbidden not in text


@pytest.mark.parametrize(
    "path", sorted((HERE / "script").glob("*.js")), ids=lambda path: path.stem
)
def test_every_script_says_what_it_does_and_keeps_to_the_width(
    path: Path,
) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// ")
    assert re.search(r"\bvar\b|[^=!]==[^=]|!=[^=]|\t", text) is None
    assert max(map(len, text.splitlines())) <= 120


def test_all_of_the_script_is_one_function() -> None:
    assert script().startswith('(() => {\n"use strict";\n')
    assert script().endswith("})();\n")
