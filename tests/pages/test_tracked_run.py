"""TrackedRun computes a run as far as needed, also when other scripts of the session change it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from core import gradient_descent, penguins, run
from core.activations import Floats
from core.run import Run, Settings
from ui.training.scene import model_of
from ui.training.tracked_run import SCRIPT_QUEUE, StoppingRule, TrackedRun

Meanwhile = Callable[[Callable[[], object]], None]
NOTHING = penguins().rows(np.arange(0))


def tracked_run(tolerance: float = 0.0) -> TrackedRun:
    model = model_of(penguins(), NOTHING)
    return TrackedRun(model, Run.begin(model.problem, Settings(0.3)), StoppingRule(tolerance=tolerance))


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Return a function that lets another script run at the next call of maybe_yield."""

    def once(script: Callable[[], object]) -> None:
        def run() -> None:
            monkeypatch.setattr(SCRIPT_QUEUE, "maybe_yield", lambda: None)
            script()

        monkeypatch.setattr(SCRIPT_QUEUE, "maybe_yield", run)

    return once


def test_params_at_trains_to_the_step() -> None:
    tracked = tracked_run()
    expected = tracked.run.continued(120)
    np.testing.assert_array_equal(tracked.params_at(120).weights, expected.weights)
    assert tracked.run_to(30).steps == 30


def test_rows_of_new_steps_train_each_step_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tracked, trained = tracked_run(), []

    def count_steps(*arguments: object) -> Iterator[tuple[float, Floats, Floats]]:
        for state in gradient_descent.descend(*arguments):
            trained.append(state)
            yield state

    tracked.rows(0, 30, 1)
    expected = TrackedRun(tracked.model, tracked.run, tracked.stop)
    expected.advance_to(90)
    monkeypatch.setattr(run, "descend", count_steps)
    rows = tracked.rows(30, 90, 1)
    assert rows.steps.tolist() == list(range(30, 91))
    assert len(trained) <= 60 + 3  # the loss and the parameters before each of the segments 30–80 and 80–90
    np.testing.assert_array_equal(rows.losses[-1], expected.run.losses[90])


def test_a_run_advanced_by_another_script_is_still_trained_to_the_requested_step(meanwhile: Meanwhile) -> None:
    tracked = tracked_run()

    def another() -> None:
        tracked.advance_to(300)

    meanwhile(another)
    assert tracked.advance_to(1000) == 1000


def test_a_run_changed_by_another_script_is_not_overwritten(meanwhile: Meanwhile) -> None:
    tracked = tracked_run()
    meanwhile(lambda: tracked.change_settings(20, Settings(1.0)))
    rows = tracked.rows(0, 1000, 10)
    assert (tracked.run.settings, tracked.run.steps, rows.steps[-1]) == (Settings(1.0), 20, 20)
    meanwhile(tracked.restart)
    assert tracked.advance_to(1000) == tracked.run.steps == 0


def test_a_tolerance_changed_by_another_script_is_used(meanwhile: Meanwhile) -> None:
    tracked = tracked_run()
    tracked.advance_to(2000)
    losses = tracked.run.losses
    expected = int(np.flatnonzero(np.abs(np.diff(losses)) < 1e-2)[0]) + 1

    def another() -> None:
        tracked.replace_model(tracked.model, StoppingRule(tolerance=1e-2))
        tracked.end()

    tracked.replace_model(tracked.model, StoppingRule(tolerance=1e-9))
    meanwhile(another)
    tracked.end()
    assert tracked.converged_at == expected


def test_convergence_is_checked_again_after_a_change() -> None:
    tracked = tracked_run(tolerance=1e-3)
    end = tracked.advance_to(5000)
    assert tracked.end() == (end, "converged", None)
    tracked.change_settings(end - 5, Settings(3.0))
    assert tracked.converged_at is None
    later = tracked.advance_to(5000)
    assert later > end - 5
    changes = np.abs(np.diff(tracked.run.losses[: later + 1]))
    assert (changes[:-1] >= 1e-3).all()
    assert changes[-1] < 1e-3


def test_adopting_an_equal_model_keeps_the_samples_of_the_old_one() -> None:
    tracked = tracked_run()
    problem = tracked.model.problem
    new = replace(model_of(penguins(), NOTHING), name="new")
    tracked.replace_model(new, StoppingRule())
    assert tracked.model.phi is new.phi
    assert (tracked.model.name, tracked.model.problem) == ("new", problem)
