"""Training that the reader watches: models, their runs on a common timeline, and what the stage is sent.

Used by the training page and by the parts of the comparison that train.
"""
