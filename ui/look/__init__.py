"""Appearance: colours and shapes of the classes, HTML elements, layout, Plotly figures and the CSS of all pages.

Used by all packages that draw.
"""
