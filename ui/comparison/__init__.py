"""The page that compares softmax and sigmoids: one module per part, each with a function `render` that draws it."""

THIS_PAGE = "softmax_vs_sigmoid"
"""The page that shows the modules of this package."""
