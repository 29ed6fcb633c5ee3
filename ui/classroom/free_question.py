"""The dialog in which a lecturer types a question, prepares a list of questions, and saves and loads it."""

from __future__ import annotations

import streamlit as st

from core.column_names import printable_text
from ui.classroom import own_session, question_list, sessions
from ui.classroom.errors import InvalidQuestionError, QuestionFileError
from ui.classroom.question_file import MAX_FILE_BYTES, MAX_QUESTIONS, to_file
from ui.classroom.questions import (
    MAX_OPTION_TEXT,
    MAX_OPTIONS,
    MAX_TEXT,
    MIN_OPTIONS,
    OPTION_LETTERS,
    Question,
)
from ui.i18n import t
from ui.look.html import escape_markdown

FILE_NAME = "softmax-lab-questions.csv"
TYPED = "typed"
"""Choice of answers: their texts are typed. The other choices are the first 2 to 6 letters."""


def question_dialog() -> None:
    """Open the dialog."""
    st.dialog(t("classroom.new_question"), width="medium")(show_question_form)()


def show_question_form() -> None:
    """Draw the fields of a question, the prepared questions, and their file."""
    text, options, right = _question_fields()
    with st.container(horizontal=True, gap="small"):
        is_asked = st.button(t("classroom.ask"), key="class_ask_typed", type="primary")
        is_added = st.button(t("classroom.add"), key="class_add")
    if is_asked or is_added:
        try:
            question = Question(options, right, text=text)
        except InvalidQuestionError as error:
            st.warning(_fault_text(error.reason))
        else:
            if is_asked and own_session.change(sessions.ask, question):
                st.rerun()
            if is_asked:
                st.warning(t("classroom.unavailable"))
            elif not question_list.add(question):
                st.warning(_fault_text("full_list"))
    _show_list()
    _show_file()


def _question_fields() -> tuple[str, tuple[str, ...], str]:
    """Draw the fields of a question. Return its text, its options and the right one, or "" if none is right."""
    text = st.text_input(
        t("classroom.question"), key="class_text", max_chars=MAX_TEXT, placeholder=t("classroom.question_spoken"),
        autocomplete="off",
    )  # fmt: skip
    letters = [OPTION_LETTERS[:count] for count in range(MIN_OPTIONS, MAX_OPTIONS + 1)]
    choices = {**{one: f"{one[0]}–{one[-1]}" for one in letters}, TYPED: t("classroom.typed")}
    choice = st.segmented_control(
        t("classroom.answers"), list(choices), key="class_answers", default=OPTION_LETTERS[:4], required=True,
        format_func=choices.__getitem__,
    )  # fmt: skip
    options = tuple(choice or "")
    if choice == TYPED:
        lines = st.text_area(t("classroom.lines"), key="class_lines", height=150).splitlines()
        options = tuple(option for line in lines if (option := printable_text(line, len(line))))
    none_right = t("classroom.no_right")
    right = st.selectbox(
        t("classroom.right"), ["", *dict.fromkeys(options)], key="class_right",
        format_func=lambda option: option or none_right,
    )  # fmt: skip
    return printable_text(text, MAX_TEXT), options, right if right in options else ""


def _show_list() -> None:
    """Draw the prepared questions, each with buttons to ask and to remove it."""
    st.markdown(f"**{t('classroom.list', count=len(question_list.questions()))}**")
    for i, question in enumerate(question_list.questions()):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            options = escape_markdown(" · ".join(question.options))
            st.markdown(f"{i + 1}\\. {escape_markdown(question.text)}  \n:small[{options}]", width="stretch")
            if st.button(t("classroom.ask_short"), key=f"class_ask_{i}", width="content"):
                question_list.ask(i)
                st.rerun()
            st.button(
                t("classroom.remove"),
                key=f"class_remove_{i}",
                type="tertiary",
                on_click=question_list.remove,
                args=(i,),
            )


def _show_file() -> None:
    """Draw a button that downloads the list, and an uploader whose file replaces it."""
    questions = question_list.questions()
    if questions:
        data = to_file(questions, (t("classroom.column_question"), t("classroom.column_right")))
        st.download_button(
            t("classroom.save"), data, FILE_NAME, "text/csv", key="class_save", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip

    def load() -> None:
        uploaded = st.session_state["class_file"]
        if uploaded is not None:
            question_list.load(uploaded.getvalue())

    st.file_uploader(t("classroom.load"), "csv", key="class_file", on_change=load, help=t("classroom.load_help"))
    error = question_list.fault()
    if error:
        st.error(_file_fault_text(error), icon=":material/error:")


def _fault_text(reason: str) -> str:
    limits = {"least": MIN_OPTIONS, "most": MAX_OPTIONS, "option": MAX_OPTION_TEXT, "text": MAX_TEXT}
    return t(f"classroom.invalid_{reason}", questions=MAX_QUESTIONS, **limits)


def _file_fault_text(error: QuestionFileError) -> str:
    if error.row is None:
        return t(f"classroom.file_{error.reason}", questions=MAX_QUESTIONS, kilobytes=MAX_FILE_BYTES // 1000)
    return t("classroom.file_row", row=error.row, fault=_fault_text(error.reason))
