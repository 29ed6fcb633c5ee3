"""What the browser loads for the first view of a page."""

from __future__ import annotations

import pytest

from tests.browser.app import PAGES, open_page
from tests.browser.conftest import NewView

FONTS = (
    "() => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /woff2$/.test(name))"
)


@pytest.mark.timed  # if styles arrive late, texts are drawn without them at first
@pytest.mark.parametrize("page", PAGES)
def test_no_font_is_loaded_for_a_few_words(base: str, new_view: NewView, page: str) -> None:
    view = new_view(color_scheme="light")  # in a browser context of its own, without fonts of other tests
    open_page(view, base, page, lang="en")
    fonts = view.evaluate(FONTS)
    assert any("SourceSansVF-Upright" in font for font in fonts)
    assert [font for font in fonts if "SourceSansVF-Italic" in font or "SourceCode" in font] == []
