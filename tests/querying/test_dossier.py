"""A dossier counts the statements, and the acts that they report."""

from onrecord.querying.dossier import show

ACTS = """
SELECT ?statement ?act {
  ?statement :actor :SAG-AFTRA .
  OPTIONAL { ?statement :utterance ?shared }
  BIND (IF(BOUND(?shared), ?shared, ?statement) AS ?act)
}
"""


def test_several_reports_of_one_act_are_counted_once(graph):
    dossier = show("SAG-AFTRA", workspace=graph.workspace)
    known = {str(row["statement"]): str(row["act"]) for row in graph.ask(ACTS)}
    acts = {known[str(row["statement"])] for row in dossier.by}
    assert dossier.acts_by == len(acts) < len(dossier.by)
