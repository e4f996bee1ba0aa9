"""The layers of BERT (Devlin et al. 2019), over numpy or what has its functions, as jax has."""

from collections.abc import Mapping
from typing import Any, Protocol

Array = Any
"""An array of whichever library works on it."""
Layer = Mapping[str, Any]
"""The matrices of a layer by short names: q, k, v, o, i, d, norm1, norm2; and what is added behind each, with _b."""
HEADS = 12
TINY = 1e-12
ROOT, CUBED = 0.7978845608, 0.044715
"""The square root of 2/π, and how much the cube counts in GELU."""


class Functions(Protocol):
    """What is asked of numpy, or of what stands in its place."""

    def exp(self, values: Array, /) -> Array: ...  # noqa: D102  as numpy's
    def sqrt(self, values: Array, /) -> Array: ...  # noqa: D102
    def tanh(self, values: Array, /) -> Array: ...  # noqa: D102


def embedded(parts: Layer, pieces: Array, by: Functions) -> Array:
    """The vectors of pieces before the first layer; windows by pieces by units."""
    words = parts["words"][pieces] * parts["words_scale"][pieces]
    made = words + parts["positions"][: pieces.shape[1]] + parts["type"]
    return _normal(made, parts["norm"], parts["norm_b"], by)


def through(layer: Layer, states: Array, away: Array, by: Functions) -> Array:
    """States behind a layer: each piece looks at all others, then is worked over by itself."""
    seen = _attention(layer, states, away, by) @ layer["o"] + layer["o_b"]
    made = _normal(states + seen, layer["norm1"], layer["norm1_b"], by)
    inner = _gelu(made @ layer["i"] + layer["i_b"], by)
    outer = inner @ layer["d"] + layer["d_b"]
    return _normal(made + outer, layer["norm2"], layer["norm2_b"], by)


def _attention(
    layer: Layer, states: Array, away: Array, by: Functions
) -> Array:
    """What each piece sees of the others, by twelve heads."""
    count, pieces, units = states.shape
    shape = count, pieces, HEADS, units // HEADS
    query, key, value = (
        (states @ layer[name] + layer[f"{name}_b"])
        .reshape(shape)
        .transpose(0, 2, 1, 3)
        for name in "qkv"
    )
    scores = query @ key.transpose(0, 1, 3, 2) / (units // HEADS) ** 0.5 + away
    looked = softmax(scores, by) @ value
    return looked.transpose(0, 2, 1, 3).reshape(states.shape)


def _normal(states: Array, scale: Array, shift: Array, by: Functions) -> Array:
    """States with mean 0 and variance 1 a piece, scaled and shifted (Ba et al. 2016)."""
    states = states - states.mean(axis=-1, keepdims=True)
    spread = by.sqrt((states * states).mean(axis=-1, keepdims=True) + TINY)
    return states / spread * scale + shift


def _gelu(values: Array, by: Functions) -> Array:
    """The GELU (Hendrycks and Gimpel 2016), by its approximation with tanh."""
    cubes = values * values * values
    return 0.5 * values * (1 + by.tanh(ROOT * (values + CUBED * cubes)))


def softmax(scores: Array, by: Functions) -> Array:
    """Shares that add up to one along the last axis."""
    parts = by.exp(scores - scores.max(axis=-1, keepdims=True))
    return parts / parts.sum(axis=-1, keepdims=True)
