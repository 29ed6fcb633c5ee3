"""For readers who do not see, do not point, or do not tell the colours: every view, in both languages and themes."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.app import LANGUAGES, PAGES, open_page, settle
from tests.browser.seen import DEEP
from tests.browser.views import PROJECTED, VIEWS, View
from ui.i18n import catalogue
from ui.lecture import steps

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RUN_AXE = """() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations"],
})"""
TABS = 160
EACH_VIEW = pytest.mark.parametrize("shown", [*VIEWS, *PROJECTED], ids=lambda shown: shown.name)

FOCUSED = (
    "() => {"
    + DEEP
    + """
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body) return null;
    const marked = (element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
    };
    const around = [at, at.parentElement, at.parentElement?.parentElement].filter(Boolean);
    window.reached ??= new Set();
    const known = reached.has(at);
    reached.add(at);
    return { name: named(at), known, marked: [...around, ...at.querySelectorAll("*")].some(marked) };
}"""
)
UNREACHED = (
    "() => {"
    + DEEP
    + """
    // Streamlit's twins of a key: ↑ ↓ in a number field step it, and opens a list.
    const twin = "[data-testid^=stNumberInputStep], [data-testid=stSelectbox] button";
    const oneOfGroup = (element) => element.matches("[role=radio]") &&
        [...element.closest("[role=radiogroup]").querySelectorAll("[role=radio]")].some((other) => reached.has(other));
    const passedOver = (element) => !reached.has(element) && !element.matches(twin) && !oneOfGroup(element);
    return operable().filter((element) => shown(target(element)) && passedOver(element)).map(named);
}"""
)


def expect_accessible(view: Page) -> None:
    """axe-core finds nothing against WCAG 2.2, levels A and AA."""
    view.evaluate(AXE)
    faults = [
        f"{violation['id']} {node['target']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in view.evaluate(RUN_AXE)["violations"]
        for node in violation["nodes"]
    ]
    assert not faults, "\n\n".join(faults)


@EACH_VIEW
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_light_or_dark(base: str, view: Page, shown: View, language: str) -> None:
    shown.open(view, base, lang=language)
    expect_accessible(view)
    view.emulate_media(color_scheme="dark")
    settle(view)
    expect_accessible(view)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens_over_a_page(base: str, browser: Browser, language: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    view, texts = context.new_page(), catalogue(language)
    open_page(view, base, "softmax_playground", lang=language)
    view.get_by_role("button", name=texts["playground.classes"]).click()
    expect(view.get_by_test_id("stPopoverBody")).to_be_visible()
    settle(view)
    expect_accessible(view)
    view.keyboard.press("Escape")
    view.get_by_role("button", name=texts["app.share"]).click()
    expect(view.get_by_role("dialog")).to_be_visible()
    view.wait_for_timeout(500)  # it fades in
    expect_accessible(view)
    view.keyboard.press("Escape")
    expect(view.get_by_role("dialog")).to_be_hidden()
    open_page(view, base, "live_training", lang=language)
    view.get_by_role("button", name=f"{texts['stage.help']} {texts['control.rate']}").click()
    expect_accessible(view)
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_step_asked_or_answered(
    base: str, browser: Browser, language: str, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    view = context.new_page()
    for step in steps(language).values():
        open_page(view, base, step.page, lang=language, lecture=step.name)
        expect_accessible(view)
        view.locator(f".st-key-lecture_{step.name}_{step.right} button").click()
        settle(view)
        expect_accessible(view)
    context.close()


@EACH_VIEW
def test_every_control_is_reached_by_tab_and_seen_to_be(base: str, view: Page, shown: View) -> None:
    shown.open(view, base, lang="en")
    view.evaluate("() => { document.activeElement.blur(); window.reached = new Set(); }")
    for _ in range(TABS):
        view.keyboard.press("Tab")
        focused = view.evaluate(FOCUSED)
        if focused is None or focused["known"]:
            break
        assert focused["marked"], focused["name"]
    else:
        pytest.fail("no way out of the page")
    assert view.evaluate(UNREACHED) == []


def test_arrow_keys_choose_among_the_views(base: str, view: Page) -> None:
    open_page(view, base, "loss_explorer", lang="en")
    view.get_by_role("radio", name="−log p").focus()
    view.keyboard.press("ArrowRight")
    view.keyboard.press("Space")
    settle(view)
    expect(view.get_by_role("radio", name="Other losses")).to_be_focused()
    expect(view.get_by_role("radio", name="Other losses")).to_be_checked()
    assert "loss_view=against" in view.url


def test_escape_closes_the_help_of_a_dial(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en")
    asked = view.get_by_role("button", name="About: Learning rate α")
    asked.focus()
    view.keyboard.press("Enter")
    expect(view.get_by_text("How far each update goes")).to_be_visible()
    expect(asked).to_have_attribute("aria-expanded", "true")
    view.keyboard.press("Escape")
    expect(view.get_by_text("How far each update goes")).to_be_hidden()
    expect(asked).to_have_attribute("aria-expanded", "false")
    expect(asked).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_and_title_are_the_pages_soon_after_loading_and_always_after(
    base: str, view: Page, language: str
) -> None:
    view.add_init_script(
        """window.seen = [];
        const look = () => {
            const heading = document.querySelector("h1")?.textContent;
            if (heading) seen.push([performance.now(), document.documentElement.lang]);
            requestAnimationFrame(look);
        };
        look();"""
    )
    texts = catalogue(language)
    open_page(view, base, "live_training", lang=language)
    for name in PAGES:
        view.get_by_role("banner").get_by_role("link", name=texts[f"{name}.nav"], exact=True).click()
        expect(view.get_by_role("heading", level=1)).to_have_text(texts[f"{name}.title"])
        expect(view).to_have_title(texts["app.tab"].format(page=texts[f"{name}.nav"]))
    seen = view.evaluate("seen")
    right = next(time for time, spoken in seen if spoken == language)
    assert right - seen[0][0] < 2000
    assert {spoken for time, spoken in seen if time >= right} == {language}
    other = next(code for code in LANGUAGES if code != language)
    view.get_by_role("radio", name=catalogue(other)["app.language_name"]).click()
    expect(view.get_by_role("heading", level=1)).to_have_text(catalogue(other)[f"{PAGES[-1]}.title"])
    expect(view.locator("html")).to_have_attribute("lang", other)
    expect(view).to_have_title(catalogue(other)["app.tab"].format(page=catalogue(other)[f"{PAGES[-1]}.nav"]))


def test_what_streamlit_says_is_said_in_the_readers_language(base: str, view: Page) -> None:
    english = re.compile("[A-Za-z]{4}")
    ours = "|".join(re.escape(text) for text in catalogue("ja").values())
    for shown in VIEWS:
        shown.open(view, base, lang="ja")
        said = view.evaluate(
            """() => [...document.querySelectorAll("[aria-label], [placeholder], [title]")].flatMap((element) =>
                ["aria-label", "placeholder", "title"].map((name) => element.getAttribute(name)).filter(Boolean))"""
        )
        left = [text for text in said if english.search(re.sub(ours, "", text))]
        assert left == [], shown.name
    view.get_by_test_id("stMainMenuButton").click()
    expect(view.get_by_text(catalogue("ja")["streamlit.print"], exact=True)).to_be_visible()
    open_page(view, base, "live_training", lang="ja", train_data="table")
    expect(view.get_by_test_id("stFileUploader")).to_contain_text(catalogue("ja")["streamlit.upload"])
    view.get_by_role("radio", name="English").click()
    settle(view)
    expect(view.get_by_test_id("stFileUploader")).to_contain_text("Upload")
    expect(view.get_by_role("button", name="Help for Features").first).to_be_visible()


def test_the_stage_says_where_it_stands_once_it_has_stopped(base: str, view: Page) -> None:
    open_page(view, base, "live_training", lang="en", train_data="separable")
    said = view.locator(".stage .said")
    expect(said).to_have_attribute("role", "status")
    said.evaluate(
        """(said) => { window.told = [];
            new MutationObserver(() => told.push(said.textContent)).observe(said, { childList: true }); }"""
    )
    view.get_by_test_id("stage-play").click()
    view.wait_for_timeout(1200)
    assert view.evaluate("told") == []
    view.get_by_test_id("stage-play").click()
    step = view.get_by_test_id("stage-step").inner_text()
    expect(said).to_have_text(re.compile(rf"step {step}, loss \d\.\d+, accuracy [01]\.\d+"))
    assert len(view.evaluate("told")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_say_what_they_show_now(base: str, view: Page, language: str) -> None:
    def alts() -> list[str]:
        found: list[str] = view.evaluate(
            "() => {"
            + DEEP
            + """
            const pictures = [...everything(document)].filter((element) => shown(element) &&
                element.matches("canvas:not(.regions, .moving), svg[role=img], [data-testid=stPlotlyChart], img"));
            return pictures.map((element) => element.getAttribute("aria-label") || element.alt ||
                element.querySelector("[role=img][aria-label]")?.getAttribute("aria-label") || "");
        }"""
        )
        return found

    for shown in VIEWS:
        shown.open(view, base, lang=language)
        assert all(alts()), shown.name
    moves = {
        "live_training": ({"train_data": "penguins", "view": "2"}, "stage-step-forward"),
        "loss_explorer": ({"loss_view": "surface"}, "surface-step"),
    }
    for name, (parameters, press) in moves.items():
        View(name, parameters).open(view, base, lang=language)
        before = alts()
        view.get_by_test_id(press).click()
        settle(view)
        view.wait_for_timeout(500)
        assert all(old != new for old, new in zip(before, alts(), strict=True)), before
    open_page(view, base, "loss_explorer", lang=language, loss_view="against")
    before = alts()
    view.get_by_test_id("curves-point").focus()
    view.keyboard.press("PageDown")
    settle(view)
    assert all(old != new for old, new in zip(before, alts(), strict=True)), before


def test_little_motion_is_shown_in_steps(base: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    view = context.new_page()

    def places_in(seconds: float, read: str) -> int:
        """How many different things are seen while something plays."""
        view.evaluate(
            f"""() => {{
                window.places = new Set();
                const look = () => {{ places.add({read}); requestAnimationFrame(look); }};
                look();
            }}"""
        )
        view.wait_for_timeout(seconds * 1000)
        return int(view.evaluate("places.size"))

    deep = "[...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')].map((host) => host.shadowRoot"
    open_page(view, base, "live_training", lang="en", train_data="separable")
    view.get_by_test_id("stage-play").click()
    assert 2 <= places_in(2, f"{deep}?.querySelector('[data-testid=stage-step]')?.textContent).join('')") <= 6
    open_page(view, base, "softmax_vs_sigmoid", lang="en", part="belief", belief="rbf", believers="60")
    view.get_by_role("button", name="Fit T").click()
    assert places_in(1, f"{deep}?.querySelector('.calibration')?.dataset.temperature).join('')") <= 2
    context.close()
