"""What the browser loads for the first view of a page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.app import PAGES, open_page

FONTS = (
    "() => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /woff2$/.test(name))"
)


@pytest.mark.parametrize("page", PAGES)
def test_no_font_is_loaded_for_a_few_words(base: str, view: Page, page: str) -> None:
    open_page(view, base, page, lang="en")
    fonts = view.evaluate(FONTS)
    assert any("SourceSansVF-Upright" in font for font in fonts)
    assert [font for font in fonts if "SourceSansVF-Italic" in font or "SourceCode" in font] == []
