import asyncio

import pytest

from tests.browser.app import serving
from tests.load.crowd import Outcome, attended, run
from tests.load.record import Record
from tests.load.tab import Tab

pytestmark = [pytest.mark.slow, pytest.mark.timed]

LEARNERS = 20


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return attended(LEARNERS, seconds=60)


def test_no_learner_meets_an_error_or_waits_in_vain_or_loses_the_session(outcome):
    assert outcome.record.errors == []
    assert outcome.record.dropped == 0


def test_every_learner_gets_a_page_and_answers(outcome):
    assert len(outcome.record.opened) == LEARNERS
    assert outcome.record.chunks > 100
    assert len(outcome.record.answered) > 100


def test_what_a_run_will_need_comes_before_it_is_needed_even_if_the_machine_has_other_work(outcome):
    assert outcome.record.late <= 0.25 * outcome.record.chunks


def test_memory_stays_bounded(outcome):
    assert outcome.each < 4
    assert outcome.growth < 0.15


def test_a_page_can_be_left_while_its_stage_still_speaks():
    async def leave(address: str, record: Record, after: float) -> None:
        async with Tab.opened(address, "live_training", "lang=en", record) as tab:
            leaving = asyncio.create_task(tab.go("home"))
            await asyncio.sleep(after)
            await tab.trigger("stage_feed", "message", {"at": 3})
            await leaving
            await tab.go("loss_explorer")

    record = Record()
    with serving() as address:
        for after in (0, 0.002, 0.005, 0.01, 0.02, 0.04):
            run(leave(address, record, after))
    assert record.errors == []
