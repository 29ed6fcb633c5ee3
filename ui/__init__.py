"""Code that the pages share, in packages by topic. It imports `core`, but no page.

Imports run one way: i18n → look → state → components → data → lecture → softmax → loss → training → comparison → shell,
each package importing only from those before it.
"""
