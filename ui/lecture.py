"""The guided lecture: steps that each set a page to a state, say what to look at, ask one thing and answer it.

A step is one file for each language, `lessons/<code>/lecture/<number>_<name>.md`, taken in the order of their names. At
its head, between lines of +++, stands TOML: what is the same in every language (`section`, `page`, `[state]`: what a
link says there; `right`, the name of the right option; `[shown]`: what a link says once the question is answered) and
the texts `title`, `question` and `[options]`. Below it: what to look at, a line of ---, and the answer.

The link says which step is open (`lecture`) and what was answered (`lecture_guess`), beside all that the page itself
puts there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from ui import link, markup
from ui.components.lecture_keys import lecture_keys
from ui.drawn import KEY as POINTS
from ui.i18n import HERE, LANGUAGE, language, source, t
from ui.predict import option_buttons
from ui.theme import PRESENT

KEY, GUESS = "lecture", "lecture_guess"
LEFT = "lecture_left"
"""Session key of the step at which the reader left."""

KEPT = (LANGUAGE, PRESENT, POINTS, KEY, GUESS)
"""What a step does not set anew."""


@dataclass(frozen=True)
class Step:
    """One step in one language: where it is, the state it wants there and shows as its answer, and its texts."""

    name: str
    section: int
    page: str
    state: Mapping[str, str]
    shown: Mapping[str, str]
    right: str
    title: str
    look: str
    question: str
    options: Mapping[str, str]
    answer: str

    def wanted(self, guess: str = "") -> dict[str, str]:
        """What the link says of its state: before an answer, or after one."""
        return {**self.state, **self.shown} if guess else dict(self.state)

    def taken(self, guess: object) -> str:
        """A guess if it is one that can be made here, else none."""
        return guess if isinstance(guess, str) and guess in self.options else ""


@lru_cache(maxsize=8)
def steps(code: str) -> dict[str, Step]:
    """The steps in one language, in order, by name."""
    paths = sorted((HERE / "lessons" / code / "lecture").glob("*.md"))
    return {step.name: step for step in (read(path.stem, source(path)) for path in paths)}


def read(stem: str, text: str) -> Step:
    """A step from its file. Raises ValueError or KeyError for one that is not made as told above."""
    _, head, body = text.split("+++\n")
    look, answer = body.split("\n---\n")
    fields = tomllib.loads(head)
    return Step(
        name=stem.partition("_")[2],
        section=fields["section"],
        page=fields["page"],
        state=fields["state"],
        shown=fields.get("shown", {}),
        right=fields["right"],
        title=fields["title"],
        look=look.strip(),
        question=fields["question"],
        options=fields["options"],
        answer=answer.strip(),
    )


def current() -> Step | None:
    """The step that is open."""
    return steps(language()).get(st.session_state.get(KEY, ""))


def asking(page: str) -> bool:
    """Whether a step is open on the page that it is about."""
    step = current()
    return step is not None and step.page == page


def settle(page: str) -> None:
    """Open the step the link names, if that is new: what the link leaves out of its state is as the step wants it."""
    name = link.news(KEY)
    if name is None:
        return
    step = steps(language()).get(name)
    if step is None:
        _close()
        return
    guess = step.taken(st.query_params.get(GUESS))
    st.session_state.update({KEY: name, GUESS: guess})
    if step.page == page:
        link.open_anew({**step.wanted(guess), **st.query_params.to_dict()}, KEPT)


def bar(page: str) -> None:
    """The open step, docked above the page, or nothing; and what listens for the presenter's keys."""
    step = current()
    _write(step)
    if step is None:
        lecture_keys(step="", texts=_key_texts())
        return
    with st.container(key="lecture", gap="small"):
        _head(step, page)
        if step.page == page:
            _body(step)


def entrance() -> None:
    """The way in, from the home page: start, or go on where one left."""
    all_steps = steps(language())
    left = all_steps.get(st.session_state.get(LEFT, ""))
    with st.container(key="lecture_entrance", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(t("lecture.entrance", count=len(all_steps)), width="stretch")
        if left is not None and st.button(
            t("lecture.resume", number=_number(left), title=left.title), type="primary", width="content"
        ):
            go(left)
        if st.button(t("lecture.start"), type="secondary" if left else "primary", width="content"):
            go(next(iter(all_steps.values())))


def go(step: Step) -> None:
    """Open a step as it begins, on its page."""
    link.forget(KEY)
    st.switch_page(link.path_of(step.page), query_params={KEY: step.name, **step.wanted(), LANGUAGE: language()})


def _head(step: Step, page: str) -> None:
    """Title and progress, and the ways back, on, anew and out."""
    all_steps = list(steps(language()).values())
    place = _number(step) - 1
    progress = f"{place + 1} / {len(all_steps)}"
    section = f"{step.section}. {t(f'home.section_{step.section}')}"
    with st.container(key="lecture_head", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch"):
            markup.lecture_title(progress, step.title)
        if step.page != page and st.button(t("lecture.return"), type="primary", width="content"):
            go(step)
        with st.container(key="lecture_turn", horizontal=True, width="content", gap="small"):
            _turner("back", all_steps[place - 1] if place else None)
            with st.popover(section, width="content"):
                for number in dict.fromkeys(each.section for each in all_steps):
                    first = next(each for each in all_steps if each.section == number)
                    name = f"{number}. {t(f'home.section_{number}')}"
                    if st.button(name, key=f"lecture_section_{number}", type="tertiary"):
                        go(first)
            _turner("next", all_steps[place + 1] if place + 1 < len(all_steps) else None)
            if step.page == page and st.button(
                t("lecture.again"), key="lecture_again", icon=":material/replay:", type="tertiary"
            ):
                go(step)
            st.button(
                t("lecture.leave"), key="lecture_leave", icon=":material/close:", on_click=_leave, type="tertiary"
            )
            lecture_keys(step=step.name, texts=_key_texts())


def _turner(way: str, to: Step | None) -> None:
    icon = {"back": ":material/arrow_back:", "next": ":material/arrow_forward:"}[way]
    pressed = st.button(
        t(f"lecture.{way}"), key=f"lecture_{way}", icon=icon, disabled=to is None,
        type="primary" if way == "next" else "secondary",
    )  # fmt: skip
    if pressed and to is not None:
        go(to)


def _body(step: Step) -> None:
    """What to look at, or once it is answered the answer; beside it the question and its options."""
    given: str = st.session_state[GUESS]

    def answer(option: str) -> None:
        st.session_state[GUESS] = option
        if step.shown:
            link.open_anew({**_frame(), **step.wanted(option)}, KEPT)

    left, right = st.columns([1.25, 1], gap="medium")
    with left, st.container(key="lecture_said"):
        if given:
            mark, word = ("✓", "right") if given == step.right else ("✗", "wrong")
            st.markdown(f"**{mark} {t(f'predict.{word}')}** {step.answer}")
        else:
            st.markdown(step.look)
    with right:
        st.markdown(f"**{step.question}**")
        with st.container(key="lecture_options", horizontal=True, gap="small"):
            option_buttons(f"lecture_{step.name}", step.options, step.right, given, answer)


def _frame() -> dict[str, str]:
    """What the link says that no step does."""
    return {key: text for key, text in st.query_params.to_dict().items() if key in KEPT or key.startswith("embed")}


def _write(step: Step | None) -> None:
    """Say in the link which step is open and what was answered; nothing where none is."""
    if step is None:
        _close()
        return
    link.write(KEY, step.name, "")
    guess = step.taken(st.session_state.get(GUESS))
    st.session_state[GUESS] = guess
    if guess:
        link.write(GUESS, guess, "")
    else:
        link.remove(GUESS)


def _leave() -> None:
    st.session_state[LEFT] = st.session_state[KEY]
    _close()


def _close() -> None:
    st.session_state.update({KEY: "", GUESS: ""})
    link.remove(KEY)
    link.remove(GUESS)


def _number(step: Step) -> int:
    """Which one it is, from 1."""
    return list(steps(language())).index(step.name) + 1


def _key_texts() -> dict[str, str]:
    rows = ("keys_turn", "keys_arrows", "keys_answer", "keys_stage", "keys_fold", "keys_list")
    return {name: t(f"lecture.{name}") for name in ("keys", "keys_close", *rows, "fold")}
