"""Persons folded into the organization that they spoke for at that date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.model.dates import is_within
from onrecord.model.iris import local
from onrecord.model.standing import STANDING
from onrecord.querying.ask import Graph
from onrecord.querying.table import Value

TIES = ("leads", "worksFor", "memberOf")
"""In the order in which they are preferred; the registry's affiliation comes after them."""
POSTS = """
SELECT ?person ?relation ?organization ?from ?until ?ended WHERE {
  ?statement :actor ?person ; :relation ?relation ; :object ?organization ; :negated false ; :modality code:actual ;
    :reviewStatus ?status .
  VALUES ?relation { :leads :worksFor :memberOf }
  STANDING
  ?person a :Person .
  ?organization a/rdfs:subClassOf* :Organization .
  OPTIONAL { ?statement :validFrom ?from }
  OPTIONAL { ?statement :validUntil ?until }
  OPTIONAL { ?statement :ended ?ended }
} ORDER BY ?person ?relation ?from ?organization
""".replace("STANDING", STANDING)
LISTED = """
SELECT ?person ?organization WHERE {
  ?person a :Person ; :affiliation ?organization . ?organization a/rdfs:subClassOf* :Organization
} ORDER BY ?person ?organization
"""
PERSONS = "SELECT ?person WHERE { ?person a :Person } ORDER BY ?person"


@dataclass(frozen=True, slots=True)
class Folding:
    """Who speaks for whom, and why: `leads`, `worksFor`, `memberOf`, `affiliation`, or `kept` as a person (no home)."""

    person: str
    organization: str | None
    by: str


@dataclass(frozen=True, slots=True)
class _Post:
    organization: str
    start: str | None
    end: str | None
    ended: bool

    def holds(self, day: str | None) -> bool:
        """Whether it is held at a date, compared as far as both are known; without a date, whether it never ended."""
        if day is None or (self.ended and self.end is None):
            return not self.ended and self.end is None
        return is_within(day, self.start, self.end)


def fold(
    graph: Graph, spoken: Iterable[tuple[str, str | None]]
) -> tuple[tuple[Folding, ...], Mapping[tuple[str, str | None], str]]:
    """For each (actor, date) that is a person's, the IRI of the organization, and the foldings that follow.

    First the post that the person held at that date, `leads` before `worksFor` before `memberOf`, of several the one
    that began last; else the registry's `:affiliation`, which has no date. A person without either stays a person.
    """
    posts = _posts(graph)
    listed = {
        str(row["person"]): str(row["organization"])
        for row in graph.ask(LISTED)
    }
    persons = set(map(str, graph.ask(PERSONS).column("person")))
    moved: dict[tuple[str, str | None], str] = {}
    foldings: set[tuple[str, str, str]] = set()
    for person, day in spoken:
        if person not in persons:
            continue
        home, by = _home(posts[person], listed.get(person), day)
        foldings.add((local(person), local(home) if home else "", by))
        if home:
            moved[person, day] = home
    ordered = [
        Folding(one, two or None, by) for one, two, by in sorted(foldings)
    ]
    return tuple(ordered), moved


def _home(
    posts: Mapping[str, list[_Post]], listed: str | None, day: str | None
) -> tuple[str | None, str]:
    for relation in TIES:
        held = [post for post in posts.get(relation, ()) if post.holds(day)]
        if held:
            return max(
                held, key=lambda post: post.start or ""
            ).organization, relation
    return listed, "affiliation" if listed else "kept"


def _posts(graph: Graph) -> Mapping[str, Mapping[str, list[_Post]]]:
    posts: defaultdict[str, defaultdict[str, list[_Post]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in graph.ask(POSTS):
        post = _Post(
            str(row["organization"]),
            _date(row["from"]),
            _date(row["until"]),
            row["ended"] is not None,
        )
        posts[str(row["person"])][local(str(row["relation"]))].append(post)
    return posts


def _date(value: Value) -> str | None:
    return str(value) if value is not None else None
