"""Whatever they type, at length: what `make test` tries a few hundred times, some ten thousand times.

    python -m tests.fuzz [links tables messages] [--share 1.0] [--seed 0]

Prints what was found, case by case, and how many there were, their time on one core and the process's largest memory;
ends with 1 if there is a fault. A case can be had again alone: it is a function of its number and the seed.
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
"""How many cases of each there are, the messages for each component."""

CPU_SECONDS = 10.0
"""How long any case may take one core."""

Found = Iterator[tuple[str, list[str]]]


def try_links(share: float, seed: int) -> Found:
    """Each link in turn, every fifth opened again from its own link, every thousandth at the last step."""
    for number in range(round(LINKS * share)):
        case = links.link(number, seed)
        if number % 1000 == 3:
            case = links.deep(case)
        yield f"link {number} {case}"[:500], links.faults(case, again=number % 5 == 0)


def try_tables(share: float, seed: int) -> Found:
    """Each table in turn."""
    for number in range(round(TABLES * share)):
        yield f"table {number}", tables.faults(tables.table(number, seed), number)


def try_messages(share: float, seed: int) -> Found:
    """Each component's messages in one session, a new one after a fault."""
    for name, component in messages.COMPONENTS.items():
        app = component.open()
        for number in range(round(MESSAGES * share)):
            found = messages.faults(component, app, number, seed)
            yield f"{name} {number}", found
            if found:
                app = component.open()


TRIALS: dict[str, Callable[[float, int], Found]] = {"links": try_links, "tables": try_tables, "messages": try_messages}


def main() -> int:
    """Try what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("trials", nargs="*", choices=[[], *TRIALS])
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    logging.disable(logging.ERROR)
    with warnings.catch_warnings(action="error"):
        bad = sum(report(name, asked.share, asked.seed) for name in asked.trials or TRIALS)
    return 1 if bad else 0


def report(name: str, share: float, seed: int) -> int:
    """Try one kind and print what is found; gives how many cases were at fault."""
    begun, count, bad = time.process_time(), 0, 0
    before = begun
    for case, found in TRIALS[name](share, seed):
        if (seconds := time.process_time() - before) > CPU_SECONDS:
            found = [*found, f"took {seconds:.1f} s"]
        count += 1
        bad += bool(found)
        for fault in found:
            print(f"{case}: {fault}", flush=True)
        before = time.process_time()
    status = Path("/proc/self/status").read_text()  # getrusage counts what the parent process held
    largest = int(status.split("VmHWM:")[1].split()[0]) // 1024
    print(f"{name}: {count} cases, {time.process_time() - begun:.0f} s, at most {largest} MB", flush=True)
    return bad


if __name__ == "__main__":
    sys.exit(main())
