"""The answer to a question: a list of dicts that knows its columns."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.model.errors import MissingExtra

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | bool | None


class Iri(str):
    """A cell that holds an IRI and not a text."""

    __slots__ = ()


class Table(list[dict[str, Value]]):
    """Rows as dicts from column to value; None where a row has nothing there.

    `columns` keeps the order of the question; `more` says that rows were left out at the limit. IRIs are `Iri`, numbers
    and booleans Python's own, every other literal is its text.
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: Iterable[dict[str, Value]],
        *,
        more: bool = False,
    ) -> None:
        super().__init__(rows)
        self.columns = tuple(columns)
        self.more = more

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled whole, since a list's own way would lose the columns."""
        return _restore, (self.columns, [*self], self.more)

    def column(self, name: str) -> list[Value]:
        """The values of one column, row by row."""
        return [row[name] for row in self]

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a data frame, columns in the order of the question; needs the extra `notebook`."""
        try:
            import pandas as pd  # noqa: PLC0415  half a second, for this method alone
        except ImportError as error:
            missing = "pandas"
            raise MissingExtra(missing, "notebook") from error
        return pd.DataFrame.from_records(list(self), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """A plain HTML table for notebooks; every value is escaped, addresses of the web lead there."""
        import html  # noqa: PLC0415  for notebooks alone

        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        lines = []
        for row in self:
            cells = "".join(
                f"<td>{_cell(row[name])}</td>" for name in self.columns
            )
            lines.append(f"<tr>{cells}</tr>")
        body = "".join(lines)
        note = (
            "<p>More rows were left out at the limit.</p>" if self.more else ""
        )
        table = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        return f"<table>{table}</table>{note}"


def _restore(
    columns: tuple[str, ...],
    rows: list[dict[str, Value]],
    more: bool,  # noqa: FBT001
) -> Table:
    return Table(columns, rows, more=more)


def _cell(value: Value) -> str:
    """A value as HTML; an address of the web as a link."""
    import html  # noqa: PLC0415  for notebooks alone

    text = html.escape(show(value))
    if not show(value).startswith(("http://", "https://")):
        return text
    return f'<a href="{text}" rel="noopener noreferrer">{text}</a>'


def show(value: Value) -> str:
    """A value as text: nothing for None, SPARQL's words for truth."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
