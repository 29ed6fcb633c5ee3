"""Security: hostile names in files and links, requests from another site, two readers at once."""

from __future__ import annotations

import base64
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from core import FeatureMap, penguins, train
from tests.browser.app import expect_no_traceback, open_page, play_until_step, scrub_to_step, stage_number
from tests.browser.idle import wait_until_idle
from ui.i18n import catalogue

OTHER_SITE = "https://elsewhere.example"
HOSTILE = (
    "<img src=x onerror=document.title='own'>",
    f"![i]({OTHER_SITE}/i.png)",
    "<script>document.title='own'</script>",
    f"[a]({OTHER_SITE})</style></script>",
)


@pytest.fixture
def guarded(view: Page) -> Iterator[Page]:
    """Provide a page; fail if it sends a request to another host or for a resource in a hostile name."""
    requests: list[str] = []

    def record(request: Request) -> None:
        requests.append(request.url)

    view.on("request", record)
    yield view
    view.remove_listener("request", record)
    strange = [url for url in requests if urlsplit(url).hostname not in ("127.0.0.1", None) or url.endswith("/x")]
    assert requests
    assert strange == []


def expect_harmless(view: Page) -> None:
    """Assert that no name has become markup in the page or its shadow roots, and that no script has run."""
    injected = view.evaluate(
        """() => {
            const within = (e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])];
            const all = (root) => [...root.querySelectorAll("*")].flatMap(within);
            const isInjected = (e) => e.matches("img[src=x], img[src*=elsewhere], a[href*=elsewhere]");
            return all(document).filter(isInjected).map((e) => e.outerHTML);
        }"""
    )
    assert injected == []
    assert "own" not in view.title()
    expect_no_traceback(view)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_names_from_a_file_are_escaped_everywhere(base: str, guarded: Page, language: str) -> None:
    header = ",".join(f'"{name}"' for name in (HOSTILE[0], HOSTILE[1], HOSTILE[3]))
    rows = [f'{i % 7},{i % 5},"{HOSTILE[i % 3]}"' for i in range(40)]
    name = f"{HOSTILE[1].replace('/', '∕')}.csv"
    open_page(guarded, base, "live_training", lang=language, train_data="table", train_file_name=quote(HOSTILE[1]))
    expect_harmless(guarded)
    guarded.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": "\n".join([header, *rows]).encode()}
    )
    expect(guarded.locator(".legend")).to_contain_text(HOSTILE[0])
    wait_until_idle(guarded)
    scrub_to_step(guarded, 20)
    for panel in guarded.locator(f".st-key-panel-{language}").get_by_role("radio").all():
        panel.click(force=True)
        wait_until_idle(guarded)
        expect_harmless(guarded)
    guarded.locator(".points").hover()
    expect_harmless(guarded)


@pytest.mark.parametrize("page", ["softmax_playground", "loss_explorer", "live_training", "softmax_vs_sigmoid"])
def test_values_from_a_link_are_escaped_everywhere(base: str, guarded: Page, page: str) -> None:
    keys = (
        "name_image_1", "name_image_2", "name_image_3", "scenario", "lecture", "lecture_guess", "train_data", "part",
        "train_file_name", "train_label", "past", "start", "points", "numbers", "loss_view", "softmax_view",
    )  # fmt: skip
    for first in (0, 1):
        parameters = {key: quote(HOSTILE[(first + 2 * i) % len(HOSTILE)]) for i, key in enumerate(keys)}
        open_page(guarded, base, page, lang="en", **parameters)
        expect_harmless(guarded)
    for softmax_view in ("steps", "geometry", "sharpness", "jacobian"):
        names = {f"name_image_{k + 1}": quote(HOSTILE[k]) for k in range(3)}
        open_page(guarded, base, "softmax_playground", lang="en", softmax_view=softmax_view, **names)
        expect(guarded.locator("[data-testid=stMain]")).to_contain_text(HOSTILE[0][:10])
        expect_harmless(guarded)


def test_an_upload_without_an_xsrf_token_is_refused(base: str) -> None:
    request = urllib.request.Request(f"{base}/_stcore/upload_file/session/file", data=b"--", method="PUT")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 403
    refused.value.close()


def test_another_site_cannot_connect(base: str) -> None:
    request = urllib.request.Request(f"{base}/_stcore/host-config", headers={"Origin": OTHER_SITE})
    with urllib.request.urlopen(request) as response:
        assert response.headers["Access-Control-Allow-Origin"] in (None, "null")
    assert websocket_status(base, OTHER_SITE) == 403
    assert websocket_status(base, base) == 101


def websocket_status(base: str, origin: str) -> int:
    """Open a WebSocket as a page of this origin does; return the HTTP status."""
    host, port = urlsplit(base).hostname, urlsplit(base).port
    with socket.create_connection((host, port)) as connection:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = ["GET /_stcore/stream HTTP/1.1", f"Host: {host}:{port}", "Upgrade: websocket", "Connection: Upgrade"]
        lines += [f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", f"Origin: {origin}", "", ""]
        connection.sendall("\r\n".join(lines).encode())
        return int(connection.recv(4096).split()[1])


def test_two_readers_do_not_see_each_others_data(base: str, view: Page, other_view: Page) -> None:
    one, other = view, other_view
    for reader, seed in ((one, "3"), (other, "4")):
        open_page(reader, base, "live_training", lang="en", train_data="table", batch="16", batch_seed=seed)
    rows = [f"{i % 7},{i % 5},{'secret' if i % 2 else 'hidden'}" for i in range(40)]
    table = "\n".join(["u,v,kind", *rows]).encode()
    one.locator("input[type=file]").set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": table})
    expect(one.get_by_text("mine.csv: 40 samples")).to_be_visible()
    for reader in (one, other):
        reader.bring_to_front()
        play_until_step(reader, 30)
    other.reload()
    wait_until_idle(other)
    text = other.inner_text("body") + other.locator(".legend").inner_text() + other.url
    assert not any(word in text for word in ("mine.csv", "secret", "hidden"))
    expect(other.get_by_text(catalogue("en")["table.none_yet"]).first).to_be_visible()
    step = int(stage_number(other, "step"))
    data = penguins()
    X = FeatureMap.fit(data.X)(data.X)
    run = train(X, data.labels, learning_rate=0.3, steps=step, batch_size=16, seed=4)
    assert step > 0
    assert stage_number(other, "loss") == run.losses[step]
