"""The text in a file whose encoding is not known."""

from __future__ import annotations

from charset_normalizer import from_bytes

from core.errors import InvalidDataError

ENCODINGS = ("utf-8", "utf-16", "cp932", "cp1252")
"""Encodings that are recognised. cp932 is Shift-JIS, and cp1252 contains Latin-1, as Windows writes them."""

_SAMPLE_BYTES = 50_000
"""Bytes from which the encoding is found."""


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text in a file, without byte order mark, and its encoding, one of ENCODINGS.

    Without `encoding`, find it. Raises InvalidDataError("encoding") if the file has another encoding.
    """
    encoding = encoding or _find_encoding(content)
    codec = {"utf-8": "utf-8-sig", "utf-16": _utf_16_codec(content)}.get(encoding, encoding)
    try:
        return content.decode(codec).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError as error:
        raise InvalidDataError("encoding") from error


def _find_encoding(content: bytes) -> str:
    """Return one of ENCODINGS, with which the file can perhaps be decoded.

    A text in UTF-16 contains line ends or separators, each of which has a byte 0; no other encoding has this byte.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        lines = [line for line in content.splitlines() if not line.isascii()]
        found = from_bytes(b"\n".join(lines)[:_SAMPLE_BYTES], cp_isolation=["cp932", "cp1252"]).best()
        return found.encoding if found else "cp932"
    return "utf-8"


def _utf_16_codec(content: bytes) -> str:
    """Return the codec for the byte order mark. Without one, the byte 0 of ASCII characters shows the order."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
