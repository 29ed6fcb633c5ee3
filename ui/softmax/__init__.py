"""The softmax page: its scenarios, its state, the views beside the bars, and its questions.

The home page, the loss page and the comparison use the scenarios, too.
"""
