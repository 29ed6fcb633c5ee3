"""A class on a running server: what its messages say, what students can send, and who waits for the database."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Engine
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.app import ROOT, run_app_process
from tests.load.record import Record
from tests.load.simulation import run_in_thread
from tests.load.tab import Tab
from ui.classroom import answers, sessions
from ui.classroom.database import open_engine
from ui.classroom.questions import Question, State
from ui.classroom.sessions import ask, create_session, find_code, reveal, session_of, show_votes
from ui.classroom.wrong_codes import FREE_GUESSES, OWN_DELAY
from ui.components.browser_token import COOKIE
from ui.lecture.steps import load_steps

LECTURER, STUDENT, OTHER = "a" * 32, "b" * 32, "c" * 32
STEP = load_steps("en")["which_one"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("class")


@pytest.fixture(scope="module")
def engine(folder: Path) -> Engine:
    return open_engine(f"sqlite:///{folder}/classroom.sqlite")


@pytest.fixture(scope="module")
def base(folder: Path, engine: Engine) -> Iterator[str]:
    (folder / "secrets.toml").write_text(f'[classroom]\ndatabase = "{engine.url}"\n')
    with run_app_process(ROOT / "app.py", None, "--secrets.files", str(folder / "secrets.toml")) as (address, _):
        yield address


def longest_part(text: str) -> str:
    """Return the longest part of a Markdown text that is sent as it is, without marks of terms and of Markdown."""
    return max(re.split(r"\[\[.*?\]\]|[*$\\\"]", text), key=len)


def as_browser(token: str) -> str:
    return f"{COOKIE}={token}"


class Heard:
    """The messages that a device has received."""

    def __init__(self) -> None:
        self.messages: list[ForwardMsg] = []

    def __call__(self, message: ForwardMsg) -> None:
        self.messages.append(ForwardMsg.FromString(message.SerializeToString()))

    @property
    def data(self) -> str:
        """All messages as text."""
        return b"".join(message.SerializeToString() for message in self.messages).decode("utf-8", "replace")

    def shown(self, code: str) -> list[str]:
        """Return all elements without the code, ids and hashes, which differ between any two sessions; none twice."""
        elements = [str(message.delta) for message in self.messages if message.WhichOneof("type") == "delta"]
        names = rf"{code}|class_option_\d+|[0-9a-f]{{8}}(?:-?[0-9a-f]{{4}})*"
        return list(dict.fromkeys(re.sub(names, "#", element) for element in elements))


async def phone_in_class(
    base: str, engine: Engine, question: Question, others: tuple[int, int], close: Callable[[str], None]
) -> tuple[Heard, str]:
    """Return what a phone hears until `close` changes the vote, and the code. `others` has the votes of the others."""
    code, heard = create_session(engine, OTHER), Heard()
    async with Tab.open(base, "join", f"code={code}&lang=en", Record(), as_browser(STUDENT), heard) as tab:
        ask(engine, code, OTHER, question)
        await tab.open_address(tab.query)
        asked = answers.view_of(engine, code, STUDENT).question
        assert asked is not None
        for number in range(sum(others)):
            answers.join(engine, code, str(number))
            answers.vote(engine, asked.round_id, code, str(number), question.options[number >= others[0]])
        await tab.press(f"class_option_{asked.round_id}_0")
        close(code)
        await tab.open_address(tab.query)
    return heard, code


@pytest.mark.parametrize("step", ["", STEP.name])
def test_before_the_reveal_messages_depend_neither_on_the_right_option_nor_on_votes(
    base: str, engine: Engine, step: str
) -> None:
    def votes(code: str) -> None:
        show_votes(engine, code, OTHER)

    def answer(code: str) -> None:
        show_votes(engine, code, OTHER)
        reveal(engine, code, OTHER)

    options = tuple(STEP.options) if step else ("yes", "no")
    questions = [Question(options, right, step, "" if step else "Which?") for right in options[:2]]
    for close, is_same in ((votes, True), (answer, False)):
        first, code = run_in_thread(phone_in_class(base, engine, questions[0], (7, 2), close))
        second, other = run_in_thread(phone_in_class(base, engine, questions[1], (1, 4), close))
        assert len(first.shown(code)) > 10
        assert (first.shown(code) == second.shown(other)) == is_same


def test_no_page_of_a_student_depends_on_votes_or_has_the_steps_answer_before_the_reveal(
    base: str, engine: Engine
) -> None:
    async def visit(code: str, language: str) -> Heard:
        heard = Heard()
        for page, query in (("join", f"code={code}"), (STEP.page, f"lecture={STEP.name}&code={code}")):
            link = f"{query}&lang={language}"
            async with Tab.open(base, page, link, Record(), as_browser(STUDENT), heard) as tab:
                await tab.open_address(link)
        return heard

    code = create_session(engine, OTHER)
    ask(engine, code, OTHER, Question(tuple(STEP.options), STEP.right, STEP.name))
    asked = session_of(engine, code, OTHER).round
    assert asked is not None
    without_votes = {language: run_in_thread(visit(code, language)).shown(code) for language in ("en", "ja")}
    for number in range(9):
        answers.join(engine, code, str(number))
        answers.vote(engine, asked.id, code, str(number), STEP.right)
    for change in (None, show_votes):
        if change:
            change(engine, code, OTHER)
        for language, before in without_votes.items():
            step = load_steps(language)[STEP.name]
            heard = run_in_thread(visit(code, language))
            assert longest_part(step.question) in heard.data
            assert longest_part(step.answer) not in heard.data
            assert change or heard.shown(code) == before


def test_after_the_reveal_the_phone_has_the_steps_answer(base: str, engine: Engine) -> None:
    question = Question(tuple(STEP.options), STEP.right, STEP.name)

    def answer(code: str) -> None:
        show_votes(engine, code, OTHER)
        reveal(engine, code, OTHER)

    heard, _ = run_in_thread(phone_in_class(base, engine, question, (1, 1), answer))
    assert longest_part(STEP.answer) in heard.data


def test_a_student_who_sends_the_presses_of_the_lecturers_buttons_changes_nothing(base: str, engine: Engine) -> None:
    async def cheat() -> None:
        step = f"lecture={STEP.name}&lang=en"
        async with (
            Tab.open(base, STEP.page, step, Record(), as_browser(LECTURER)) as laptop,
            Tab.open(base, STEP.page, step, Record(), as_browser(STUDENT)) as student,
        ):
            await laptop.press("class_start")
            await laptop.press("class_open")
            await laptop.press("class_forward")
            code = find_code(engine, LECTURER) or ""
            async with Tab.open(base, "join", f"code={code}&lang=en", Record(), as_browser(STUDENT)) as phone:
                before = session_of(engine, code, LECTURER)
                for key in ("class_forward", "class_end"):
                    for tab in (student, phone):
                        await tab.press_blindly(laptop.widgets[key].proto.id)
                assert session_of(engine, code, LECTURER) == before
            assert before.joined == 1
            assert before.round is not None
            assert before.round.state == State.OPEN
            await laptop.press("class_forward")
            after = session_of(engine, code, LECTURER).round
            assert after is not None
            assert after.state == State.VOTES

    run_in_thread(cheat())


def test_a_student_who_presses_an_option_after_the_vote_is_refused(base: str, engine: Engine) -> None:
    async def cheat(code: str) -> None:
        async with Tab.open(base, "join", f"code={code}&lang=en", Record(), as_browser(STUDENT)) as tab:
            keys = [key for key in tab.widgets if key.startswith("class_option")]
            option = tab.widgets[keys[0]]
            show_votes(engine, code, OTHER)
            await tab.press(keys[0])
            await tab.open_address(tab.query)
            assert tab.widgets[keys[0]].proto.disabled
            await tab.press_blindly(option.proto.id, tab.widgets[keys[0]].fragment)

    code = create_session(engine, OTHER)
    ask(engine, code, OTHER, Question(("A", "B"), "B"))
    run_in_thread(cheat(code))
    assert session_of(engine, code, OTHER).answered == 0


def test_a_late_request_of_a_timer_is_ignored_after_the_page_was_run_again(base: str, engine: Engine) -> None:
    async def visit(code: str) -> list[str]:
        heard = Heard()
        async with Tab.open(base, "join", f"code={code}&lang=en", Record(), as_browser(STUDENT), heard) as tab:
            for _ in range(3):
                await tab.open_address(tab.query)
        return [one.auto_rerun.fragment_id for one in heard.messages if one.WhichOneof("type") == "auto_rerun"]

    timers = run_in_thread(visit(create_session(engine, OTHER)))
    assert len(timers) >= 4
    assert all(before != after for before, after in pairwise(timers))


def test_a_page_answers_while_a_lecturer_waits_for_a_locked_database(base: str, engine: Engine) -> None:
    async def use() -> None:
        step = f"lecture={STEP.name}&lang=en"
        async with (
            Tab.open(base, STEP.page, step, Record(), as_browser("d" * 32)) as laptop,
            Tab.open(base, "home", "lang=en", Record(), as_browser(STUDENT)) as student,
        ):
            await laptop.press("class_start")
            with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as other:
                other.execute("BEGIN EXCLUSIVE")
                waiting = asyncio.create_task(laptop.press("class_open"))
                for page in ("loss_explorer", "glossary", "loss_explorer"):
                    await student.open_page(page, "lang=en")
                assert not waiting.done()
                await waiting
            assert find_code(engine, "d" * 32) is None
            await laptop.press("class_start")
            await laptop.press("class_open")
            assert find_code(engine, "d" * 32) is not None

    run_in_thread(use())


@pytest.mark.timed
def test_a_right_code_is_answered_at_once_also_after_many_wrong_ones(base: str, engine: Engine) -> None:
    async def seconds_of(work: Awaitable[None]) -> float:
        start = monotonic()
        await work
        return monotonic() - start

    async def guess(code: str) -> tuple[float, float]:
        async with Tab.open(base, "join", "code=AAAAAA&lang=en", Record(), as_browser(STUDENT)) as tab:
            for letter in "BCDEFGH"[: FREE_GUESSES - 1]:
                await tab.open_address(f"code=AAAAA{letter}&lang=en")
            wrong = await seconds_of(tab.open_address("code=BBBBBB&lang=en"))
            last = asyncio.create_task(tab.open_address("code=CCCCCC&lang=en"))
            await asyncio.sleep(0.3)
            right = await seconds_of(tab.open_address(f"code={code}&lang=en"))
            await last
        return wrong, right

    code = create_session(engine, OTHER)
    wrong, right = run_in_thread(guess(code))
    assert wrong >= OWN_DELAY
    assert right < OWN_DELAY - 0.5
    assert sessions.session_of(engine, code, OTHER).joined == 1
