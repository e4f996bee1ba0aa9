"""pyvis's network in our shell; pyvis, which takes a third of a second to import, is imported here alone."""

from pyvis.network import Network as VisNetwork

from onrecord.page.shell import bundle, environment, policy, script, style


class Shell(VisNetwork):  # type: ignore[misc]  # pyvis comes without types
    """pyvis's Network with our template in the place of its own: no data in scripts, no script in data.

    Directed, since an undirected one drops parallel links. `nodes` and `edges` are filled directly: `add_edge` looks
    through all edges each time.
    """

    def __init__(
        self, template: str, options: dict[str, object], **given: object
    ) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.path = template
        self.options = options
        self.templateEnv = environment()
        self.templateEnv.globals |= {
            "bundle": bundle(),
            "script": script(),
            "style": style(),
            "policy": policy([bundle(), script()]),
            **given,
        }
