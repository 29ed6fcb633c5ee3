"""Questions of a page: the user first guesses the answer, then the page shows it.

The address holds the question on screen (`<page>_prompt`) and the guess (`<page>_guess`). The keys of the texts are
`predict.<page>_<name>` for the question, `predict.<page>_<name>_<option>` for its options and
`predict.<page>_<name>_why` for the explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import streamlit as st

from ui.data.drawn_points import POINTS
from ui.i18n import LANGUAGE, t
from ui.look import html
from ui.look.theme import PRESENT
from ui.state import url_state

CLASS = "class"
"""Session key and query parameter: code of the class session from which a student has opened the page."""

KEPT_KEYS = (LANGUAGE, PRESENT, POINTS, CLASS)
"""Session keys and query parameters that no question changes."""


@dataclass(frozen=True)
class Question:
    """A question of a page.

    options: the names of the options.
    right: the name of the right option.
    begin: called when the user opens the question; sets the session values that the question is about.
    show: called after the guess; sets the session values that show the answer on the page.
    """

    options: tuple[str, ...]
    right: str
    begin: Callable[[], None]
    show: Callable[[], None]


class QuestionOnScreen(NamedTuple):
    """A question on screen, and what a class session does with it.

    key: the key of its text.
    begin: show the question without a guess.
    answer: answer with the name of an option, which shows the answer on the page.
    open_next: open the next question.
    """

    key: str
    question: Question
    begin: Callable[[], None]
    answer: Callable[[str], None]
    open_next: Callable[[], None]


class ClassSide(NamedTuple):
    """What a class session adds to a quiz: its button, and what is done when the user leaves the question of a key."""

    show_button: Callable[[QuestionOnScreen], None]
    leave: Callable[[str], None]


def reset_page(parameters: Mapping[str, str], keep: Sequence[str]) -> None:
    """Reset the page to the state of a link with these query parameters. Those in `keep` stay as they are."""
    kept = (*KEPT_KEYS, *keep)
    present = st.query_params.to_dict().items()
    stays = {key: text for key, text in present if key in kept or key.startswith("embed")}
    url_state.reset_to({**stays, **parameters}, kept)


def state_setter(page: str, **parameters: str) -> Callable[[], None]:
    """Return a function that resets the page to the state of a link, but keeps the question and the guess of a quiz.

    `page` is the name that the quiz has in `show_quiz`.
    """
    return lambda: reset_page(parameters, (f"{page}_prompt", f"{page}_guess"))


def show_quiz(page: str, questions: Mapping[str, Question], class_side: ClassSide) -> None:
    """Draw one question, and buttons for the previous and the next one. Write question and guess into the address.

    After a guess, draw whether the guess is right, and the explanation.
    """
    name, guess = _sync_with_url(page, questions)
    names, question = list(questions), questions[name]
    i, key = names.index(name), f"predict.{page}_{name}"
    following = names[(i + 1) % len(names)]

    def open_question(other: str) -> None:
        if other != name:
            class_side.leave(key)
        url_state.count_opening()
        url_state.set_state({f"{page}_prompt": other, f"{page}_guess": ""})
        questions[other].begin()

    def submit(option: str) -> None:
        url_state.set_state({f"{page}_guess": option})
        question.show()

    def question_button(icon: str, label: str, other: str) -> None:
        st.button(
            t(label), key=f"{page}_turn_{icon}", icon=f":material/{icon}:", on_click=open_question, args=(other,),
            width="content", type="tertiary",
        )  # fmt: skip

    with st.container(key="quiz", border=True, gap="small"):
        st.markdown(f"**{t('predict.title')}** ({i + 1} / {len(names)})  \n{t(key)}")
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
            with st.container(horizontal=True, width="content", gap="small"):
                labels = {option: t(f"{key}_{option}") for option in question.options}
                option_buttons(f"{page}_{name}", labels, question.right, guess, submit, disabled=bool(guess))
                if guess:
                    st.button(
                        t("predict.again"), key=f"{page}_again", on_click=open_question, args=(name,), type="tertiary"
                    )
            with st.container(horizontal=True, width="content", gap="small"):
                begin, open_next = partial(open_question, name), partial(open_question, following)
                class_side.show_button(QuestionOnScreen(key, question, begin, submit, open_next))
                question_button("arrow_back", "predict.back", names[i - 1])
                question_button("arrow_forward", "predict.next", following)
        if guess:
            verdict = t("predict.right" if guess == question.right else "predict.wrong")
            html.answer_feedback(guess == question.right, verdict, t(f"{key}_why"))


def _sync_with_url(page: str, questions: Mapping[str, Question]) -> tuple[str, str]:
    """Return the name of the question on screen and the guess, and write both into the address."""
    prompt_key, guess_key = f"{page}_prompt", f"{page}_guess"
    names = list(questions)
    url_state.sync_from_url(prompt_key, {name: name for name in names}.get, names[0])
    name: str = st.session_state[prompt_key]
    url_state.sync_from_url(guess_key, {option: option for option in questions[name].options}.get, "")
    guess: str = st.session_state[guess_key]
    url_state.write_to_url(prompt_key, name, names[0])
    url_state.write_to_url(guess_key, guess, "")
    return name, guess


def option_buttons(
    key: str,
    labels: Mapping[str, str],
    right: str,
    guess: str,
    on_answer: Callable[[str], None],
    *,
    disabled: bool = False,
) -> None:
    """Draw one button per option. After a guess, mark the right option with ✓ and a wrong guess with ✗.

    `labels` maps the names of the options to their texts. `right` is the name of the right option, and `guess` the name
    of the guessed option, or "" before the guess. `on_answer` is called with the name of the clicked option.
    """
    for option, label in labels.items():
        mark = "" if not guess else "✓ " if option == right else "✗ " if option == guess else ""
        st.button(
            f"{mark}{label}", key=f"{key}_{option}", on_click=on_answer, args=(option,), disabled=disabled,
            type="primary" if guess and option == right else "secondary", width="content",
        )  # fmt: skip
