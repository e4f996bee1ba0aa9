"""Queries and updates that call SERVICE or LOAD, in every place and disguise: seeded, so that each is made again."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

BAITS = (
    "",
    "?a ?b ?c . ",
    "FILTER(1<2)",
    "FILTER(?a<?b&&?b>?c)",
    "FILTER(1<2)#>'''\n",
    "?a ?b true",
    "?a ?b 1.",
    "?a ?b 'x'@en.",
    "?a ?b 'it\\'s' . ",
    '?a ?b """a"b""" . ',
    "?a ?b e:it\\'s . ",
    "?a ?b e:a\\#b . ",
    "?a ?b <http://example.org/#'> . ",
    "?a ?b <http://example.org/?x='> . ",
    "?a ?b p:",
    "?a e:b?/e:c* ?c . ",
    "BIND(<http://example.org/'>AS ?k)",
    "VALUES ?k { '''a'} ",
    'VALUES ?k {"""SERVICE"} ',
    "VALUES (?k) {(<http://example.org/a>)}",
    "{}",
    "# '''\n",
    '# """ <\n',
    "?service ?load ?silent . ",
    "<< ?a ?b ?c >> ?b ?c . ",
)
"""What stands before a call, and may hide it from one who reads the text otherwise than the engine."""
TAILS = (
    "",
    " .",
    "#'''",
    '#"""',
    "#>",
    "#\\uD800'''",
    "\n# \\uDFFF '''",
    "FILTER(?x>1)",
    "?a ?b 'x' .",
    "{}",
)
GAPS = (
    "",
    " ",
    "\n",
    "\t",
    "#\n",
    "#>\n",
    "#'''\n",
    '#"\r',
    " # SERVICE <http://example.org/> {\n",
    "\r\n",
)
PLACES = (
    "{}",
    "OPTIONAL {{ {} }}",
    "{{ {} }} UNION {{ ?a ?b ?c }}",
    "{{ ?a ?b ?c }} UNION{{{}}}",
    "GRAPH ?g {{ {} }}",
    "GRAPH <http://example.org/>{{{}}}",
    "FILTER EXISTS {{{}}} ?a ?b ?c",
    "FILTER NOT EXISTS {{{}}}",
    "{{ SELECT * {{ {} }} }}",
    "{{ SELECT ?x WHERE {{ {} }} LIMIT 1 }}",
    "?a ?b ?c MINUS {{ {} }}",
    "BIND(EXISTS {{ {} }} AS ?n)",
)
QUERIES = (
    "SELECT * {{ {} }}",
    "SELECT * WHERE{{{}}}",
    "ASK {{ {} }}",
    "CONSTRUCT {{ ?x ?y ?z }} WHERE {{ {} }}",
    "DESCRIBE ?x {{ {} }}",
    "SELECT (COUNT(*) AS ?n) {{ {} }} GROUP BY ?x",
    "SELECT(1<2 AS ?o){{ {} }}",
)
UPDATES = (
    "INSERT {{ ?x ?y ?z }} WHERE {{ {} }}",
    "DELETE {{ ?x ?y ?z }} WHERE {{ {} }}",
    "DELETE {{ ?x ?y ?z }} INSERT {{ ?z ?y ?x }} WHERE {{ {} }}",
    "WITH <http://example.org/g> DELETE {{ ?x ?y ?z }} USING <http://example.org/g> WHERE {{ {} }}",
)
BEFORE_LOAD = (
    "",
    "CLEAR DEFAULT;",
    "CREATE SILENT GRAPH <http://example.org/#'> ; ",
    "INSERT DATA { e:a\\#b e:it\\'s '''a'b''' } ;",
    "INSERT DATA { e:a e:b 'LOAD' } ; # '''\n",
    "DELETE WHERE { ?a ?b ?c } ;\n",
    "INSERT { ?a ?b ?c } WHERE { ?a ?b ?c FILTER(?a<?c) }; #>'''\n",
    "BASE <http://example.org/>",
    "PREFIX x: <http://example.org/#'>",
)
SHARE_OF_UPDATES, SHARE_OF_PATTERNS, SHARE_OF_BAITS, SHARE_OF_ESCAPES = (
    0.3,
    0.5,
    0.3,
    0.05,
)
NOISE = (
    "<",
    ">",
    "'",
    '"',
    "'''",
    '"""',
    "#",
    "\\",
    "\n",
    "?",
    ":",
    ".",
    "{",
    "}",
    "(",
    ")",
    "\\u0053",
    "\\'",
    "<2)",
)
PROLOGUES = (
    "",
    "# it's\n",
    "BASE <http://example.org/#>",
    "PREFIX service: <http://example.org/>\n",
)
PREFIXES = "PREFIX e: <http://example.org/> PREFIX p: <http://example.org:8> PREFIX at: <{address}>"


@dataclass(frozen=True, slots=True)
class Disguise:
    """A text that calls an address, if the engine takes it."""

    is_update: bool
    text: str


def disguises(number: int, address: str, seed: int = 0) -> Iterator[Disguise]:
    """So many queries and updates that call `address`, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  for variety alone
    for _ in range(number):
        is_update = chance.random() < SHARE_OF_UPDATES
        text = (
            _update(chance, address) if is_update else _query(chance, address)
        )
        yield Disguise(is_update, _spoilt(chance, text))


def _query(chance: random.Random, address: str) -> str:
    return _prologue(chance, address) + chance.choice(QUERIES).format(
        _pattern(chance, address)
    )


def _update(chance: random.Random, address: str) -> str:
    if chance.random() < SHARE_OF_PATTERNS:
        return _prologue(chance, address) + chance.choice(UPDATES).format(
            _pattern(chance, address)
        )
    into = chance.choice(
        (
            "",
            " INTO GRAPH <http://example.org/g>",
            "INTO GRAPH e:g",
            ";CLEAR DEFAULT",
            ";",
        )
    )
    load = _call(chance, "LOAD", address, ("<{}>", "at:"))
    return f"{_prologue(chance, address)}{chance.choice(BEFORE_LOAD)}{load}{into}{chance.choice(TAILS[:7])}"


def _prologue(chance: random.Random, address: str) -> str:
    return f"{PREFIXES.format(address=address)} {chance.choice(PROLOGUES)}"


def _pattern(chance: random.Random, address: str) -> str:
    """A group's inside with a call of SERVICE somewhere in it."""
    call = _call(chance, "SERVICE", address, ("<{}>", "at:", "?at"))
    bound = f"VALUES ?at {{ <{address}> }} " if "?at" in call else ""
    body = chance.choice(("{?x ?y ?z}", "{ ?x ?y ?z }", "{}"))
    inside = (
        f"{bound}{chance.choice(BAITS)}{call}{body}{chance.choice(TAILS)}\n"
    )
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        inside = chance.choice(PLACES).format(inside)
    return (
        chance.choice(BAITS) + inside
        if chance.random() < SHARE_OF_BAITS
        else inside
    )


def _call(
    chance: random.Random, word: str, address: str, places: tuple[str, ...]
) -> str:
    silent = chance.choice(("", "", _spelt(chance, "SILENT")))
    gaps = (
        chance.choice(GAPS),
        chance.choice(GAPS) if silent else "",
        chance.choice(GAPS),
    )
    place = chance.choice(places).format(address)
    return f"{_spelt(chance, word)}{gaps[0]}{silent}{gaps[1]}{place}{gaps[2]}"


def _spelt(chance: random.Random, word: str) -> str:
    """A keyword in capitals, small letters or both; now and then with a letter escaped."""
    letters = [chance.choice((letter, letter.lower())) for letter in word]
    if chance.random() < SHARE_OF_ESCAPES:
        place = chance.randrange(len(letters))
        letters[place] = f"\\u{ord(letters[place]):04X}"
    return "".join(letters)


def _spoilt(chance: random.Random, text: str) -> str:
    """Three texts of ten get noise put in, at one to three places."""
    for _ in range(chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 2, 3))):
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice(NOISE) + text[place:]
    return text
