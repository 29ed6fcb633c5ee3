"""The nginx of deploy/ in front of the app: what its headers forbid and allow, its limits, and what it compresses."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import streamlit
from playwright.sync_api import Page, expect

from tests.browser import nginx
from tests.browser.app import LANGUAGES, address_of, open_page, scrub_to_step
from tests.browser.inspection import Watcher
from tests.browser.views import VIEWS, View
from ui.data.drawn_points import encode

pytestmark = pytest.mark.slow

CLASS = 200
FIRST_VIEW = ("", "_stcore/health", "_stcore/host-config", "favicon.png", "_stcore/health", "_stcore/host-config")
"""The requests of a first view that are not for Streamlit's own files."""
STATIC = Path(streamlit.__file__).parent / "static"
SCRIPT = next((STATIC / "static/js").glob("protobuf.*.js"))
SLIDES = """<!doctype html><title>Slides</title>
<div class="bespoke-marp-parent"><svg viewBox="0 0 1280 720"><foreignObject width="1280" height="720"><section>
<h1>Gradient descent</h1>{frame}</section></foreignObject></svg></div>"""


@pytest.fixture(scope="module")
def door(base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Provide the address of nginx in front of the app."""
    folder = tmp_path_factory.mktemp("nginx")
    with nginx.in_front_of([base], folder, folder / "requests.log") as address:
        yield address


def request(address: str, **headers: str) -> tuple[int, Message, bytes]:
    """Return status, headers and body of the answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.mark.parametrize("case", VIEWS, ids=lambda case: case.name)
def test_the_policy_lets_every_view_work(door: str, view: Page, case: View) -> None:
    with Watcher(view) as watcher:
        case.open(view, door, lang=LANGUAGES[len(case.name) % len(LANGUAGES)])
    assert watcher.faults() == []


def test_the_policy_lets_pictures_files_and_qr_codes_through(door: str, view: Page) -> None:
    with Watcher(view) as watcher:
        open_page(view, door, "live_training", lang="en", step="20")
        view.get_by_text("Download", exact=True).click()
        for button in ("Picture as PNG", "Picture as SVG", "NumPy program", "History"):
            with view.expect_download() as download:
                view.get_by_role("button", name=button).click()
            assert download.value.path().stat().st_size > 1000
        view.get_by_role("button", name="Share").click()
        expect(view.get_by_role("img", name="QR code of the link")).to_be_visible(timeout=30_000)
    assert watcher.faults() == []


def test_the_policy_stops_a_script_within_the_page(door: str, view: Page) -> None:
    open_page(view, door, "home", lang="en")
    view.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<img src='x:' onerror='document.title = `mine`'>");
            const script = document.createElement("script");
            script.textContent = "document.title = 'mine'";
            document.body.append(script);
            return new Promise((done) => setTimeout(done));
        }"""
    )
    assert view.title() != "mine"


@pytest.mark.parametrize("path", ["", "live_training", "_stcore/health", f"static/js/{SCRIPT.name}", "media/none"])
def test_every_answer_has_the_headers(door: str, path: str) -> None:
    _, headers, _ = request(f"{door}/{path}")
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.fixture
def slides(door: str, tmp_path: Path) -> Path:
    """Provide a folder with a slide that shows the training page as the share dialog offers it."""
    address = address_of(door, "live_training", lang="en", embed="true").replace("&", "&amp;")
    frame = f'<iframe src="{address}" title="Training" width="960" height="540" style="border:0"></iframe>'
    (tmp_path / "slides.html").write_text(SLIDES.format(frame=frame), "utf-8")
    return tmp_path


def expect_stage_in_frame(view: Page) -> None:
    """Assert that the stage in the frame of a slide works."""
    frame = view.frame_locator("iframe")
    expect(frame.get_by_test_id("stage-step")).to_be_visible(timeout=30_000)
    frame.get_by_test_id("stage-play").click()
    expect(frame.get_by_test_id("stage-step")).not_to_have_text("0", timeout=30_000)


def test_slides_opened_as_a_file_show_the_app(slides: Path, view: Page) -> None:
    view.goto((slides / "slides.html").as_uri())
    expect_stage_in_frame(view)


def test_slides_on_another_server_show_the_app(slides: Path, view: Page) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(slides))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        view.goto(f"http://localhost:{server.server_port}/slides.html")  # another site than 127.0.0.1
        expect_stage_in_frame(view)
        server.shutdown()


def test_a_link_with_2000_points_opens(door: str, view: Page) -> None:
    points = encode([(i % 50 / 25 - 1, i // 50 / 20 - 1, i % 3) for i in range(2000)])
    assert len(points) == 10_000
    open_page(view, door, "live_training", lang="en", train_data="points", points=points)
    scrub_to_step(view, 3)
    status, _, _ = request(address_of(door, "live_training", points=points), Referer=view.url)
    assert status == 200


def statuses_of_a_first_view(door: str) -> list[int]:
    """Return the statuses of the requests of a reader whose browser is new."""
    status, headers, _ = request(f"{door}/{FIRST_VIEW[0]}")
    cookie = headers["Set-Cookie"].split(";")[0]
    return [status, *(request(f"{door}/{path}", Cookie=cookie)[0] for path in FIRST_VIEW[1:])]


def test_a_class_behind_one_address_is_let_in(door: str) -> None:
    with ThreadPoolExecutor(20) as phones:
        statuses = list(phones.map(statuses_of_a_first_view, [door] * CLASS))
    assert statuses == [[200] * len(FIRST_VIEW)] * CLASS


def test_one_reader_is_limited_and_others_are_not(door: str) -> None:
    cookies = [
        request(door)[1]["Set-Cookie"].split(";")[0],
        request(door)[1]["Set-Cookie"].split(";")[0],
    ]
    with ThreadPoolExecutor(10) as tabs:
        statuses = list(tabs.map(lambda _: request(f"{door}/_stcore/health", Cookie=cookies[0])[0], range(400)))
    assert set(statuses) == {200, 429}
    assert request(f"{door}/_stcore/health", Cookie=cookies[1])[0] == 200


def test_scripts_are_compressed_and_kept(door: str) -> None:
    address = f"{door}/static/js/{SCRIPT.name}"
    answers = [request(address, **{"Accept-Encoding": "gzip"}) for _ in range(2)]
    for status, headers, body in answers:
        assert status == 200
        assert headers["Content-Encoding"] == "gzip"
        assert headers["Set-Cookie"] is None  # a cache on the way may keep the answer
        assert "immutable" in headers["Cache-Control"]
        assert gzip.decompress(body) == SCRIPT.read_bytes()
        assert len(body) < SCRIPT.stat().st_size / 3
    assert request(address)[2] == SCRIPT.read_bytes()
