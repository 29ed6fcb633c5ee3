"""The menu of the lecturer's bar: results, picture of the votes, change of the computer, end of the session."""

from __future__ import annotations

import streamlit as st

from ui.classroom import own_session, sessions
from ui.classroom.database import engine
from ui.classroom.errors import ClassroomError
from ui.classroom.free_question import question_dialog
from ui.classroom.lecturer_actions import BarActions
from ui.classroom.questions import State
from ui.classroom.results import RoundResult
from ui.classroom.results_view import picture_button, show_results_link
from ui.components.browser_token import known_token
from ui.components.copy_button import copy_button
from ui.i18n import t

_CLOSED = "class_menus_closed"
"""Session key: how often the menu was closed by one of its items."""


def show_more(actions: BarActions, votes: list[RoundResult]) -> None:
    """Draw the menu. `votes` are the results of the question on the phones."""
    # To close the menu, `_close_menu` changes its key: a new menu is closed. Setting its state to False would have no
    # effect if an item is pressed before the page knows that the menu is open.
    key = f"class_more_{st.session_state.get(_CLOSED, 0)}"
    menu = st.popover(t("classroom.more"), icon=":material/more_horiz:", width="content", key=key, on_change="rerun")
    with menu, st.container(gap="xxsmall"):
        if actions.round and _item("classroom.new_question", "class_new", ":material/edit:"):
            question_dialog()
        show_results_link()
        if votes and actions.round and actions.round.state != State.OPEN:
            picture_button(votes, marks_right=actions.round.state == State.REVEALED)
        if _item("classroom.move", "class_move", ":material/computer:"):
            _show_key()
        st.button(t("classroom.end"), key="class_end", type="tertiary", icon=":material/close:", on_click=actions.end)


def _item(text: str, key: str, icon: str) -> bool:
    """Draw an item of the menu that opens a dialog; return whether the user has chosen it."""
    return st.button(t(text), key=key, type="tertiary", icon=icon, on_click=_close_menu)


def _close_menu() -> None:
    st.session_state[_CLOSED] = st.session_state.get(_CLOSED, 0) + 1


def _show_key() -> None:
    """Make a key with which another computer takes over the session, and open a dialog that shows it once."""
    try:
        key = sessions.new_key(engine(), own_session.open_code() or "", known_token() or "")
    except ClassroomError:
        st.warning(t("classroom.unavailable"))
        return
    groups = "-".join(key[i : i + 4] for i in range(0, len(key), 4))

    @st.dialog(t("classroom.move"))
    def dialog() -> None:
        st.markdown(t("classroom.move_explained", minutes=sessions.KEY_SECONDS // 60))
        st.code(groups, language=None)
        copy_button("copy_class_key", t("classroom.copy_key"), groups)

    dialog()
