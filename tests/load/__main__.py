"""How the app holds with many learners at once, who speak Streamlit's protocol.

    python -m tests.load [--learners 10 30 60] [--minutes 10] [--pace 1] [--processes 1] [--seed 0]

For each number of learners there is a new server of one process, or of several behind nginx. Quick learners, of pace 1,
do something every two or three seconds; those of pace 3 think three times as long. Printed are: errors a learner would
have seen, and sessions the server dropped; seconds from a link to the page that stands, and from a control to the page
that has followed (median, 95 %, 99 %); seconds from pressing play or turning a dial in mid-run to the first rows; how
many chunks of a run were asked for ahead, and the share that came before the play head had to wait; runs of the script
a second; what share of a processor the servers took, and the learners themselves; the servers' memory at the end, by
how much it grew in the second half of the time, and what of it each learner takes.
"""

from __future__ import annotations

import argparse
from collections import Counter

from tests.load.crowd import Outcome, attended
from tests.load.record import percentile

TITLES = (
    "learners", "errors", "dropped", "open 50", "95", "answer 50", "95", "99", "first rows 50", "95", "chunks",
    "in time %", "runs/s", "server %", "client %", "memory MB", "growth %", "MB each",
)  # fmt: skip


def row(outcome: Outcome) -> list[str]:
    """An outcome's line of the table."""
    record = outcome.record
    return [
        str(outcome.learners),
        str(len(record.errors)),
        str(record.dropped),
        *(f"{percentile(record.opened, share):.2f}" for share in (0.5, 0.95)),
        *(f"{percentile(record.answered, share):.3f}" for share in (0.5, 0.95, 0.99)),
        *(f"{percentile(record.begun, share):.3f}" for share in (0.5, 0.95)),
        str(record.chunks),
        f"{100 * (1 - record.late / max(record.chunks, 1)):.2f}",
        f"{record.runs / outcome.seconds:.1f}",
        f"{100 * outcome.server:.0f}",
        f"{100 * outcome.client:.0f}",
        f"{outcome.final:.0f}",
        f"{100 * outcome.growth:.1f}",
        f"{outcome.each:.2f}",
    ]


def main() -> None:
    """Print the table, line by line, and below it what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, nargs="+", default=[100])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    errors: Counter[str] = Counter()
    print("  ".join(TITLES))
    for learners in arguments.learners:
        outcome = attended(learners, arguments.minutes * 60, arguments.seed, arguments.pace, arguments.processes)
        cells = zip(row(outcome), TITLES, strict=True)
        print("  ".join(cell.rjust(len(title)) for cell, title in cells), flush=True)
        errors.update(outcome.record.errors)
    for error, count in errors.most_common():
        print(f"{count} × {error}")


if __name__ == "__main__":
    main()
