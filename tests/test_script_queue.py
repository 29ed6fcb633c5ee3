from threading import Event, Thread

import pytest

from ui.state.script_queue import MAX_HOLD_SECONDS, MAX_INTERACTIVE_SECONDS, Priority, ScriptQueue


class Scripts:
    """Threads that wait for a queue's lock, and the order in which they get it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.queue = ScriptQueue(lambda: self.now)
        self.order: list[str] = []
        self.threads: list[Thread] = []

    def start(self, name, priority=Priority.INTERACTIVE):
        def run() -> None:
            with self.queue.acquire(priority):
                self.order.append(name)

        waiting = self.queue.waiting
        self.threads.append(Thread(target=run))
        self.threads[-1].start()
        while self.queue.waiting == waiting:
            pass

    def finish(self):
        for thread in self.threads:
            thread.join(5)
        return self.order


def test_interactive_scripts_run_before_prefetching_ones_in_order_of_arrival():
    scripts = Scripts()
    with scripts.queue.acquire():
        scripts.start("prefetch 1", Priority.PREFETCH)
        scripts.start("interactive 1")
        scripts.start("prefetch 2", Priority.PREFETCH)
        scripts.start("interactive 2")
        assert scripts.order == []
    assert scripts.finish() == ["interactive 1", "interactive 2", "prefetch 1", "prefetch 2"]


def test_no_two_scripts_run_at_once():
    queue, inside, most = ScriptQueue(), [], []

    def compute() -> None:
        for i in range(500):
            with queue.acquire(Priority(i % 2)):
                inside.append(1)
                most.append(len(inside))
                sum(range(100))
                inside.pop()
                queue.maybe_yield()

    threads = [Thread(target=compute) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert most == [1] * 2000


def test_the_lock_is_reentrant():
    scripts = Scripts()
    with scripts.queue.acquire():
        scripts.start("other")
        with scripts.queue.acquire():
            pass
        assert scripts.order == []
    assert scripts.finish() == ["other"]


def test_a_prefetching_script_yields_only_to_interactive_ones():
    scripts = Scripts()
    with scripts.queue.acquire(Priority.PREFETCH):
        scripts.start("prefetch", Priority.PREFETCH)
        scripts.queue.maybe_yield()
        assert scripts.order == []
        scripts.start("interactive")
        scripts.queue.maybe_yield()
        assert scripts.order == ["interactive"]
    assert scripts.finish() == ["interactive", "prefetch"]


@pytest.mark.parametrize("priority", Priority)
def test_a_script_that_runs_for_long_yields_to_others_of_its_priority(priority):
    scripts = Scripts()
    with scripts.queue.acquire(priority):
        scripts.start("other", priority)
        scripts.queue.maybe_yield()
        assert scripts.order == []
        scripts.now = 2 * MAX_HOLD_SECONDS
        scripts.queue.maybe_yield()
        assert scripts.order == ["other"]
        scripts.queue.maybe_yield()  # no script waits any more
    scripts.finish()


def test_an_interactive_script_yields_to_prefetching_ones_only_after_max_interactive():
    scripts = Scripts()
    with scripts.queue.acquire():
        scripts.start("prefetch", Priority.PREFETCH)
        scripts.now = 2 * MAX_HOLD_SECONDS
        scripts.queue.maybe_yield()
        assert scripts.order == []
        scripts.start("interactive")
        scripts.queue.maybe_yield()
        assert scripts.order == ["interactive"]
        scripts.now += MAX_INTERACTIVE_SECONDS - MAX_HOLD_SECONDS  # more than MAX_INTERACTIVE_SECONDS in total
        scripts.queue.maybe_yield()
        assert scripts.order == ["interactive", "prefetch"]
    scripts.finish()


def test_the_time_of_a_script_does_not_count_for_the_next_one():
    scripts = Scripts()
    with scripts.queue.acquire():
        scripts.now = 2 * MAX_INTERACTIVE_SECONDS
        scripts.queue.maybe_yield()
    with scripts.queue.acquire():
        scripts.start("prefetch", Priority.PREFETCH)
        scripts.now += 2 * MAX_HOLD_SECONDS
        scripts.queue.maybe_yield()
        assert scripts.order == []
    scripts.finish()


def test_an_error_releases_the_lock():
    queue, ran = ScriptQueue(), Event()
    with pytest.raises(ZeroDivisionError), queue.acquire():
        raise ZeroDivisionError
    queue.maybe_yield()

    def run() -> None:
        with queue.acquire():
            ran.set()

    Thread(target=run).start()
    assert ran.wait(5)


def test_a_released_lock_runs_others_and_is_held_again_afterwards():
    scripts = Scripts()
    with scripts.queue.acquire():
        scripts.start("other")
        with scripts.queue.released():
            scripts.finish()
            assert scripts.order == ["other"]
        scripts.start("last")
        assert scripts.order == ["other"]
    assert scripts.finish() == ["other", "last"]


def test_releasing_a_lock_that_is_not_held_does_nothing():
    scripts = Scripts()
    with scripts.queue.released():
        scripts.queue.maybe_yield()
    with scripts.queue.acquire(), scripts.queue.released():
        assert scripts.queue.waiting == 0
