"""How the commands are told of: in groups, and each with an example that runs."""

from collections.abc import Iterable, Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Ask": (
        "query",
        "questions",
        "list",
        "search",
        "show",
        "path",
        "compare",
        "stats",
    ),
    "See and take away": ("view", "export", "site"),
    "Add and review": (
        "init",
        "add",
        "follow",
        "fetch",
        "review",
        "edit",
        "entities",
        "merge",
        "rename",
        "remove",
        "undo",
        "check",
        "evaluate",
    ),
    "Discourse networks": (
        "network",
        "positions",
        "contradictions",
        "utterances",
        "agreement",
    ),
    "Share": ("serve", "mcp", "push", "pull", "diff"),
}
"""The groups of the help, each with its commands in their order."""

EXAMPLES: Mapping[str, str] = {
    "add": "onrecord add article.txt --publisher 'Example Herald'",
    "agreement": "onrecord agreement coder1.jsonl coder2.jsonl",
    "check": "onrecord check",
    "compare": "onrecord compare 'James Cameron' 'Ben Affleck'",
    "contradictions": "onrecord contradictions",
    "diff": "onrecord diff copy/ https://host/sparql",
    "edit": "onrecord edit st:0afab6f24db7 --stance critical",
    "entities": "onrecord entities --new",
    "evaluate": "onrecord evaluate gold.jsonl",
    "export": "onrecord export turtle -o graph.ttl",
    "fetch": "onrecord fetch --dry-run",
    "follow": "onrecord follow https://example.org/feed.xml",
    "init": "onrecord init my-topic",
    "list": "onrecord list actors",
    "mcp": "onrecord mcp",
    "merge": "onrecord merge 'Sora 2' 'Sora2'",
    "network": "onrecord network congruence --actors organization",
    "path": "onrecord path 'Bryan Cranston' Netflix",
    "positions": "onrecord positions 'James Cameron'",
    "pull": "onrecord pull https://host/sparql copy",
    "push": "onrecord push https://host/ --profile virtuoso",
    "query": "onrecord query who-urges-whom --param whom=OpenAI",
    "questions": "onrecord questions",
    "remove": "onrecord remove https://example.org/a --reason 'asked for'",
    "rename": "onrecord rename 'Studio Nine Inc' 'Studio Nine'",
    "review": "onrecord review",
    "search": "onrecord search 'digital replica'",
    "serve": "onrecord serve --port 8000",
    "show": "onrecord show 'Bryan Cranston'",
    "site": "onrecord site public/",
    "stats": "onrecord stats",
    "undo": "onrecord undo",
    "utterances": "onrecord utterances",
    "view": "onrecord view --about SAG-AFTRA -o guild.html",
}
"""A line to try, for each command."""


def grouped(names: Iterable[str]) -> dict[str, list[str]]:
    """The commands that there are, by group; what stands in none is told last, as More."""
    there = list(names)
    groups = {
        title: [name for name in members if name in there]
        for title, members in GROUPS.items()
    }
    named = {name for members in GROUPS.values() for name in members}
    groups["More"] = [name for name in there if name not in named]
    return {title: members for title, members in groups.items() if members}
