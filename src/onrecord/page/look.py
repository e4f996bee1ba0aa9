"""How things are drawn: shape and fill say what it is, line, head and mark say the stance, never colour alone.

Fills after Paul Tol's "muted" scheme, which keeps apart under protan, deutan and tritan sight; a test measures it.
"""

from dataclasses import asdict, dataclass, replace

from onrecord.workspace.texts import FieldTexts


@dataclass(frozen=True, slots=True)
class Kind:
    """How a class of entities is drawn; `key` is the ontology's `:drawnAs`, `shape` vis-network's name of it."""

    key: str
    label: str
    shape: str
    fill: str


@dataclass(frozen=True, slots=True)
class Stance:
    """How a stance is drawn: colour on light and dark ground, `dash` in pixels, `head` vis-network's arrow type."""

    key: str
    label: str
    light: str
    dark: str
    dash: tuple[int, ...]
    head: str
    mark: str


KINDS = (
    Kind("person", "People", "dot", "#88CCEE"),
    Kind("company", "Companies, agencies, media", "square", "#DDCC77"),
    Kind("ai", "AI systems", "diamond", "#117733"),
    Kind("guild", "Guilds, groups, organizations", "hexagon", "#CC6677"),
    Kind("law", "Laws, courts, agreements", "triangle", "#332288"),
    Kind("work", "Works", "star", "#AA4499"),
    Kind("other", "Topics, events", "triangleDown", "#BBBBBB"),
)
STANCES = (
    Stance(
        "supportive", "supportive of AI", "#0072B2", "#56B4E9", (), "arrow", "▲"
    ),
    Stance("critical", "critical of AI", "#C24E00", "#FF9A5C", (), "bar", "▼"),
    Stance(
        "conditional",
        "conditional",
        "#7818D8",
        "#A848F0",
        (6, 4),
        "circle",
        "◆",
    ),
    Stance("neutral", "neutral", "#8C8C8C", "#A8A8A8", (), "vee", "●"),
    Stance(
        "", "no stance: who belongs where", "#8C8C8C", "#A8A8A8", (), "", "–"
    ),
)
GROUND = {"light": "#FFFFFF", "dark": "#14171A"}


def look(texts: FieldTexts) -> dict[str, object]:
    """The encoding as the page's script reads it, in the words of the field."""
    kinds = [replace(kind, label=kind_label(kind, texts)) for kind in KINDS]
    stances = [
        replace(stance, label=stance_label(stance, texts)) for stance in STANCES
    ]
    return {
        "kinds": list(map(asdict, kinds)),
        "stances": list(map(asdict, stances)),
        "ground": GROUND,
    }


def kind_label(kind: Kind, texts: FieldTexts) -> str:
    """How the field calls a kind of entities."""
    return texts.kinds.get(kind.key, kind.key)


def stance_label(stance: Stance, texts: FieldTexts) -> str:
    """How the field calls a stance."""
    key = stance.key or "none"
    return texts.stances.get(key, key)
