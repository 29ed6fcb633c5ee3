"""Long work lets other scripts run: it offers them the lock of the script queue again and again."""

from __future__ import annotations

import gc
from collections.abc import Callable
from threading import Thread
from time import process_time, sleep

import numpy as np
import pytest

from core import Run, Settings, split
from core.datasets import spirals
from core.table_import import MAX_BYTES, read_table
from tests.pages.conftest import open_page
from ui.comparison import reliability
from ui.digits import learning, teaching
from ui.digits.model import trained_model
from ui.digits.own_digits import MAX_DIGITS, OwnDigit
from ui.state.script_queue import SCRIPT_QUEUE
from ui.training import export
from ui.training.scene import model_of, scene_of

pytestmark = pytest.mark.timed


MAX_SHARE = 0.4
"""Of the whole time: the speed differs between machines, this share hardly does."""


def longest_hold(work: Callable[[], object]) -> float:
    """Return the longest share of some work's processor time in which it does not offer the lock to others."""
    gc.collect()
    gc.disable()  # it would look through the objects of all tests
    offers = [process_time()]
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SCRIPT_QUEUE, "maybe_yield", lambda: offers.append(process_time()))
            work()
    finally:
        gc.enable()
    holds = np.diff([*offers, process_time()])
    return float(holds.max() / holds.sum())


def wide_table() -> bytes:
    """Return a table of 5 MB, with 100 columns of numbers with decimal commas."""
    row = ";".join(f"{i},{i}" for i in range(99)) + ";u\n"
    header = ";".join(f"c{i}" for i in range(100)) + "\n"
    return (header + row * ((MAX_BYTES - len(header)) // len(row))).encode()


def long_table() -> bytes:
    """Return a table of 5 MB with three columns."""
    return b"a,b,c\n" + (b"1.5,2," + b"u" * 480 + b"\n") * 10_000


@pytest.mark.parametrize("content", [wide_table, long_table], ids=["wide", "long"])
def test_reading_a_large_table_offers_the_lock_to_other_scripts(content: Callable[[], bytes]) -> None:
    table = content()
    assert longest_hold(lambda: read_table(table, on_progress=SCRIPT_QUEUE.maybe_yield)) < MAX_SHARE


def test_a_table_of_the_maximum_size_is_read_within_two_seconds() -> None:
    header, row = ",".join(f"c{i}" for i in range(100)), ",".join(f"{i}.25" for i in range(99))
    content = "\n".join([header, *(f"{row},{'uv'[i % 2]}" for i in range(5000))]).encode()
    begin = process_time()
    table = read_table(content)
    assert process_time() - begin < 2
    assert (table.n_rows, len(table.numbers)) == (5000, 99)


@pytest.mark.parametrize("kind", ["history", "animation"])
def test_downloads_offer_the_lock_to_other_scripts(kind: str) -> None:
    training, held_out = split(spirals(2000, 10, 0.3, 0), 0.2, 0)
    model = model_of(training, held_out, "rbf")
    run = Run.begin(model.problem, Settings(0.3)).continued(300)
    scene = scene_of(training, held_out, [model])
    files = {
        "history": lambda: export.history_csv(scene, [model], [run]),
        "animation": lambda: export.animation_html(training, model.phi, run, scene),
    }
    assert longest_hold(files[kind]) < MAX_SHARE


def test_a_download_waits_for_the_lock() -> None:
    files: list[str] = []
    thread = Thread(target=lambda: files.append(export.generate_in_queue(lambda: "file")))
    with SCRIPT_QUEUE.acquire():
        thread.start()
        while not SCRIPT_QUEUE.waiting:
            sleep(0.001)
        assert files == []
    thread.join(10)
    assert files == ["file"]


def test_training_the_classifier_offers_the_lock_to_other_scripts() -> None:
    reliability.shared_run.clear()
    link = {"part": "belief", "belief": "rbf", "believers": "600"}
    open_page("softmax_vs_sigmoid", part="guide")
    assert longest_hold(lambda: open_page("softmax_vs_sigmoid", **link)) < MAX_SHARE


def test_computing_the_learning_curves_of_digits_offers_the_lock_to_other_scripts() -> None:
    trained_model()
    learning.shared_run.cache_clear()
    assert longest_hold(lambda: learning.shared_run(0.3, 16, 0.1).curves()) < MAX_SHARE


def own_digits() -> tuple[OwnDigit, ...]:
    """Return as many digits as a user can have."""
    training = trained_model().training.rows(np.arange(MAX_DIGITS))
    pairs = zip(training.X, training.labels, strict=True)
    return tuple(OwnDigit(tuple(int(count) for count in counts), int(label)) for counts, label in pairs)


def test_training_on_with_own_digits_offers_the_lock_to_other_scripts() -> None:
    digits = own_digits()
    assert longest_hold(lambda: teaching.train_on(digits, teaching.WEIGHTS[-1])) < MAX_SHARE


def test_training_on_with_own_digits_waits_for_the_lock() -> None:
    digits, models = own_digits()[:1], []
    thread = Thread(target=lambda: models.append(teaching.train_on(digits, 1)))
    with SCRIPT_QUEUE.acquire():
        thread.start()
        while not SCRIPT_QUEUE.waiting:
            sleep(0.001)
        assert models == []
    thread.join(10)
    assert len(models) == 1
