"""Calibration of a model's confidence, for the comparison page and the digits page."""
