import pytest

from tests.load.class_session import ClassOutcome, play_class
from tests.load.record import percentile

pytestmark = [pytest.mark.slow, pytest.mark.timed]

PHONES = 200


@pytest.fixture(scope="module", params=[1, 2], ids=["one process", "two processes"])
def outcome(request: pytest.FixtureRequest) -> ClassOutcome:
    return play_class(PHONES, request.param)


def test_no_answer_is_lost_or_counted_twice_also_when_a_server_is_killed(outcome: ClassOutcome) -> None:
    assert outcome.record.errors == []
    assert (outcome.lost, outcome.extra) == (0, 0)


def test_answers_are_counted_within_three_seconds(outcome: ClassOutcome) -> None:
    assert max(outcome.counted_times) < 3


def test_a_question_is_on_nearly_all_phones_within_five_seconds(outcome: ClassOutcome) -> None:
    assert percentile(outcome.question_times, 0.95) < 5


def test_phones_are_back_within_thirty_seconds(outcome: ClassOutcome) -> None:
    assert outcome.back_times
    assert percentile(outcome.back_times, 0.95) < 30


def test_waiting_phones_take_less_than_70_percent_of_a_core(outcome: ClassOutcome) -> None:
    assert outcome.waiting_cpu < 0.7
