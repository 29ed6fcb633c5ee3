"""Streamlit components, which run in the browser so that they follow the pointer.

Each package has the Python side, the JavaScript and the CSS of one component. Components take numbers and texts and do
not depend on the pages. After a drag, Python gets the new values.
"""
