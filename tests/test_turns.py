from threading import Event, Thread

import pytest

from ui.turns import LONG, Turns


class Queue:
    """Threads that wait for a turn one after another, and the order in which they had it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.turns = Turns(lambda: self.now)
        self.order: list[str] = []
        self.threads: list[Thread] = []

    def joined_by(self, name, within=0.2):
        def take() -> None:
            with self.turns.taken(within):
                self.order.append(name)

        waiting = self.turns.waiting
        self.threads.append(Thread(target=take))
        self.threads[-1].start()
        while self.turns.waiting == waiting:
            pass

    def ends(self):
        for thread in self.threads:
            thread.join(5)
        return self.order


def test_turns_are_had_in_the_order_in_which_answers_are_due():
    queue = Queue()
    with queue.turns.taken():
        for name, within in (("a", 100), ("b", 300), ("c", 100), ("d", 200), ("e", 0.5), ("f", 0)):
            queue.joined_by(name, within)
        assert queue.order == []
    assert queue.ends() == ["f", "e", "a", "c", "d", "b"]


def test_what_nobody_looks_at_yet_waits_even_once_it_is_overdue():
    queue = Queue()
    with queue.turns.taken():
        queue.joined_by("ahead", 2)
        queue.now = 10.0
        queue.joined_by("control")
    assert queue.ends() == ["control", "ahead"]


def test_nobody_has_a_turn_beside_another():
    turns, inside, most = Turns(), [], []

    def take() -> None:
        for _ in range(500):
            with turns.taken():
                inside.append(1)
                most.append(len(inside))
                sum(range(100))
                inside.pop()

    threads = [Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert most == [1] * 2000


def test_who_has_the_turn_may_take_it_again_and_keeps_it():
    queue = Queue()
    with queue.turns.taken():
        queue.joined_by("other")
        with queue.turns.taken():
            pass
        assert queue.order == []
    assert queue.ends() == ["other"]


def test_a_turn_that_is_passed_on_comes_back_after_all_who_waited():
    queue = Queue()
    with queue.turns.taken():
        queue.joined_by("patient", 100)
        queue.joined_by("other")
        queue.turns.pass_on()
        assert queue.order == ["other", "patient"]
        queue.turns.pass_on()  # to nobody
    queue.ends()


def test_a_turn_rests_for_who_is_due_before_and_a_long_one_for_all():
    queue = Queue()
    with queue.turns.taken(100):
        queue.joined_by("later", 200)
        queue.turns.rest()
        assert queue.order == []
        queue.joined_by("sooner", 50)
        queue.turns.rest()
        assert queue.order == ["sooner"]
        queue.now = 2 * LONG
        queue.turns.rest()
        assert queue.order == ["sooner", "later"]
    queue.ends()


def test_a_turn_ends_with_an_error_and_who_has_none_passes_none_on():
    turns, had = Turns(), Event()
    with pytest.raises(ZeroDivisionError), turns.taken():
        raise ZeroDivisionError
    turns.pass_on()

    def take() -> None:
        with turns.taken():
            had.set()

    Thread(target=take).start()
    assert had.wait(5)
