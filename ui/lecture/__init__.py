"""The guided lecture: its steps, the panel that shows the open step, and the quiz of a page.

The page frame draws the panel; the home page draws the buttons that start the lecture.
"""
