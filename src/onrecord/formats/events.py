"""Coded statements → a list of events, for relational event models (such as R's goldfish, relevent or rem)."""

import csv
import io

from onrecord.discourse.choice import DiscourseNetwork
from onrecord.model.spreadsheets import defused

COLUMNS = (
    "time",
    "sender",
    "receiver",
    "qualifier",
    "weight",
    "statement",
    "source",
)


def events(network: DiscourseNetwork) -> bytes:
    """A row a dated statement, in the order of time: who (sender) uses which concept (receiver), how, where.

    Statements without a date cannot be ordered and are left out. Source: Butts 2008, "A relational event framework".
    """
    statements = network.index.statements
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for at in range(len(statements)):
        if statements.day[at]:
            date = network.discourse.dates.get(str(statements.id[at]), "")
            qualifier = statements.qualifier[at]
            row = (
                date,
                statements.actor[at],
                statements.concept[at],
                "" if qualifier is None else qualifier,
                1,
                statements.id[at],
                statements.source[at],
            )
            writer.writerow(map(defused, map(str, row)))
    return text.getvalue().encode()
