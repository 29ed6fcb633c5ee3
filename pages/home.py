"""Placeholder."""
from ui.page import page

with page("home"):
    pass
