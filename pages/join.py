"""A student's page in a class session: the lecturer's question, large options, and the answer after the reveal."""

from ui.classroom import student
from ui.shell.page import page

with page("join"):
    student.show()
