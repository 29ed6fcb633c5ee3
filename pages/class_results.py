"""For a lecturer: all questions of a class, with the votes on them."""

from ui.classroom import results_view
from ui.shell.page import page

with page("class_results"):
    results_view.show()
