"""Extracts nothing: the article is kept, for a person to code by hand."""

from onrecord.extract.extractor import ExtractionContext, ExtractionResult
from onrecord.model import Document


class NoExtractor:
    """Makes no statement of any document."""

    settings = "none"

    def __call__(self, document: Document) -> ExtractionResult:
        """No statements."""
        del document
        return ExtractionResult(())


def create(context: ExtractionContext) -> NoExtractor:
    """The extractor by the name "none"."""
    del context
    return NoExtractor()
