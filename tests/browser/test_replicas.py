"""Several replicas behind the nginx of deploy/: a browser always gets the same one, or another if that is down."""

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
    scrub_to_step,
    stage_number,
    wait_for_page,
    wait_for_step,
    wait_until,
)
from tests.browser.conftest import NewView
from tests.browser.faults import Server, count_sessions, expect_connected, expect_playing, server
from tests.browser.idle import wait_until_idle

pytestmark = [pytest.mark.slow, pytest.mark.timed]

REPLICAS = 3
BROWSERS = 90


class Cluster:
    """Replicas with nginx in front of them."""

    def __init__(self, folder: Path, running: ExitStack) -> None:
        self.replicas = [running.enter_context(server()) for _ in range(REPLICAS)]
        self.log = folder / "replicas.log"
        self.numbers = count()
        addresses = [replica.address for replica in self.replicas]
        self.address = running.enter_context(nginx.in_front_of(addresses, folder, self.log))

    def replicas_for(self, cookies: Sequence[str]) -> list[str]:
        """Send a request with each cookie; return the addresses of the replicas that answered."""
        numbers = [next(self.numbers) for _ in cookies]
        for number, cookie in zip(numbers, cookies, strict=True):
            request_cookie(f"{self.address}?number={number}", cookie)
        wait_until(lambda: self.replica_by_request().keys() >= set(numbers), "nginx's log of all requests")
        return [self.replica_by_request()[number] for number in numbers]

    def replica_by_request(self) -> dict[int, str]:
        """Return the address of the replica that answered, for each numbered request."""
        lines = (line.split(" ", 1) for line in self.log.read_text("utf-8").splitlines())
        return {int(number): replica for number, replica in lines if number.isdecimal()}

    def session_counts(self) -> list[int]:
        """Return the number of active sessions of each replica."""
        return [count_sessions(replica.address) for replica in self.replicas]

    def replica_in_use(self) -> Server:
        """Return the replica with the only session, after all other sessions have ended."""
        wait_until(lambda: sum(self.session_counts()) == 1, "the end of all other sessions")
        return self.replicas[self.session_counts().index(1)]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with ExitStack() as running:
        yield Cluster(tmp_path_factory.mktemp("nginx"), running)


def play(view: Page) -> None:
    view.get_by_test_id("stage-play").click()


def loss_of_core(step: int) -> float:
    data = penguins()
    run = train(FeatureMap.fit(data.X)(data.X), data.labels, learning_rate=0.3, steps=step, batch_size=16)
    return float(run.losses[step])


def request_cookie(address: str, cookie: str = "") -> str:
    """Request the home page with a cookie; return it, or the cookie that is set."""
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    with urllib.request.urlopen(request) as response:
        return cookie or next(
            line.split(";")[0] for line in response.headers.get_all("Set-Cookie") if line.startswith("reader=")
        )


def test_browsers_are_spread_over_replicas_and_each_keeps_its_replica(cluster: Cluster) -> None:
    cookies = [request_cookie(cluster.address) for _ in range(BROWSERS)]
    rounds = [cluster.replicas_for(cookies) for _ in range(2)]
    assert rounds[0] == rounds[1]
    counts = Counter(rounds[0])
    assert len(counts) == REPLICAS
    assert min(counts.values()) > BROWSERS / REPLICAS / 3


def test_all_tabs_of_a_browser_use_the_same_replica(cluster: Cluster, new_view: NewView) -> None:
    pages = ("home", "softmax_playground", "loss_explorer")
    tabs = [new_view() for _ in pages]
    for tab, page in zip(tabs, pages, strict=True):
        open_page(tab, cluster.address, page, lang="en")
    tabs[0].reload()
    wait_for_page(tabs[0])
    wait_until(lambda: sorted(cluster.session_counts()) == [0, 0, len(tabs)], "all sessions on one replica")


def test_playing_resumes_on_another_replica(cluster: Cluster, view: Page) -> None:
    open_page(view, cluster.address, "live_training", lang="en", batch="16")
    play(view)
    wait_for_step(view, 60)
    replica, before = cluster.replica_in_use(), stage_number(view, "step")
    replica.kill()
    expect_playing(view)
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


def test_a_reload_restores_the_step_on_another_replica(cluster: Cluster, view: Page) -> None:
    open_page(view, cluster.address, "live_training", lang="en", batch="16", train_data="spirals", expansion="cubic")
    play(view)
    wait_for_step(view, 30)
    view.get_by_role("slider", name="Penalty").press("ArrowRight")
    wait_for_step(view, stage_number(view, "step") + 30)
    play(view)
    wait_until_idle(view)
    scrub_to_step(view, int(stage_number(view, "step")) - 3)
    before = [view.get_by_test_id(f"stage-{name}").inner_text() for name in ("step", "loss", "accuracy")]
    loss, address = stage_number(view, "loss"), view.url
    replica = cluster.replica_in_use()
    replica.kill()
    view.reload()
    wait_for_page(view)
    assert [view.get_by_test_id(f"stage-{name}").inner_text() for name in ("step", "loss", "accuracy")] == before
    assert (stage_number(view, "loss"), view.url) == (loss, address)
    assert "past=" in address
    expect_connected(view)
    replica.start()
