"""Code that the pages share, in packages by topic. It imports `core`, but no page.

Imports run one way: i18n → look → state → components → data → calibration → lecture → classroom → softmax → loss →
training → digits → comparison → shell, each package importing only from those before it.
"""

import os

# NumPy reads this number of threads when it is first imported. One script computes at a time (see script_queue.py),
# and a second thread for its large products of matrices mostly waits: on a busy computer with two cores, training on
# with 200 own digits took 3.5 s with it, and 0.25 s without.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
