import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from onrecord.discourse.choice import Choice, network
from onrecord.formats.plots import plot
from onrecord.model.errors import BadInput

CHOICES = {
    "bars": Choice("affiliation", since="2025"),
    "dendrogram": Choice(
        "congruence", actors="organization", normalize="average"
    ),
    "polarization": Choice(
        "subtract",
        actors="organization",
        since="2025",
        window="180d",
        step="120d",
    ),
}


def texts(drawn):
    return [
        each.text
        for each in ET.fromstring(drawn).iter(  # noqa: S314
            "{http://www.w3.org/2000/svg}text"
        )
    ]


@pytest.mark.parametrize("name", CHOICES)
def test_a_plot_is_svg_with_its_names_as_text_and_the_same_twice(name, graph):
    one, two = (plot(network(graph, CHOICES[name])) for _ in range(2))
    assert one == two
    wanted = {
        "bars": "critical",
        "dendrogram": "SAG-AFTRA",
        "polarization": "balanced camps",
    }[name]
    assert wanted in texts(one)
    assert b"<dc:date>" not in one


def test_a_name_with_dollar_signs_is_no_formula(graph):
    found = network(graph, CHOICES["bars"])
    costly = tuple(rf"Cost $\frac$ of {name}" for name in found.tensor.concepts)
    tensor = replace(found.tensor, concepts=costly)
    drawn = texts(plot(replace(found, tensor=tensor)))
    assert costly[0].rpartition(" of ")[0] in {
        text.rpartition(" of ")[0] for text in drawn
    }


@pytest.mark.parametrize("method", ["affiliation", "congruence"])
def test_nothing_to_draw_is_a_sentence(method, graph):
    with pytest.raises(BadInput, match="nothing to draw"):
        plot(network(graph, Choice(method, since="2099")))
