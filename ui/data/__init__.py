"""Data sets: selecting one, uploading a file, drawing points.

Used by the training page and the comparison.
"""
