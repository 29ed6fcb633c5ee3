"""Placeholder."""
from ui.page import page

with page("softmax_playground"):
    pass
