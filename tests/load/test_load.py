import asyncio

import pytest

from tests.browser.app import run_app
from tests.load.digits import DIGITS
from tests.load.record import Record
from tests.load.simulation import Outcome, run_in_thread, simulate
from tests.load.tab import Tab

pytestmark = [pytest.mark.slow, pytest.mark.timed]

LEARNERS = 20


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return simulate(LEARNERS, seconds=60)


def test_no_learner_gets_an_error_a_timeout_or_a_closed_session(outcome):
    assert outcome.record.errors == []
    assert outcome.record.dropped_sessions == 0


def test_pages_load_and_controls_are_answered(outcome):
    assert len(outcome.record.page_load_times) == LEARNERS
    assert outcome.record.chunks > 100
    assert len(outcome.record.rerun_times) > 100


def test_rows_are_prefetched_in_time_even_on_a_busy_machine(outcome):
    assert outcome.record.late_chunks <= 0.25 * outcome.record.chunks


def test_memory_stays_bounded(outcome):
    assert outcome.memory_per_learner < 4
    assert outcome.memory_growth < 0.15


def test_a_class_on_the_digits_page_gets_answers_and_no_errors():
    record = simulate(LEARNERS, seconds=30, activities=DIGITS).record
    assert (record.errors, record.dropped_sessions) == ([], 0)
    assert len(record.rerun_times) > 5 * LEARNERS


def test_a_page_can_be_left_while_its_stage_sends_a_message():
    async def leave(address: str, record: Record, after: float) -> None:
        async with Tab.open(address, "live_training", "lang=en", record) as tab:
            leaving = asyncio.create_task(tab.open_page("home"))
            await asyncio.sleep(after)
            await tab.trigger("stage_feed", "message", {"step": 3})
            await leaving
            await tab.open_page("loss_explorer")

    record = Record()
    with run_app() as address:
        for after in (0, 0.002, 0.005, 0.01, 0.02, 0.04):
            run_in_thread(leave(address, record, after))
    assert record.errors == []
