"""One message of JSON and numeric arrays as bytes, for components to read without parsing numbers from text.

Layout: length of the header (uint32, little-endian), the header as JSON in UTF-8, padding to a multiple of 8, then the
arrays one after another, each padded likewise. The header's `arrays` says for each its type, offset and length.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

JAVASCRIPT = (Path(__file__).parent / "packing.js").read_text("utf-8")

_TYPES = {"float64": "<f8", "float32": "<f4", "int32": "<i4"}


def pack(header: Mapping[str, object], arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Bytes that `unpack` in packing.js reads. Arrays are float64, float32 or int32; they travel flat."""
    specification: dict[str, tuple[str, int, int]] = {}
    body = b""
    for name, array in arrays.items():
        kind = array.dtype.name
        specification[name] = (kind, len(body), array.size)
        body += _padded(np.ascontiguousarray(array, dtype=_TYPES[kind]).tobytes())
    text = json.dumps({**header, "arrays": specification}, ensure_ascii=False, allow_nan=False).encode("utf-8")
    head = len(text).to_bytes(4, "little") + text
    return _padded(head) + body


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)
