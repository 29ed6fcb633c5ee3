"""Placeholder."""
from ui.page import page

with page("softmax_vs_sigmoid"):
    pass
