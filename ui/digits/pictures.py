"""Digits as small pictures (PNG) in HTML."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence

import numpy as np

from core.activations import Floats
from ui.digits.model import MAX_COUNT
from ui.i18n import t
from ui.look import html
from ui.look.theme import palette

SIDE = 8
"""Pixels per row and column."""


def draw_pictures(images: Sequence[Floats], captions: Sequence[str]) -> None:
    """Draw one picture per image (64,) of counts, with its caption, also as its text for screen readers."""
    html.pictures(t("digits.pictures"), [_png(image) for image in images], captions)


def _png(image: Floats) -> str:
    """Return the address of a PNG: the text colour of the theme, the more opaque the more black points."""
    pixels = np.empty((SIDE, SIDE, 4), dtype=np.uint8)
    pixels[..., :3] = list(bytes.fromhex(palette().text[1:]))
    pixels[..., 3] = np.rint(image.reshape(SIDE, SIDE) * 255 / MAX_COUNT)
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)  # 0: the row is not filtered
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)  # 8 bits per channel, RGBA
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    file = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)
    return f"data:image/png;base64,{base64.b64encode(file).decode('ascii')}"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
