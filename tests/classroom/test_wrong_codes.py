from __future__ import annotations

from ui.classroom.wrong_codes import BURST, FREE_GUESSES, MAX_DELAY, OWN_DELAY, PER_SECOND, WrongCodes


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_first_wrong_codes_of_a_browser_session_are_answered_at_once_and_later_ones_late() -> None:
    codes = WrongCodes(Clock())
    assert [codes.delay(number) for number in (1, FREE_GUESSES, FREE_GUESSES + 1, 100)] == [0, 0, OWN_DELAY, OWN_DELAY]


def test_all_sessions_together_get_a_limited_number_of_answers_per_second() -> None:
    clock = Clock()
    codes = WrongCodes(clock)
    begin = clock.now
    answered = []
    for i in range(200):  # twice as many per second as are answered
        clock.now = begin + i / (2 * PER_SECOND)
        answered.append(clock.now + codes.delay(1))
    assert sum(time < begin + 10 for time in answered) <= 10 * PER_SECOND + BURST + 1


def test_a_burst_is_answered_at_once_and_nobody_waits_longer_than_the_longest_delay() -> None:
    clock = Clock()
    codes = WrongCodes(clock)
    delays = [codes.delay(1) for _ in range(10_000)]
    assert delays[:BURST] == [0] * BURST
    assert max(delays) == MAX_DELAY
    clock.now += MAX_DELAY + BURST / PER_SECOND
    assert codes.delay(1) == 0
