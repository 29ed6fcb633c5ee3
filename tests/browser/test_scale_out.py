"""Several replicas behind the nginx of deploy/: a browser stays with one, and another takes over when that is gone."""

from __future__ import annotations

import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import FeatureMap, penguins, train
from tests.browser import nginx
from tests.browser.app import (
    ROOT,
    expect_no_traceback,
    open_page,
    stage_number,
    stand_at,
    wait_for_page,
    wait_for_step,
    wait_until,
)
from tests.browser.conftest import NewView
from tests.browser.faults import Server, expect_connected, expect_in_play, server, sessions
from tests.browser.idle import wait_until_idle

pytestmark = [pytest.mark.slow, pytest.mark.timed]

REPLICAS = 3
BROWSERS = 90


class Farm:
    """Replicas and the nginx in front of them."""

    def __init__(self, folder: Path, running: ExitStack) -> None:
        self.replicas = [running.enter_context(server()) for _ in range(REPLICAS)]
        self.log = folder / "replicas.log"
        self.numbers = count()
        addresses = [replica.address for replica in self.replicas]
        self.address = running.enter_context(nginx.in_front_of(addresses, folder, self.log))

    def answering(self, cookies: Sequence[str]) -> list[str]:
        """Ask with each cookie in turn; return which replicas have answered."""
        numbers = [next(self.numbers) for _ in cookies]
        for number, cookie in zip(numbers, cookies, strict=True):
            ask(f"{self.address}?number={number}", cookie)
        wait_until(lambda: self.answers().keys() >= set(numbers), "nginx's log of all requests")
        return [self.answers()[number] for number in numbers]

    def answers(self) -> dict[int, str]:
        """Return which replica answered each numbered request so far."""
        lines = (line.split(" ", 1) for line in self.log.read_text("utf-8").splitlines())
        return {int(number): replica for number, replica in lines if number.isdecimal()}

    def sessions(self) -> list[int]:
        """How many sessions each replica has at this moment."""
        return [sessions(replica.address) for replica in self.replicas]

    def serving(self) -> Server:
        """The replica that has the only session there is, once all others have ended."""
        wait_until(lambda: sum(self.sessions()) == 1, "the end of all other sessions")
        return self.replicas[self.sessions().index(1)]


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    with ExitStack() as running:
        yield Farm(tmp_path_factory.mktemp("nginx"), running)


def play(view: Page) -> None:
    view.get_by_test_id("stage-play").click()


def loss_of_core(step: int) -> float:
    data = penguins()
    run = train(FeatureMap.fit(data.X)(data.X), data.labels, learning_rate=0.3, steps=step, batch_size=16)
    return float(run.losses[step])


def ask(address: str, cookie: str = "") -> str:
    """Ask for the first page; gives the cookie one has then."""
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    with urllib.request.urlopen(request) as answer:
        return cookie or next(
            line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") if line.startswith("reader=")
        )


def test_browsers_of_one_address_spread_and_each_stays_where_it_is(farm: Farm) -> None:
    cookies = [ask(farm.address) for _ in range(BROWSERS)]
    rounds = [farm.answering(cookies) for _ in range(2)]
    assert rounds[0] == rounds[1]
    counts = Counter(rounds[0])
    assert len(counts) == REPLICAS
    assert min(counts.values()) > BROWSERS / REPLICAS / 3


def test_all_tabs_of_a_browser_are_with_one_replica(farm: Farm, new_view: NewView) -> None:
    pages = ("home", "softmax_playground", "loss_explorer")
    tabs = [new_view() for _ in pages]
    for tab, page in zip(tabs, pages, strict=True):
        open_page(tab, farm.address, page, lang="en")
    tabs[0].reload()
    wait_for_page(tabs[0])
    wait_until(lambda: sorted(farm.sessions()) == [0, 0, len(tabs)], "all sessions on one replica")


def test_play_goes_on_by_itself_when_the_replica_is_gone(farm: Farm, view: Page) -> None:
    open_page(view, farm.address, "live_training", lang="en", batch="16")
    play(view)
    wait_for_step(view, 60)
    replica, before = farm.serving(), stage_number(view, "step")
    replica.kill()
    expect_in_play(view)
    play(view)
    wait_until_idle(view)
    step = int(stage_number(view, "step"))
    assert step > before
    assert stage_number(view, "loss") == loss_of_core(step)
    assert f"step={step}" in view.url
    expect_no_traceback(view)
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": (ROOT / "core/data/iris.csv").read_bytes()}
    view.get_by_role("combobox", name="Data").click()
    view.get_by_role("option", name="My own table").click()
    view.locator("input[type=file]").set_input_files(file)
    expect(view.get_by_text("mine.csv: 150 samples")).to_be_visible()
    replica.start()


def test_a_reload_stands_where_one_was_though_the_replica_is_gone(farm: Farm, view: Page) -> None:
    open_page(view, farm.address, "live_training", lang="en", batch="16", train_data="spirals", expansion="cubic")
    play(view)
    wait_for_step(view, 30)
    view.get_by_role("slider", name="Penalty").press("ArrowRight")
    wait_for_step(view, stage_number(view, "step") + 30)
    play(view)
    wait_until_idle(view)
    stand_at(view, int(stage_number(view, "step")) - 3)
    before = [view.get_by_test_id(f"stage-{name}").inner_text() for name in ("step", "loss", "accuracy")]
    loss, address = stage_number(view, "loss"), view.url
    replica = farm.serving()
    replica.kill()
    view.reload()
    wait_for_page(view)
    assert [view.get_by_test_id(f"stage-{name}").inner_text() for name in ("step", "loss", "accuracy")] == before
    assert (stage_number(view, "loss"), view.url) == (loss, address)
    assert "past=" in address
    expect_connected(view)
    replica.start()
