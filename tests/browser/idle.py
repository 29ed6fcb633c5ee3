"""Waiting for a page, without fixed sleeps: it is idle once nothing is under way and nothing moves any more."""

from __future__ import annotations

from playwright.sync_api import Error, Frame, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TIMEOUT_MS = 30_000

TRACK_ACTIVITY = """(() => {
    const { setTimeout: start, clearTimeout: stop, requestAnimationFrame: nextFrame } = window;
    const activity = { events: 0, asked: 0, begun: 0, finished: 0, timers: new Set(), frames: 0, messages: 0 };
    window.pageActivity = Object.assign(activity, { nextFrame: (act) => nextFrame(act) });

    window.setTimeout = (act, delay = 0, ...rest) => {
        const timer = start((...given) => {
            activity.timers.delete(timer);
            if (typeof act === "function") act(...given);
        }, delay, ...rest);
        if (delay > 0 && delay <= 500) activity.timers.add(timer);  // longer ones are time limits
        return timer;
    };
    window.clearTimeout = (timer) => {
        activity.timers.delete(timer);
        stop(timer);
    };
    window.requestAnimationFrame = (act) => {
        activity.frames += 1;
        return nextFrame(act);
    };

    const { postMessage } = MessagePort.prototype;  // by which React takes up its work again
    MessagePort.prototype.postMessage = function (...given) {
        activity.messages += 1;
        return postMessage.apply(this, given);
    };

    // The fields of a protobuf message, by number: a number, or the length of what is left out here.
    const fieldsOf = (bytes) => {
        const fields = new Map();
        let at = 0;
        const varint = () => {
            let value = 0, factor = 1, byte;
            do {
                byte = bytes[at++];
                value += (byte & 127) * factor;
                factor *= 128;
            } while (byte & 128);
            return value;
        };
        while (at < bytes.length) {
            const tag = varint(), value = varint();
            fields.set(tag >> 3, value);
            if ((tag & 7) === 2) at += value;
        }
        return fields;
    };
    const sockets = new WeakSet(), { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
        if (fieldsOf(new Uint8Array(data.buffer ?? data)).has(RERUN_SCRIPT)) activity.asked = ++activity.events;
        if (!sockets.has(this)) {
            sockets.add(this);
            this.addEventListener("message", ({ data }) => {
                const fields = fieldsOf(new Uint8Array(data));
                if (fields.has(NEW_SESSION)) activity.begun = ++activity.events;
                const ended = fields.get(SCRIPT_FINISHED);
                if (ended !== undefined && ended !== EARLY_FOR_RERUN) activity.finished = ++activity.events;
            });
        }
        return send.call(this, data);
    };
})();"""
"""Runs before a page's own scripts and notes what is under way: runs of the script, short timers, animation frames."""

for name, number in (
    ("RERUN_SCRIPT", BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number),
    ("NEW_SESSION", ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number),
    ("SCRIPT_FINISHED", ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number),
    ("EARLY_FOR_RERUN", ForwardMsg.FINISHED_EARLY_FOR_RERUN),
):
    TRACK_ACTIVITY = TRACK_ACTIVITY.replace(name, str(number))

WAIT = """async (timeout) => {
    const activity = window.pageActivity, began = performance.now();
    const ends = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity;
    // A component's two wrappers are there before its script; of some, the markup is, too.
    const isUndrawn = ({ shadowRoot }) => !shadowRoot?.querySelector("div > div > *") ||
        shadowRoot.querySelector("[data-testid=stage-loss]:not([data-value])");
    // What fills a projector's screen is told four times a second how far down the page it begins.
    const isMisplaced = (place) => {
        const scrolled = document.querySelector("[data-testid=stMain]").scrollTop;
        const top = `${Math.round(place.getBoundingClientRect().top + scrolled)}px`;
        return place.style.getPropertyValue("--top") !== top;
    };
    let frames = -1, messages = -1;
    const busyWith = () => {
        const drawn = activity.frames !== frames, worked = activity.messages !== messages;
        [frames, messages] = [activity.frames, activity.messages];
        const app = document.querySelector("[data-testid=stApp]");
        if (app?.dataset.testScriptState !== "notRunning") return "the script runs";
        if (activity.asked > activity.begun) return "the server has not begun to run the script";
        if (activity.begun > activity.finished) return "the script's end has not arrived";
        if (document.querySelector("[data-testid=stSkeleton]")) return "an element is still being loaded";
        if ([...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")].some(isUndrawn)) {
            return "a component has not drawn anything yet";
        }
        if (worked) return "React is rendering";
        if ([...document.querySelectorAll("[class*=st-key-fitted_]")].some(isMisplaced)) {
            return "what fills the screen is not in its place yet";
        }
        if (activity.timers.size > 0) return "a timer of at most 500 ms is pending";
        if (drawn) return "something is being animated";
        if (document.getAnimations().some(ends)) return "a transition is under way";
        return "";
    };
    for (let calm = 0; calm < 2;) {
        await new Promise(activity.nextFrame);
        const reason = busyWith();
        calm = reason ? 0 : calm + 1;
        if (performance.now() - began > timeout) return reason || "the page has been idle for one frame only";
    }
    return "";
}"""


def wait_until_idle(view: Page | Frame, timeout_ms: int = TIMEOUT_MS) -> None:
    """Wait until the script has run, every message is answered, and nothing has moved for two animation frames.

    Raises AssertionError, which names what was still under way, once the time is over.
    """
    view.wait_for_function("window.pageActivity && document.querySelector('[data-testid=stApp]')", timeout=timeout_ms)
    try:
        reason = view.evaluate(WAIT, timeout_ms)
    except Error as error:
        if "context was destroyed" not in str(error):
            raise
        reason = view.evaluate(WAIT, timeout_ms)  # the page was loaded anew meanwhile
    assert not reason, f"not idle after {timeout_ms / 1000:g} s: {reason}"
