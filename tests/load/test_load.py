import pytest

from tests.load.crowd import Outcome, attended

LEARNERS = 20


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return attended(LEARNERS, seconds=60)


def test_no_learner_meets_an_error_or_loses_the_session(outcome):
    assert outcome.record.errors == []
    assert outcome.record.dropped == 0


def test_every_learner_gets_a_page_and_answers(outcome):
    assert len(outcome.record.opened) == LEARNERS
    assert outcome.record.chunks > 100
    assert len(outcome.record.answered) > 100


def test_what_a_run_will_need_comes_before_it_is_needed(outcome):
    assert outcome.record.late <= 0.05 * outcome.record.chunks


def test_memory_stays_bounded(outcome):
    assert outcome.each < 4
    assert outcome.growth < 0.1
