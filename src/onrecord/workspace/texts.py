"""What pages say of the field: titles, and the words for stances and kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.workspace.settings import texts

FILE = "texts.toml"


@dataclass(frozen=True, slots=True)
class FieldTexts:
    """Texts of pages by key; `stances` and `kinds` by the codes that the ontology has."""

    page: Mapping[str, str]
    stances: Mapping[str, str]
    kinds: Mapping[str, str]

    @property
    def title(self) -> str:
        """The title of the whole."""
        return self.page["title"]

    def around(self, name: str) -> str:
        """The title of a network around somebody."""
        return self.page["around"].replace("{name}", name)


def read_texts(folders: tuple[Path, ...], settings: Path | None) -> FieldTexts:
    """The texts of ontology folders, the first one's before the others', then those of the settings.

    Raises BadInput for a file that is no TOML, or a value that is no text.
    """
    files = [folder / FILE for folder in reversed(folders)]
    page = _merged(files, "page")
    if settings is not None:
        page |= texts(settings, "page")
    return FieldTexts(page, _merged(files, "stances"), _merged(files, "kinds"))


def _merged(files: list[Path], name: str) -> dict[str, str]:
    merged: dict[str, str] = {}
    for file in files:
        merged |= texts(file, name)
    return merged
