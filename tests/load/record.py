"""What a number of learners met, counted and timed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Record:
    """Times are in seconds.

    `opened`: from connecting to the page that stands. `answered`: from a control's rerun to the end of its run, on a
    page that stood. `begun`: from pressing play, or turning a dial in mid-run, to the first rows of what follows.
    `chunks` counts the rows asked for ahead while a run plays, `late` those that came after the play head had to wait.
    """

    opened: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    chunks: int = 0
    late: int = 0
    runs: int = 0
    received: int = 0
    errors: list[str] = field(default_factory=list)
    dropped: int = 0


def percentile(values: list[float], share: float) -> float:
    """The value below which a share of them lies; 0 if there is none."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)] if values else 0.0
