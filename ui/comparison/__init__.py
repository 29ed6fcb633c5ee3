"""The page that compares softmax and sigmoids: one module per part, each with a function `render` that draws it."""
