"""The digits page: softmax regression reads a digit that the user draws.

`model` trains the model, `drawing` keeps the drawing in the session and in the address.
"""
