"""Times, counts and errors of all simulated learners."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Record:
    """Times (in seconds), counts and error messages.

    `page_load_times`: from connecting to the end of the first script run. `rerun_times`: from a change of a control to
    the end of the script run that it causes. `first_row_times`: from pressing play, or changing a setting during a run,
    to the first rows. `chunks` counts the later answers with rows while a run plays, `late_chunks` those that arrived
    after the play head had run out of rows.
    """

    page_load_times: list[float] = field(default_factory=list)
    rerun_times: list[float] = field(default_factory=list)
    first_row_times: list[float] = field(default_factory=list)
    chunks: int = 0
    late_chunks: int = 0
    script_runs: int = 0
    errors: list[str] = field(default_factory=list)
    dropped_sessions: int = 0


def percentile(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lies, or 0 if there are no values."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)] if values else 0.0
