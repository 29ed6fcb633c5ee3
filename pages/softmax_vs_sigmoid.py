"""When to use softmax and when to use sigmoids (sections 1.2 and 6)."""

from collections.abc import Callable

from ui.comparison import decision_guide, exclusive_classes, multi_label, reliability, summary_table
from ui.i18n import t
from ui.shell.page import page
from ui.state import widgets

PARTS: dict[str, Callable[[], None]] = {
    "exclusive": exclusive_classes.render,
    "labels": multi_label.render,
    "belief": reliability.render,
    "whole": summary_table.render,
    "guide": decision_guide.render,
}

with page("softmax_vs_sigmoid"):
    PARTS[widgets.segmented_control("part", list(PARTS), lambda name: t(f"versus.part_{name}"), hide_label=True)]()
