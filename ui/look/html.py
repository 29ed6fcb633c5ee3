"""HTML elements: tables, cards, pictures, bars and formulas with live numbers.

Every `str` argument is escaped. `Html` is markup from this module and is not escaped again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import segno
import streamlit as st

from core.activations import Floats
from ui.i18n import t
from ui.i18n.number_format import format_decimal
from ui.look.terms import with_terms
from ui.look.theme import GLYPHS

WORD_JOINER = "\u2060"
"""An invisible character. Streamlit does not turn a URL that contains it into a link."""


@dataclass(frozen=True)
class Html:
    """Markup from this module."""

    text: str


Content = str | Html
Row = Sequence[Content]


def in_class_colour(content: Content, k: int) -> Html:
    """Return the content as HTML in the colour of class k."""
    return Html(f'<span class="number" style="color:var(--class-{k})">{_html(content)}</span>')


def class_name(k: int, name: str) -> Html:
    """Return the marker and the name of class k as HTML in the colour of the class."""
    marker = f'<span aria-hidden="true">{GLYPHS[k]}</span>'
    return Html(f'<span class="class-name" style="color:var(--class-{k})">{marker} {escape(name)}</span>')


def e_to_the(exponent: str) -> Html:
    """Return e with an exponent, as HTML."""
    return Html(f"e<sup>{escape(exponent)}</sup>")


def join(parts: Sequence[Content], separator: Content = "") -> Html:
    """Return the parts, joined by the separator, as HTML."""
    return Html(_html(separator).join(_html(part) for part in parts))


def table(header: Sequence[Content], rows: Sequence[Row], *, caption: str = "", highlighted: int | None = None) -> None:
    """Draw a table that screen readers can read.

    `header` has one entry per column. The first cell of each row is the name of the row. `highlighted` is the index of
    a row to highlight.
    """
    head = "".join(f'<th scope="col">{_html(cell)}</th>' if cell else "<td></td>" for cell in header)
    body = ""
    for index, (name, *cells) in enumerate(rows):
        numbers = "".join(f"<td>{_html(cell)}</td>" for cell in cells)
        row_class = ' class="highlighted"' if index == highlighted else ""
        body += f'<tr{row_class}><th scope="row">{_html(name)}</th>{numbers}</tr>'
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    st.html(
        f'<div class="scroll-x" tabindex="0" role="group" aria-label="{escape(caption or t("app.table"))}">'
        f'<table class="numbers">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def matrix(caption: str, class_names: Sequence[str], row_names: Sequence[str], values: Floats) -> None:
    """Draw a table of `values`, shape (rows, classes), with one column per class."""
    header: list[Content] = ["", *(class_name(k, name) for k, name in enumerate(class_names))]
    rows: list[Row] = [
        [name, *(in_class_colour(format_decimal(value), k) for k, value in enumerate(row))]
        for name, row in zip(row_names, values, strict=True)
    ]
    table(header, rows, caption=caption)


def fields_as_text(fields: Sequence[tuple[str, str]], columns: int, note: str) -> None:
    """Draw (label, text) pairs like disabled text fields, in `columns` columns, with a note below."""
    cells = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in fields)
    st.html(f'<dl class="fields" style="--columns:{columns}">{cells}</dl><p class="fields-note">{escape(note)}</p>')


def stat_cards(items: Sequence[tuple[str, Content, str]], highlighted: int | None = None) -> None:
    """Draw one card per (label, value, note). The card with the index `highlighted` has a check mark."""
    cards = "".join(
        f'<div class="stat-card{" highlighted" if index == highlighted else ""}"><div>{escape(label)}</div>'
        f'<div class="value">{"✓ " if index == highlighted else ""}{_html(value)}</div>'
        f'<div class="note">{escape(note)}</div></div>'
        for index, (label, value, note) in enumerate(items)
    )
    st.html(f'<div class="stat-cards">{cards}</div>')


def pictures(label: str, addresses: Sequence[str], captions: Sequence[str]) -> None:
    """Draw small pictures with captions, which are also their texts for screen readers. `label` names all of them."""
    figures = "".join(
        f'<figure><img src="{escape(address)}" alt="{escape(caption)}">'
        f'<figcaption aria-hidden="true">{escape(caption)}</figcaption></figure>'
        for address, caption in zip(addresses, captions, strict=True)
    )
    st.html(f'<div class="pictures" tabindex="0" role="group" aria-label="{escape(label)}">{figures}</div>')


def paired_bars(names: Sequence[str], pairs: Sequence[tuple[tuple[float, str], ...]], labels: tuple[str, str]) -> None:
    """Draw a solid and a hatched bar per class, in the colour of the class.

    `pairs` has one entry per class: for each of the two bars, its length (0 … 1) and the text beside it. `labels` are
    the names of the solid and the hatched bars in the legend.
    """
    rows = "".join(
        f'<div>{class_name(k, name).text}</div><div style="color:var(--class-{k})">'
        + "".join(
            f'<div class="bar"><i class="{style}" style="width:{80 * value:.3f}%"></i>'
            f'<span><span class="visually-hidden">{escape(label)}</span> {escape(text)}</span></div>'
            for style, label, (value, text) in zip(("solid", "hatched"), labels, pair, strict=True)
        )
        + "</div>"
        for k, (name, pair) in enumerate(zip(names, pairs, strict=True))
    )
    st.html(f'<div class="bars">{_bar_legend(labels)}{rows}</div>')


def stacked_bars(rows: Sequence[tuple[str, tuple[float, float]]], labels: tuple[str, str], maximum: float) -> None:
    """Draw one bar per row, which consists of a solid and a hatched part, on a scale 0 … `maximum`.

    A row is a name and the values of the two parts. `labels` are the names of the parts in the legend.
    """
    bars = "".join(
        f'<div>{escape(name)}</div><div><div class="bar tall">'
        + "".join(
            f'<i class="{style}" style="width:{100 * value / maximum:.3f}%"></i>'
            for style, value in zip(("solid", "hatched"), parts, strict=True)
        )
        + f"</div>{' + '.join(format_decimal(value) for value in parts)} = {format_decimal(sum(parts))}</div>"
        for name, parts in rows
    )
    st.html(f'<div class="bars neutral">{_bar_legend(labels)}{bars}</div>')


def vote_bars(
    options: Sequence[str], counts: Sequence[Sequence[int]], labels: Sequence[str], right: int | None
) -> None:
    """Draw the votes per option: one bar per vote on the question, two at most. `right` is the option to mark with ✓.

    `counts` has one sequence per vote, with one number per option; `labels` are the names of the votes.
    """
    styles = ("solid",) if len(counts) == 1 else ("hatched", "solid")
    rows = "".join(
        f"<div>{'✓ ' if i == right else ''}{escape(option)}</div><div>"
        + "".join(
            f'<div class="bar"><i class="{style}" style="width:{70 * vote[i] / (sum(vote) or 1):.1f}%"></i>'
            f'<span><span class="visually-hidden">{escape(label)}</span> {vote[i]}'
            f" ({round(100 * vote[i] / (sum(vote) or 1))} %)</span></div>"
            for style, label, vote in zip(styles, labels, counts, strict=True)
        )
        + "</div>"
        for i, option in enumerate(options)
    )
    keys = "".join(f'<i class="{style}"></i>{escape(label)}' for style, label in zip(styles, labels, strict=True))
    legend = f'<div class="legend-key" aria-hidden="true">{keys}</div>' if len(counts) > 1 else ""
    st.html(f'<div class="bars votes neutral" role="status">{legend}{rows}</div>')


def qr_code(code: segno.QRCode, label: str) -> None:
    """Draw a QR code. `label` is its text for screen readers."""
    picture = code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
    st.html(f'<img class="qr" src="{picture}" alt="{escape(label)}">')


def join_code(code: str, address: str) -> None:
    """Draw the code of a class session and the address at which students type it."""
    st.html(f'<p class="join-code"><strong>{escape(code)}</strong><br>{escape(address)}</p>', width="content")


def _bar_legend(labels: tuple[str, str]) -> str:
    first, second = map(escape, labels)
    bars = f'<i class="solid"></i>{first}<i class="hatched"></i>{second}'
    return f'<div class="legend-key" aria-hidden="true">{bars}</div>'


def formula(*parts: Content) -> None:
    """Draw a formula in one line, for instance with numbers that change."""
    st.html(f'<div class="formula">{join(parts).text}</div>')


def code(text: str) -> None:
    """Draw a few lines of code without syntax highlighting. `st.code` would load 1.5 MB for the highlighting."""
    st.html(f'<pre class="code" tabindex="0"><code>{escape(text)}</code></pre>')


def callout(text: str) -> None:
    """Draw one of the app's own texts in a box. Marked terms are explained."""
    st.html(f'<div class="callout"><p>{with_terms(escape(text, quote=False))}</p></div>')


def answer_feedback(correct: bool, verdict: str, explanation: str) -> None:
    """Draw whether an answer was correct, and why. Screen readers announce it. Marked terms are explained."""
    title = f"{'✓' if correct else '✗'} {escape(verdict)}"
    why = with_terms(escape(explanation, quote=False))
    st.html(f'<div class="callout" role="status"><p><strong>{title}</strong> {why}</p></div>')


def lecture_title(progress: str, title: str) -> None:
    """Draw the heading of a lecture step. Screen readers announce it when it changes."""
    content = f"<span>{escape(progress)}</span> {escape(title)}"
    st.html(f'<h2 class="lecture-title" aria-live="polite" aria-atomic="true">{content}</h2>')


def escape_markdown(text: str) -> str:
    """Return text escaped for Markdown, for use in labels and captions. URLs in the text do not become links."""
    without_links = re.sub("(//|www|@)", f"\\1{WORD_JOINER}", text, flags=re.IGNORECASE)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", without_links)


def _html(content: Content) -> str:
    return content.text if isinstance(content, Html) else escape(content)
