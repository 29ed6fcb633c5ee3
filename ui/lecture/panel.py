"""The panel of the guided lecture, drawn above a page.

A step sets the state of one page, names what to look at, and asks one question. The address holds the open step
(`lecture`) and the guess (`lecture_guess`), next to the page's own query parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

import streamlit as st

from ui.components.keyboard_shortcuts import keyboard_shortcuts
from ui.i18n import LANGUAGE, language, t
from ui.lecture import quiz
from ui.lecture.steps import Step, load_steps
from ui.look import html, layout
from ui.look.terms import markdown_with_terms
from ui.look.theme import presenting
from ui.state import url_state

KEY, GUESS = "lecture", "lecture_guess"
LAST_STEP = "lecture_last_step"
"""Session key: the name of the step that was open when the user left the lecture."""

KEPT_KEYS = (*quiz.KEPT_KEYS, KEY, GUESS)
"""Session keys and query parameters that links inside the app, and opening a step, leave unchanged."""

GUESSES = "lecture_guesses"
"""Session key of the first guess per step, by the name of the step."""

SHOWN_TO_CLASS = "lecture_shown_to_class"
"""Session key: the names of the steps whose entry in GUESSES is the answer shown to a class, not a guess."""


class ClassActions(NamedTuple):
    """What a class session does with the lecture: show the answer of the open step, and open the next one."""

    show_answer: Callable[[], None]
    open_next: Callable[[], None]


class ClassSide(NamedTuple):
    """What a class session draws: its bar in the panel, and its results at the end of the lecture."""

    show_bar: Callable[[Step, ClassActions], None]
    show_results_link: Callable[[], None]


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
    """Open the step that the query parameter `lecture` names, if the parameter has changed.

    If the step belongs to `page`, the page on screen, reset the page to the state of the step, except for values in the
    address. If no step has this name, close the lecture.
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


def show_panel(page: str, class_side: ClassSide) -> None:
    """Draw the open step, if any, and enable keyboard shortcuts. Write step and guess into the address.

    If `page` is not the page of the step, draw only the title and the buttons.
    """
    step = current_step()
    _write_to_url(step)
    if step is None:
        keyboard_shortcuts(step="", texts=_key_texts())
        return
    with st.container(key="lecture", gap="small"):
        _show_head(step, page, class_side.show_results_link)
        if step.page == page:
            open_next = partial(_open_next, step, class_side.show_results_link)
            class_side.show_bar(step, ClassActions(partial(_show_answer, step), open_next))
            _show_body(step)


def show_start_buttons() -> None:
    """Draw the buttons that start the lecture, or resume it at the step where the user left."""
    all_steps = load_steps(language())
    last = all_steps.get(st.session_state.get(LAST_STEP, ""))
    with st.container(key="lecture_start", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(t("lecture.entrance", count=len(all_steps)), width="stretch")
        if last is not None and st.button(
            t("lecture.resume", number=_step_number(last), title=last.title), type="primary", width="content"
        ):
            open_step(last)
        if st.button(t("lecture.start"), type="secondary" if last else "primary", width="content"):
            open_step(next(iter(all_steps.values())))


def open_step(step: Step, guess: str = "") -> None:
    """Switch to the page of a step and open the step there, with the answer if there is a guess."""
    url_state.force_sync(KEY, step.name)
    parameters = {KEY: step.name, **step.url_parameters(guess), LANGUAGE: language()}
    if guess:
        parameters[GUESS] = guess
    st.switch_page(layout.page_file(step.page), query_params=parameters)


def _open_again(step: Step) -> None:
    """Open a step with the user's first guess, if there is one, so that the answer can be read again."""
    open_step(step, step.valid_guess(st.session_state.get(GUESSES, {}).get(step.name)))


def _show_head(step: Step, page: str, show_results_link: Callable[[], None]) -> None:
    """Draw title and progress, and buttons to change the step, to restart it and to leave the lecture."""
    all_steps = list(load_steps(language()).values())
    i = _step_number(step) - 1
    progress = f"{i + 1} / {len(all_steps)}"
    section = f"{step.section}. {t(f'home.section_{step.section}')}"
    with st.container(key="lecture_header", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch"):
            html.lecture_title(progress, step.title)
        if step.page != page and st.button(t("lecture.return"), type="primary", width="content"):
            _open_again(step)
        with st.container(key="lecture_navigation", horizontal=True, width="content", gap="small"):
            _step_button("back", all_steps[i - 1] if i else None)
            with st.popover(section, width="content"):
                for number in dict.fromkeys(other.section for other in all_steps):
                    first = next(other for other in all_steps if other.section == number)
                    name = f"{number}. {t(f'home.section_{number}')}"
                    if st.button(name, key=f"lecture_section_{number}", type="tertiary"):
                        open_step(first)
            if i + 1 < len(all_steps):
                _step_button("next", all_steps[i + 1])
            elif st.button(t("lecture.end"), key="lecture_next", icon=":material/flag:", type="primary"):
                _show_end(show_results_link)
            if step.page == page and st.button(
                t("lecture.again"), key="lecture_again", icon=":material/replay:", type="tertiary",
                help=t("lecture.again") if presenting() else None,
            ):  # fmt: skip
                open_step(step)
            st.button(
                t("lecture.leave"), key="lecture_leave", icon=":material/close:", on_click=_leave, type="tertiary",
                help=t("lecture.leave") if presenting() else None,
            )  # fmt: skip
            keyboard_shortcuts(step=step.name, texts=_key_texts())


def _step_button(direction: Literal["back", "next"], target: Step | None) -> None:
    icon = {"back": ":material/arrow_back:", "next": ":material/arrow_forward:"}[direction]
    clicked = st.button(
        t(f"lecture.{direction}"), key=f"lecture_{direction}", icon=icon, disabled=target is None,
        type="primary" if direction == "next" else "secondary",
    )  # fmt: skip
    if clicked and target is not None:
        (_open_again if direction == "back" else open_step)(target)


def _show_body(step: Step) -> None:
    """Draw the text of the step on the left; draw the question and its options on the right.

    The text says what to look at before the guess, and gives the answer after the guess.
    """
    guess: str = st.session_state[GUESS]
    left, right = st.columns([1.25, 1], gap="medium")
    with left, st.container(key="lecture_text"):
        if guess:
            mark, verdict = ("✓", "right") if guess == step.right else ("✗", "wrong")
            markdown_with_terms(f"**{mark} {t(f'predict.{verdict}')}** {step.answer}")
        else:
            with st.container(key="lecture_before"):
                markdown_with_terms(step.instructions)
    with right:
        before = f"**{t('lecture.before')}** {step.instructions}" if guess else None
        markdown_with_terms(f"**{step.question}**", before)
        with st.container(key="lecture_options", horizontal=True, gap="small"):
            quiz.option_buttons(f"lecture_{step.name}", step.options, step.right, guess, partial(_submit, step))


def _submit(step: Step, option: str) -> None:
    """Answer the step: show the answer, also in the picture."""
    st.session_state[GUESS] = option
    st.session_state.setdefault(GUESSES, {}).setdefault(step.name, option)
    if step.shown:
        quiz.reset_page(step.url_parameters(option), (KEY, GUESS))


def _show_answer(step: Step) -> None:
    """Show the step's answer to a class. It does not count as the lecturer's guess."""
    if step.name not in st.session_state.get(GUESSES, {}):
        st.session_state.setdefault(SHOWN_TO_CLASS, set()).add(step.name)
    _submit(step, step.right)


def _open_next(step: Step, show_results_link: Callable[[], None]) -> None:
    """Open the step after `step`; after the last one, the end of the lecture."""
    all_steps = list(load_steps(language()).values())
    following = all_steps[_step_number(step) :]
    if following:
        open_step(following[0])
    _show_end(show_results_link)


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


def _show_end(show_results_link: Callable[[], None]) -> None:
    """Open a dialog with the outcome of the lecture and what comes next."""

    @st.dialog(t("lecture.end_title"), width="medium")
    def end() -> None:
        show_outcome()
        show_results_link()
        st.markdown(t("lecture.end_next"))

    end()


def show_outcome() -> None:
    """Draw the number of right guesses, and links to the steps that were missed."""
    all_steps, answered = load_steps(language()), st.session_state.get(GUESSES, {})
    guessed = answered.keys() - st.session_state.get(SHOWN_TO_CLASS, set())
    missed = [step for name, step in all_steps.items() if name in guessed and answered[name] != step.right]
    skipped = len(all_steps.keys() - answered.keys())
    if guessed:
        st.markdown(t("lecture.end_right", right=len(guessed) - len(missed), count=len(guessed)))
    if skipped:
        st.markdown(t("lecture.end_skipped", count=skipped))
    if missed:
        st.markdown(t("lecture.end_missed"))
    for step in missed:
        if st.button(f"{_step_number(step)}. {step.title}", key=f"lecture_missed_{step.name}", type="tertiary"):
            _open_again(step)


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
