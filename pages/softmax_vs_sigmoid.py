"""Sections 1.2 and 6: when softmax is the right tool, and when sigmoids are."""

from collections.abc import Callable

from ui import controls, versus_belief, versus_exclusive, versus_guide, versus_labels, versus_whole
from ui.i18n import t
from ui.page import page

PARTS: dict[str, Callable[[], None]] = {
    "exclusive": versus_exclusive.part,
    "labels": versus_labels.part,
    "belief": versus_belief.part,
    "whole": versus_whole.part,
    "guide": versus_guide.part,
}

with page("softmax_vs_sigmoid"):
    PARTS[controls.segments("part", list(PARTS), lambda name: t(f"versus.part_{name}"), bare=True)]()
