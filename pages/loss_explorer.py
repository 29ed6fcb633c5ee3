"""Placeholder."""
from ui.page import page

with page("loss_explorer"):
    pass
