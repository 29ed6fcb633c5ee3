"""The training stage in Python: models, their runs on a common timeline, and the messages to and from the browser.

Used by the training page and by two parts of the comparison page.
"""
