"""Binary messages to components: JSON and numeric arrays, which JavaScript reads without parsing numbers.

Layout: length of the header (uint32, little-endian), header (JSON, UTF-8), arrays. Header and arrays are each padded to
a multiple of 8 bytes. The header's entry `arrays` has the type, offset and length of each array.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.generic]]

_TYPES = {"float64": "<f8", "float32": "<f4", "int32": "<i4"}


def pack(header: Mapping[str, object], arrays: Arrays) -> bytes:
    """Return a message for `unpack` in ui/frontend/src/shared/binary_message.js.

    Arrays are float64, float32 or int32 and are flattened.
    """
    specification: dict[str, tuple[str, int, int]] = {}
    body = b""
    for name, array in arrays.items():
        dtype = array.dtype.name
        specification[name] = (dtype, len(body), array.size)
        body += _padded(np.ascontiguousarray(array, dtype=_TYPES[dtype]).tobytes())
    text = json.dumps({**header, "arrays": specification}, ensure_ascii=False, allow_nan=False).encode("utf-8")
    head = len(text).to_bytes(4, "little") + text
    return _padded(head) + body


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)
