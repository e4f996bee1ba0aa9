"""The encoding is measured: fills, stances and their contrast, as people with and without colour blindness see them."""

import itertools
import re
from pathlib import Path

import pytest

from onrecord.model.vocabulary import Vocabulary
from onrecord.page import look as module
from onrecord.page.look import GROUND, KINDS, STANCES, look
from onrecord.workspace import shipped

# Machado, Oliveira and Fernandes (2009), severity 1, applied to linear RGB.
SIGHTS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIE 1976 L*a*b* of linear sRGB, white D65."""
    matrix = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    xyz = [
        sum(a * b for a, b in zip(row, rgb, strict=True)) / white
        for row, white in zip(matrix, WHITE, strict=True)
    ]
    x, y, z = (
        each ** (1 / 3)
        if each > 216 / 24389
        else (24389 / 27 * each + 16) / 116
        for each in xyz
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    turned = [
        sum(a * b for a, b in zip(row, rgb, strict=True))
        for row in SIGHTS[sight]
    ]
    return lab([min(1.0, max(0.0, each)) for each in turned])


def difference(one: str, two: str, sight: str) -> float:
    pairs = zip(seen(one, sight), seen(two, sight), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def contrast(one: str, two: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted(
        (
            sum(
                a * b
                for a, b in zip(
                    (0.2126, 0.7152, 0.0722), linear(each), strict=True
                )
            )
            for each in (one, two)
        ),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
def test_fills_differ_under_every_sight(sight: str) -> None:
    fills = [kind.fill for kind in KINDS]
    assert (
        min(
            difference(*pair, sight)
            for pair in itertools.combinations(fills, 2)
        )
        >= 16
    )


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_stances_differ_under_every_sight(sight: str, ground: str) -> None:
    colours = [getattr(stance, ground) for stance in STANCES if stance.key]
    assert (
        min(
            difference(*pair, sight)
            for pair in itertools.combinations(colours, 2)
        )
        >= 30
    )


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_every_line_stands_out_from_its_ground(ground: str) -> None:
    assert (
        min(
            contrast(getattr(stance, ground), GROUND[ground])
            for stance in STANCES
        )
        >= 3
    )


def test_no_two_kinds_share_a_shape_and_no_two_stances_a_head_or_mark() -> None:
    assert len({kind.shape for kind in KINDS}) == len(KINDS)
    assert (
        len({stance.head for stance in STANCES})
        == len({stance.mark for stance in STANCES})
        == len(STANCES)
    )


def test_every_class_of_the_ontology_is_drawn_as_a_kind(
    words: Vocabulary,
) -> None:
    assert {cls.drawn_as for cls in words.classes.values()} <= {
        kind.key for kind in KINDS
    }


def test_every_stance_of_the_ontology_has_a_look(words: Vocabulary) -> None:
    assert set(words.codes["stanceOnAI"]) == {
        stance.key for stance in STANCES if stance.key
    }


def test_the_style_paints_the_same_grounds(  # a second place, since a style sheet cannot read the first
) -> None:
    style = (Path(module.__file__).parent / "style.css").read_text(
        encoding="utf-8"
    )
    assert [
        found.upper() for found in re.findall(r"--ground: (#\w+)", style)
    ] == [
        GROUND["light"],
        GROUND["dark"],
    ]


def test_the_script_is_told_all_of_it() -> None:
    assert [kind["key"] for kind in look(shipped().texts())["kinds"]] == [
        kind.key for kind in KINDS
    ]
