"""How the process takes memory from the system."""

from __future__ import annotations

import ctypes
from functools import cache

_M_ARENA_MAX = -8
"""As in glibc's malloc.h."""


@cache
def pool() -> None:
    """Let all threads take memory from one pool, where the C library is one that has several.

    Each script runs in a thread of its own. glibc gives threads pools of their own, up to eight a processor, and each
    pool keeps what was once taken from it: tens of MB, with a hundred learners. One thread runs at a time in any case,
    so that none waits for another here.
    """
    mallopt = getattr(ctypes.pythonapi, "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)
