"""Load test: measure the app while many simulated learners use it.

    python -m tests.load [--learners 10 30 60] [--minutes 10] [--pace 1] [--processes 1] [--seed 0] [--digits]
    python -m tests.load --phones 200 [--processes 1] [--seed 0]

The learners use Streamlit's protocol, without a browser. For each number of learners, a new server is started: one
process, or several behind nginx. With pace 1 a learner does something every two or three seconds; with pace 3 the
pauses are three times as long. With --digits, all learners use the digits page. Columns:

- errors, dropped: errors that a learner would see, and sessions that the server closed
- open: seconds to load a page (percentiles)
- answer: seconds from a change of a control to the end of the script run
- first rows: seconds from pressing play, or changing a setting during a run, to the first rows
- chunks, in time: later answers with rows, and the share that arrived before the play head ran out of rows
- runs/s: script runs per second
- server, client: CPU time of the servers and of the learners, per second
- memory, growth, MB each: the servers' memory at the end, its growth in the second half, and memory per learner

With --phones, a class: a lecturer and phones that join within 30 s, wait for 30 s, and answer four votes, one of them a
second vote; during one vote a server is killed and started again. 20 % of the phones change their answer. Columns:

- errors: errors on a phone or on the lecturer's page
- lost, extra: answers that are missing in the results, or too many
- question: seconds from the lecturer's press until the question is on a phone (percentiles)
- question CPU: CPU time of the servers from that press until the last phone has the question, the longest one
- answer: seconds from pressing an option until the phone shows it as the stored answer
- counted: longest time from the last phone's answer until the lecturer's page shows that all have answered
- back: seconds from the kill until a phone shows the class again; the server is down for 3 s and the time of its start
- waiting, asking, client: CPU time of the servers, per second, while phones wait and during a question; of the devices
- memory: of the servers at the end
"""

from __future__ import annotations

import argparse
from collections import Counter

from tests.load.class_session import ClassOutcome, play_class
from tests.load.digits import DIGITS
from tests.load.learners import ACTIVITIES
from tests.load.record import percentile
from tests.load.simulation import Outcome, simulate

TITLES = (
    "learners", "errors", "dropped", "open 50", "95", "answer 50", "95", "99", "first rows 50", "95", "chunks",
    "in time %", "runs/s", "server %", "client %", "memory MB", "growth %", "MB each",
)  # fmt: skip

CLASS_TITLES = (
    "phones", "errors", "lost", "extra", "question 50", "95", "max", "question CPU", "answer 50", "95", "max",
    "counted", "back 50", "95", "max", "waiting %", "asking %", "client %", "memory MB",
)  # fmt: skip


def class_row(outcome: ClassOutcome) -> list[str]:
    """Return the table's row for a class."""
    times = (
        (outcome.question_times, (0.5, 0.95, 1)),
        (outcome.question_cpu, (1,)),
        (outcome.record.rerun_times, (0.5, 0.95, 1)),
        (outcome.counted_times, (1,)),
        (outcome.back_times, (0.5, 0.95, 1)),
    )
    counts = (outcome.phones, len(outcome.record.errors), outcome.lost, outcome.extra)
    cpu = (outcome.waiting_cpu, outcome.asking_cpu, outcome.client_cpu)
    return [
        *map(str, counts),
        *(f"{percentile(values, share):.2f}" for values, shares in times for share in shares),
        *(f"{100 * share:.0f}" for share in cpu),
        f"{outcome.memory:.0f}",
    ]


def row(outcome: Outcome) -> list[str]:
    """Return the table's row for an outcome."""
    record = outcome.record
    return [
        str(outcome.learners),
        str(len(record.errors)),
        str(record.dropped_sessions),
        *(f"{percentile(record.page_load_times, share):.2f}" for share in (0.5, 0.95)),
        *(f"{percentile(record.rerun_times, share):.3f}" for share in (0.5, 0.95, 0.99)),
        *(f"{percentile(record.first_row_times, share):.3f}" for share in (0.5, 0.95)),
        str(record.chunks),
        f"{100 * (1 - record.late_chunks / max(record.chunks, 1)):.2f}",
        f"{record.script_runs / outcome.seconds:.1f}",
        f"{100 * outcome.server_cpu:.0f}",
        f"{100 * outcome.client_cpu:.0f}",
        f"{outcome.final_memory:.0f}",
        f"{100 * outcome.memory_growth:.1f}",
        f"{outcome.memory_per_learner:.2f}",
    ]


def print_row(titles: tuple[str, ...], cells: list[str]) -> None:
    """Print a row of a table below its titles."""
    print("  ".join(cell.rjust(len(title)) for cell, title in zip(cells, titles, strict=True)), flush=True)


def main() -> None:
    """Print the table row by row, then the errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, nargs="+", default=[100])
    parser.add_argument("--phones", type=int, nargs="+")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--digits", action="store_true")
    arguments = parser.parse_args()
    errors: Counter[str] = Counter()
    print("  ".join(CLASS_TITLES if arguments.phones else TITLES))
    for phones in arguments.phones or []:
        played = play_class(phones, arguments.processes, arguments.seed)
        print_row(CLASS_TITLES, class_row(played))
        errors.update(played.record.errors)
    for learners in [] if arguments.phones else arguments.learners:
        seconds, activities = arguments.minutes * 60, DIGITS if arguments.digits else ACTIVITIES
        outcome = simulate(learners, seconds, arguments.seed, arguments.pace, arguments.processes, activities)
        print_row(TITLES, row(outcome))
        errors.update(outcome.record.errors)
    for error, count in errors.most_common():
        print(f"{count} × {error}")


if __name__ == "__main__":
    main()
