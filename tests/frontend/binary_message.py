"""A message to a component, packed by ui.components.packing."""

from __future__ import annotations

import numpy as np

from ui.components.packing import pack

HEADER = {"name": "確率 ŷ", "step": 3, "ends": [None, [5, "converged", None]]}
ARRAYS = {
    "steps": np.array([0, 1, 2**31 - 1], dtype=np.int32),
    "parameters": np.array([[0.1, -2.0], [1e-30, 3.0]], dtype=np.float32),
    "losses": np.array([np.log(3), 1e-300]),
    "empty": np.zeros(0),
}
TYPES = {"int32": "Int32Array", "float32": "Float32Array", "float64": "Float64Array"}


def samples() -> dict[str, object]:
    """Return the bytes of the message, and what they contain."""
    arrays = {name: {"type": TYPES[a.dtype.name], "values": a.ravel().tolist()} for name, a in ARRAYS.items()}
    return {"bytes": list(pack(HEADER, ARRAYS)), "header": HEADER, "arrays": arrays}
