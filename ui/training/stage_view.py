"""The training stage on a page: draw it, answer its messages, and redraw the elements below it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

from ui.components.training_stage import training_feed, training_stage
from ui.look.layout import full_height
from ui.state import edit_history, url_state
from ui.state.script_queue import SCRIPT_QUEUE, Priority
from ui.training import hyperparameters, rows_route
from ui.training.messages import MAX_REVISIONS_AHEAD, StageMessage, feed_message, stage_message
from ui.training.scene import Scene, features_of
from ui.training.timeline import Timeline
from ui.training.tracked_run import Rows


def draw_stage(
    key: str,
    scene: Scene,
    timeline: Timeline,
    controls: Sequence[hyperparameters.StageControl],
    label_suffixes: Mapping[str, str] | None = None,
    edited: Collection[str] = (),
) -> None:
    """Draw the stage.

    `label_suffixes` are texts by control key, which are appended to the labels of the controls. Changes of the session
    keys `edited` can be undone.
    """
    controls_json = hyperparameters.to_json(controls, label_suffixes or {})
    with full_height(key):
        features = [features_of(tracked.model, scene) for tracked in timeline.tracked_runs]
        header, arrays = stage_message(key, scene, timeline, controls_json, features)
        history = {"canUndo": edit_history.can_undo(edited), "canRedo": edit_history.can_redo(edited)}
        # After a restart of the server, the stage itself knows its step. If its samples are lost, the step must be in
        # the address that Streamlit restores, and only messages through Streamlit change that.
        rows_url = None if scene.is_uploaded else rows_route.register(timeline)
        training_stage(key, header | history | {"rowsUrl": rows_url}, arrays)


def answer_messages(
    key: str,
    timeline: Timeline,
    controls: Sequence[hyperparameters.StageControl],
    draw_below: Callable[[], None],
    *,
    selected_sample: Callable[[], int | None] = lambda: None,
    on_message: Callable[[object], bool] | None = None,
) -> None:
    """Answer the messages of the stage drawn under `key`; run `draw_below` now and after messages.

    There are two feeds. After a message through the first, only rows are sent. The stage uses it during playback,
    because redrawing what is below takes the browser longer than a frame. After a message through the second feed,
    `draw_below` is run first.

    `selected_sample` returns the index of the sample to highlight, or None. `on_message` is called with each raw
    message, or None if there is none, to handle contents that belong to one page only, such as drawn points; if it
    returns True, the page is rerun. Messages can change the timeline, the session and the address.
    """

    @st.fragment
    def answer(feed_key: str, draw: Callable[[], None]) -> None:
        def keep_message() -> None:
            if feed_key in st.session_state:  # not if the user left the page before the message arrived
                st.session_state[f"{feed_key}_message"] = st.session_state[feed_key].message

        raw_message = st.session_state.pop(f"{feed_key}_message", None)
        message = StageMessage.parse(raw_message)
        with SCRIPT_QUEUE.acquire(Priority.INTERACTIVE if message is None else message.priority):
            if on_message is not None and on_message(raw_message):
                st.rerun()
            if message is None or message.timeline_id == timeline.identity:  # else both are of an earlier timeline
                timeline.set_values(hyperparameters.read_values(controls))
            rows = [] if message is None else _answer(timeline, message, controls)
            draw()
            training_feed(feed_key, *feed_message(key, feed_key, timeline, rows, selected_sample()), keep_message)

    with st.container():
        answer(f"{key}_rows_feed", lambda: None)
        answer(f"{key}_feed", draw_below)


def _answer(timeline: Timeline, message: StageMessage, controls: Sequence[hyperparameters.StageControl]) -> list[Rows]:
    """Apply the changes in a message to the timeline, the session and the address; return the requested rows.

    A message about another timeline, or with an outdated revision, gets no rows.
    """
    if message.timeline_id != timeline.identity:
        return []
    timeline.playing = message.playing
    revision = -1 if message.revision is None else message.revision
    if not timeline.revision <= revision <= timeline.revision + MAX_REVISIONS_AHEAD:
        return []  # the stage repeats its request once it has the newer revision
    if revision > timeline.revision:
        values = hyperparameters.set_values(controls, message.values)  # may end the script, if a rerun is requested
        timeline.revision = revision
        timeline.change_values(values, timeline.step if message.step is None else message.step)
    if message.restart:
        timeline.restart()
    if message.step is not None:
        timeline.show(message.step)
    if message.clicked_sample is not None and message.clicked_sample < len(timeline.tracked_runs[0].model.problem.X):
        prefix = timeline.prefix
        url_state.set_state({f"{prefix}sample": message.clicked_sample + 1, f"{prefix}panel": "sample"})
    return timeline.rows(*message.rows) if message.rows else []
