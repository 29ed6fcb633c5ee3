"""The panel of the guided lecture, drawn above a page.

A step sets the state of one page, names what to look at, and asks one question. The address holds the open step
(`lecture`) and the guess (`lecture_guess`), next to the page's own query parameters.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ui.components.keyboard_shortcuts import keyboard_shortcuts
from ui.data.drawn_points import KEY as POINTS
from ui.i18n import LANGUAGE, language, t
from ui.lecture.quiz import option_buttons
from ui.lecture.steps import Step, load_steps
from ui.look import html, layout
from ui.look.theme import PRESENT
from ui.state import url_state

KEY, GUESS = "lecture", "lecture_guess"
LAST_STEP = "lecture_last_step"
"""Session key of the name of the step at which the user left the lecture."""

KEPT_KEYS = (LANGUAGE, PRESENT, POINTS, KEY, GUESS)
"""Session keys and query parameters that links inside the app, and opening a step, leave unchanged."""


def current_step() -> Step | None:
    """Return the open step, or None."""
    return load_steps(language()).get(st.session_state.get(KEY, ""))


def is_open_on(page: str) -> bool:
    """Return whether the open step belongs to this page."""
    step = current_step()
    return step is not None and step.page == page


def has_open_question_on(page: str) -> bool:
    """Return whether the open step belongs to this page and its question has not been answered yet."""
    return is_open_on(page) and not st.session_state.get(GUESS)


def open_from_url(page: str) -> None:
    """Open the step in the query parameter `lecture`, if the parameter has changed. `page` is the page on screen.

    If the step belongs to this page, reset the page to the state of the step; query parameters in the address take
    precedence. If no step has this name, close the lecture.
    """
    name = url_state.changed_in_url(KEY)
    if name is None:
        return
    step = load_steps(language()).get(name)
    if step is None:
        _close_lecture()
        return
    url_state.count_opening()
    guess = step.valid_guess(st.query_params.get(GUESS))
    st.session_state.update({KEY: name, GUESS: guess})
    if step.page == page:
        url_state.reset_to({**step.url_parameters(guess), **st.query_params.to_dict()}, KEPT_KEYS)


def show_panel(page: str) -> None:
    """Draw the open step, if there is one, and listen to keyboard shortcuts. Write step and guess into the address.

    On other pages than that of the step, draw only its head.
    """
    step = current_step()
    _write_to_url(step)
    if step is None:
        keyboard_shortcuts(step="", texts=_key_texts())
        return
    with st.container(key="lecture", gap="small"):
        _show_head(step, page)
        if step.page == page:
            _show_body(step)


def show_start_buttons() -> None:
    """Draw the buttons that start the lecture, or resume it at the step where the user left."""
    all_steps = load_steps(language())
    last = all_steps.get(st.session_state.get(LAST_STEP, ""))
    with st.container(key="lecture_entrance", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(t("lecture.entrance", count=len(all_steps)), width="stretch")
        if last is not None and st.button(
            t("lecture.resume", number=_step_number(last), title=last.title), type="primary", width="content"
        ):
            open_step(last)
        if st.button(t("lecture.start"), type="secondary" if last else "primary", width="content"):
            open_step(next(iter(all_steps.values())))


def open_step(step: Step) -> None:
    """Switch to the page of a step and open the step there, without a guess."""
    url_state.reread(KEY, step.name)
    parameters = {KEY: step.name, **step.url_parameters(), LANGUAGE: language()}
    st.switch_page(layout.page_file(step.page), query_params=parameters)


def _show_head(step: Step, page: str) -> None:
    """Draw title and progress, and buttons to change the step, to restart it and to leave the lecture."""
    all_steps = list(load_steps(language()).values())
    i = _step_number(step) - 1
    progress = f"{i + 1} / {len(all_steps)}"
    section = f"{step.section}. {t(f'home.section_{step.section}')}"
    with st.container(key="lecture_head", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch"):
            html.lecture_title(progress, step.title)
        if step.page != page and st.button(t("lecture.return"), type="primary", width="content"):
            open_step(step)
        with st.container(key="lecture_turn", horizontal=True, width="content", gap="small"):
            _step_button("back", all_steps[i - 1] if i else None)
            with st.popover(section, width="content"):
                for number in dict.fromkeys(other.section for other in all_steps):
                    first = next(other for other in all_steps if other.section == number)
                    name = f"{number}. {t(f'home.section_{number}')}"
                    if st.button(name, key=f"lecture_section_{number}", type="tertiary"):
                        open_step(first)
            _step_button("next", all_steps[i + 1] if i + 1 < len(all_steps) else None)
            if step.page == page and st.button(
                t("lecture.again"), key="lecture_again", icon=":material/replay:", type="tertiary"
            ):
                open_step(step)
            st.button(
                t("lecture.leave"), key="lecture_leave", icon=":material/close:", on_click=_leave, type="tertiary"
            )
            keyboard_shortcuts(step=step.name, texts=_key_texts())


def _step_button(direction: Literal["back", "next"], target: Step | None) -> None:
    icon = {"back": ":material/arrow_back:", "next": ":material/arrow_forward:"}[direction]
    clicked = st.button(
        t(f"lecture.{direction}"), key=f"lecture_{direction}", icon=icon, disabled=target is None,
        type="primary" if direction == "next" else "secondary",
    )  # fmt: skip
    if clicked and target is not None:
        open_step(target)


def _show_body(step: Step) -> None:
    """Draw the text of the step on the left; draw the question and its options on the right.

    The text says what to look at before the guess, and gives the answer after the guess.
    """
    guess: str = st.session_state[GUESS]

    def submit(option: str) -> None:
        st.session_state[GUESS] = option
        if step.shown:
            url_state.reset_to({**_kept_parameters(), **step.url_parameters(option)}, KEPT_KEYS)

    left, right = st.columns([1.25, 1], gap="medium")
    with left, st.container(key="lecture_text"):
        if guess:
            mark, verdict = ("✓", "right") if guess == step.right else ("✗", "wrong")
            st.markdown(f"**{mark} {t(f'predict.{verdict}')}** {step.answer}")
        else:
            st.markdown(step.instructions)
    with right:
        st.markdown(f"**{step.question}**")
        with st.container(key="lecture_options", horizontal=True, gap="small"):
            option_buttons(f"lecture_{step.name}", step.options, step.right, guess, submit)


def _kept_parameters() -> dict[str, str]:
    """Return the query parameters in the address that a step does not set.

    They are those in KEPT_KEYS, and those of embedding, which begin with "embed".
    """
    return {key: text for key, text in st.query_params.to_dict().items() if key in KEPT_KEYS or key.startswith("embed")}


def _write_to_url(step: Step | None) -> None:
    """Write the open step and the guess into the address; remove both if no step is open."""
    if step is None:
        _close_lecture()
        return
    url_state.write_to_url(KEY, step.name, "")
    guess = step.valid_guess(st.session_state.get(GUESS))
    st.session_state[GUESS] = guess
    if guess:
        url_state.write_to_url(GUESS, guess, "")
    else:
        url_state.remove_from_url(GUESS)


def _leave() -> None:
    st.session_state[LAST_STEP] = st.session_state[KEY]
    _close_lecture()


def _close_lecture() -> None:
    st.session_state.update({KEY: "", GUESS: ""})
    url_state.remove_from_url(KEY)
    url_state.remove_from_url(GUESS)


def _step_number(step: Step) -> int:
    """Return the position of a step in the lecture, from 1."""
    return list(load_steps(language())).index(step.name) + 1


def _key_texts() -> dict[str, str]:
    shortcuts = ("keys_turn", "keys_arrows", "keys_answer", "keys_stage", "keys_fold", "keys_list")
    return {name: t(f"lecture.{name}") for name in ("keys", "keys_close", *shortcuts, "fold")}
