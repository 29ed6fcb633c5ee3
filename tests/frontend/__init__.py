"""Samples that Python and the browser's code agree on: each is read by a test on both sides.

Each module SAMPLES names has a function `samples`, whose result is ui/frontend/tests/samples/<module>.json.
`python -m tests.frontend` writes these files; `npm test` in ui/frontend runs the browser's code on them.
"""
