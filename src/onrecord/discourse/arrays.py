"""numpy and scipy, which the extra `discourse` installs; the one place where the room imports them."""

from typing import Any, TypeAlias

from onrecord.model.errors import MissingExtra

try:
    import numpy as np
    from numpy.typing import NDArray
    from scipy import sparse
except ModuleNotFoundError as error:
    what = "what computes discourse networks (numpy and scipy)"
    raise MissingExtra(what, "discourse") from error

Array: TypeAlias = NDArray[Any]
Sparse: TypeAlias = sparse.csr_array[Any]

__all__ = ["Array", "Sparse", "np", "sparse"]
