"""Pieces of HTML: tables, facts and formulas with live numbers. Everything that comes in as text is escaped here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from core.activations import Floats
from ui.i18n import t
from ui.numbers import decimal
from ui.theme import GLYPHS

WORD_JOINER = "\u2060"
"""Parts nothing that is seen."""


@dataclass(frozen=True)
class Html:
    """Markup made by this module, which is not escaped again."""

    text: str


Content = str | Html
Row = Sequence[Content]


def in_class_colour(content: Content, k: int) -> Html:
    """Text in the colour of class k."""
    return Html(f'<span class="number" style="color:var(--class-{k})">{_html(content)}</span>')


def class_name(k: int, name: str) -> Html:
    """The marker and name of class k, in its colour."""
    return Html(
        f'<span class="class-name" style="color:var(--class-{k})"><span aria-hidden="true">{GLYPHS[k]}</span> '
        f"{escape(name)}</span>"
    )


def power(exponent: str) -> Html:
    """e raised to a number."""
    return Html(f"e<sup>{escape(exponent)}</sup>")


def below(index: str) -> Html:
    """A subscript."""
    return Html(f"<sub>{escape(index)}</sub>")


def joined(parts: Sequence[Content], between: Content = "") -> Html:
    """Several pieces in one."""
    return Html(_html(between).join(_html(part) for part in parts))


def table(
    header: Sequence[Content],
    rows: Sequence[Row],
    *,
    caption: str = "",
    lit: int | None = None,
) -> None:
    """An accessible table whose first column names its rows; row `lit` is highlighted."""
    head = "".join(f'<th scope="col">{_html(cell)}</th>' if cell else "<td></td>" for cell in header)
    body = ""
    for index, (name, *cells) in enumerate(rows):
        numbers = "".join(f"<td>{_html(cell)}</td>" for cell in cells)
        row_class = ' class="lit"' if index == lit else ""
        body += f'<tr{row_class}><th scope="row">{_html(name)}</th>{numbers}</tr>'
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    st.html(
        f'<div class="scroll-x" tabindex="0" role="group" aria-label="{escape(caption or t("app.table"))}">'
        f'<table class="numbers">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def matrix(caption: str, class_names: Sequence[str], row_names: Sequence[str], values: Floats) -> None:
    """Numbers with a column for each class."""
    table(
        ["", *(class_name(k, name) for k, name in enumerate(class_names))],
        [
            [name, *(in_class_colour(decimal(value), k) for k, value in enumerate(row))]
            for name, row in zip(row_names, values, strict=True)
        ],
        caption=caption,
    )


def fields_as_text(fields: Sequence[tuple[str, str]], columns: int, why: str) -> None:
    """The (label, text) of a form's fields, in the form's place while it cannot be filled in, and why it cannot."""
    cells = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in fields)
    st.html(f'<dl class="fields" style="--columns:{columns}">{cells}</dl><p class="fields-note">{escape(why)}</p>')


def facts(items: Sequence[tuple[str, Content, str]], lit: int | None = None) -> None:
    """Cards of (what, its value now, what to make of it); card `lit` is the one that applies."""
    cards = "".join(
        f'<div class="fact{" lit" if index == lit else ""}"><div>{escape(what)}</div>'
        f'<div class="value">{"✓ " if index == lit else ""}{_html(value)}</div>'
        f'<div class="note">{escape(note)}</div></div>'
        for index, (what, value, note) in enumerate(items)
    )
    st.html(f'<div class="facts">{cards}</div>')


def paired_bars(names: Sequence[str], pairs: Sequence[tuple[tuple[float, str], ...]], called: tuple[str, str]) -> None:
    """Two shares in 0 … 1, and their texts, for each class, in its colour: the first solid, the second hatched."""
    rows = "".join(
        f'<div>{class_name(k, name).text}</div><div style="color:var(--class-{k})">'
        + "".join(
            f'<div class="bar"><i class="{look}" style="width:{80 * value:.3f}%"></i>'
            f'<span><span class="unseen">{escape(what)}</span> {escape(text)}</span></div>'
            for look, what, (value, text) in zip(("solid", "hatched"), called, pair, strict=True)
        )
        + "</div>"
        for k, (name, pair) in enumerate(zip(names, pairs, strict=True))
    )
    st.html(f'<div class="bars">{_key_to_bars(called)}{rows}</div>')


def stacked_bars(rows: Sequence[tuple[str, tuple[float, float]]], called: tuple[str, str], most: float) -> None:
    """Bars of two lengths put end to end, on a common scale that ends at `most`."""
    bars = "".join(
        f'<div>{escape(name)}</div><div><div class="bar tall">'
        + "".join(
            f'<i class="{look}" style="width:{100 * value / most:.3f}%"></i>'
            for look, value in zip(("solid", "hatched"), parts, strict=True)
        )
        + f"</div>{' + '.join(decimal(value) for value in parts)} = {decimal(sum(parts))}</div>"
        for name, parts in rows
    )
    st.html(f'<div class="bars neutral">{_key_to_bars(called)}{bars}</div>')


def _key_to_bars(called: tuple[str, str]) -> str:
    first, second = map(escape, called)
    return f'<div class="key" aria-hidden="true"><i class="solid"></i>{first}<i class="hatched"></i>{second}</div>'


def formula(*parts: Content) -> None:
    """A line of mathematics with live numbers."""
    st.html(f'<div class="formula">{joined(parts).text}</div>')


def code(text: str) -> None:
    """A few lines of a program, in one colour: what Streamlit colours them with weighs 1.5 MB."""
    st.html(f'<pre class="code" tabindex="0"><code>{escape(text)}</code></pre>')


def notice(text: str) -> None:
    """What to notice, set apart."""
    st.html(f'<div class="notice"><p>{escape(text)}</p></div>')


def verdict(right: bool, word: str, why: str) -> None:
    """How an answer was, and why; screen readers are told."""
    mark = "✓" if right else "✗"
    st.html(
        f'<div class="notice" role="status"><p><strong>{mark} {escape(word)}</strong> {escape(why)}</p></div>',
    )


def lecture_title(progress: str, title: str) -> None:
    """The heading of a step of the lecture; screen readers are told when another one opens."""
    st.html(
        f'<h2 class="lecture-title" aria-live="polite" aria-atomic="true"><span>{escape(progress)}</span> '
        f"{escape(title)}</h2>"
    )


def plain(text: str) -> str:
    """Text as it is, for where Streamlit reads Markdown: labels and captions. No link is made of an address either."""
    unlinked = re.sub("(//|www|@)", f"\\1{WORD_JOINER}", text, flags=re.IGNORECASE)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", unlinked)


def _html(content: Content) -> str:
    return content.text if isinstance(content, Html) else escape(content)
