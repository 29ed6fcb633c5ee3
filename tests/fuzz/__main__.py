"""Fuzz tests with many cases; `make test` runs a few hundred of them.

    python -m tests.fuzz [links tables messages] [--share 1.0] [--seed 0]

Prints the faults of each case, the number of cases, their CPU time and the peak memory of the process. The exit code is
1 if there is a fault. A case depends on its number and the seed alone, so it can be repeated.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fuzz import links, messages, tables

LINKS, TABLES, MESSAGES = 10_000, 3_000, 400
"""Number of cases; of messages, per component."""

MAX_CPU_SECONDS = 10.0
"""CPU time that a case may take."""

Results = Iterator[tuple[str, list[str]]]
"""A description of each case, and its faults."""


def try_links(share: float, seed: int) -> Results:
    """Open each link; reload every fifth from the link that the page wrote; open every thousandth at the last step."""
    for number in range(round(LINKS * share)):
        case = links.link(number, seed)
        if number % 1000 == 3:
            case = links.at_last_step(case)
        yield f"link {number} {case}"[:500], links.faults(case, reload=number % 5 == 0)


def try_tables(share: float, seed: int) -> Results:
    """Read each table."""
    for number in range(round(TABLES * share)):
        yield f"table {number}", tables.faults(tables.table(number, seed), number)


def try_messages(share: float, seed: int) -> Results:
    """Send each component's messages in one session, and begin a new session after a fault."""
    for name, component in messages.COMPONENTS.items():
        app = component.open()
        for number in range(round(MESSAGES * share)):
            found = messages.faults(component, app, number, seed)
            yield f"{name} {number}", found
            if found:
                app = component.open()


TRIALS: dict[str, Callable[[float, int], Results]] = {
    "links": try_links,
    "tables": try_tables,
    "messages": try_messages,
}


def main() -> int:
    """Run the chosen trials and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("trials", nargs="*", choices=[[], *TRIALS])
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    logging.disable(logging.ERROR)
    with warnings.catch_warnings(action="error"):
        n_faulty = sum(report(name, arguments.share, arguments.seed) for name in arguments.trials or TRIALS)
    return 1 if n_faulty else 0


def report(name: str, share: float, seed: int) -> int:
    """Run one kind of trial and print its faults. Return the number of faulty cases."""
    start, n_cases, n_faulty = time.process_time(), 0, 0
    case_start = start
    for case, faults in TRIALS[name](share, seed):
        if (seconds := time.process_time() - case_start) > MAX_CPU_SECONDS:
            faults = [*faults, f"took {seconds:.1f} s"]
        n_cases += 1
        n_faulty += bool(faults)
        for fault in faults:
            print(f"{case}: {fault}", flush=True)
        case_start = time.process_time()
    status = Path("/proc/self/status").read_text()  # getrusage includes the parent process
    peak = int(status.split("VmHWM:")[1].split()[0]) // 1024
    print(f"{name}: {n_cases} cases, {time.process_time() - start:.0f} s, at most {peak} MB", flush=True)
    return n_faulty


if __name__ == "__main__":
    sys.exit(main())
