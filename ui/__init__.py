"""What pages share, in packages by topic. Knows `core`, and no page.

Imports run one way: i18n → look → state → components → data → lecture → softmax → loss → training → comparison → shell,
each package importing only from those before it.
"""
