"""Predict, then look: questions that are answered first by the reader, then by the page itself.

The question on screen and the answer given are in the link, as `<page>_prompt` and `<page>_guess`. Texts, by key:
`predict.<page>_<name>` the question, `predict.<page>_<name>_<option>` its options, and `predict.<page>_<name>_why` the
answer explained.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from ui import link, markup
from ui.i18n import t


@dataclass(frozen=True)
class Question:
    """What is asked: the names of its options, the right one, and how the page shows the answer.

    `show` sets session values so that the page answers. `begin` sets those it is asked about, when one turns to it.
    """

    options: tuple[str, ...]
    right: str
    show: Callable[[], None]
    begin: Callable[[], None] | None = None


def prompts(page: str, questions: Mapping[str, Question]) -> None:
    """Put up one question of a page's, with the way to the others."""
    prompt, guess = f"{page}_prompt", f"{page}_guess"
    names = list(questions)
    link.adopt(prompt, {name: name for name in names}.get, names[0])
    name: str = st.session_state[prompt]
    question = questions[name]
    link.adopt(guess, {option: option for option in question.options}.get, "")
    given: str = st.session_state[guess]
    link.write(prompt, name, names[0])
    link.write(guess, given, "")
    place = names.index(name)

    def turn_to(other: str) -> None:
        st.session_state.update({prompt: other, guess: ""})
        if (begin := questions[other].begin) is not None:
            begin()

    def answer(option: str) -> None:
        st.session_state[guess] = option
        question.show()

    def turner(icon: str, label: str, other: int) -> None:
        st.button(
            t(label), key=f"{page}_turn_{icon}", icon=f":material/{icon}:", on_click=turn_to,
            args=(names[other % len(names)],), width="content", type="tertiary",
        )  # fmt: skip

    with st.container(key="predict", border=True, gap="small"):
        st.markdown(f"**{t('predict.title')}** ({place + 1} / {len(names)})  \n{t(f'predict.{page}_{name}')}")
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
            with st.container(horizontal=True, width="content", gap="small"):
                labels = {option: t(f"predict.{page}_{name}_{option}") for option in question.options}
                option_buttons(f"{page}_{name}", labels, question.right, given, answer, disabled=bool(given))
                if given:
                    st.button(t("predict.again"), key=f"{page}_again", on_click=turn_to, args=(name,), type="tertiary")
            with st.container(horizontal=True, width="content", gap="small"):
                turner("arrow_back", "predict.back", place - 1)
                turner("arrow_forward", "predict.next", place + 1)
        if given:
            verdict = t("predict.right" if given == question.right else "predict.wrong")
            markup.verdict(given == question.right, verdict, t(f"predict.{page}_{name}_why"))


def option_buttons(
    key: str,
    labels: Mapping[str, str],
    right: str,
    given: str,
    answer: Callable[[str], None],
    *,
    disabled: bool = False,
) -> None:
    """A button for each option of a question, by name; once one was given, with a mark on it and on the right one."""
    for option, label in labels.items():
        mark = "" if not given else "✓ " if option == right else "✗ " if option == given else ""
        st.button(
            f"{mark}{label}", key=f"{key}_{option}", on_click=answer, args=(option,), disabled=disabled,
            type="primary" if given and option == right else "secondary", width="content",
        )  # fmt: skip
