"""Parts that follow the hand and so live in the browser: each a Python face with its JavaScript and CSS beside it."""
