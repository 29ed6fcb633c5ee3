"""Wait without fixed sleeps until a page is idle: no script runs, no message is expected and nothing is drawn."""

from __future__ import annotations

from playwright.sync_api import Error, Frame, Page, TimeoutError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TIMEOUT_MS = 30_000

MESSAGE_TYPES = (
    BackMsg.DESCRIPTOR.fields_by_name["rerun_script"].number,
    ForwardMsg.DESCRIPTOR.fields_by_name["new_session"].number,
    ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number,
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
)

TRACK_ACTIVITY = """((RERUN_SCRIPT, NEW_SESSION, SCRIPT_FINISHED, EARLY_FOR_RERUN) => {
    const { setTimeout: nativeSetTimeout, clearTimeout: nativeClearTimeout, requestAnimationFrame } = window;
    const activity = {
        sequence: 0, lastRequest: 0, lastStart: 0, lastEnd: 0, timers: new Set(), events: 0, requests: 0,
    };
    window.pageActivity = Object.assign(activity, { nextFrame: (callback) => requestAnimationFrame(callback) });

    window.setTimeout = (callback, delay = 0, ...args) => {
        const timer = nativeSetTimeout((...given) => {
            activity.timers.delete(timer);
            if (typeof callback === "function") callback(...given);
        }, delay, ...args);
        if (delay > 0 && delay <= 500) activity.timers.add(timer);  // longer ones are time limits
        return timer;
    };
    window.clearTimeout = (timer) => {
        activity.timers.delete(timer);
        nativeClearTimeout(timer);
    };
    const { fetch } = window;
    window.fetch = (...args) => {
        activity.requests += 1;
        return fetch(...args).finally(() => {
            activity.requests -= 1;
            activity.events += 1;
        });
    };
    window.requestAnimationFrame = (callback) => {
        activity.events += 1;
        return requestAnimationFrame(callback);
    };
    const { postMessage } = MessagePort.prototype;  // React's scheduler posts messages to itself
    MessagePort.prototype.postMessage = function (...args) {
        activity.events += 1;
        return postMessage.apply(this, args);
    };

    // The top-level fields of a protobuf message: number → value of a varint, or length of anything else.
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
    const onMessage = ({ data }) => {
        activity.events += 1;
        const fields = fieldsOf(new Uint8Array(data)), status = fields.get(SCRIPT_FINISHED);
        if (fields.has(NEW_SESSION)) activity.lastStart = ++activity.sequence;
        if (status !== undefined && status !== EARLY_FOR_RERUN) activity.lastEnd = ++activity.sequence;
    };
    const sockets = new WeakSet(), { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
        if (fieldsOf(new Uint8Array(data.buffer ?? data)).has(RERUN_SCRIPT)) activity.lastRequest = ++activity.sequence;
        if (!sockets.has(this)) this.addEventListener("message", onMessage);
        sockets.add(this);
        return send.call(this, data);
    };
})""" + str(MESSAGE_TYPES)
"""Runs before a page's own scripts and records its activity: script runs, short timers, rendering."""

WAIT = """(timeout) => {
    const activity = window.pageActivity, startTime = performance.now();
    // Streamlit adds two wrappers before a component's script draws; the stage's markup is there before its numbers.
    const isUndrawn = ({ shadowRoot }) => !shadowRoot?.querySelector("div > div > *") ||
        shadowRoot.querySelector("[data-testid=stage-loss]:not([data-value])");
    // The app sets --top on what fills a projector's screen, in the frame after a change above it.
    const isMisplaced = (element) => {
        const scrolled = document.querySelector("[data-testid=stMain]").scrollTop;
        const top = `${Math.round(element.getBoundingClientRect().top + scrolled)}px`;
        return element.style.getPropertyValue("--top") !== top;
    };
    const isFinite = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity;
    let eventsSeen = -1;
    const busyWith = () => {
        const isActive = activity.events !== eventsSeen;
        eventsSeen = activity.events;
        const app = document.querySelector("[data-testid=stApp]");
        if (app?.dataset.testScriptState !== "notRunning") return "the script is running";
        if (activity.lastRequest > activity.lastStart) return "the server has not started the script";
        if (activity.lastStart > activity.lastEnd) return "the script's end has not arrived";
        if (activity.requests > 0) return "the answer to a request has not arrived";
        if (document.querySelector("[data-testid=stSkeleton]")) return "an element is being loaded";
        if ([...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")].some(isUndrawn)) {
            return "a component has not drawn anything";
        }
        if ([...document.querySelectorAll("[class*=st-key-full_height_]")].some(isMisplaced)) return "--top is not set";
        if (activity.timers.size > 0) return "a timer of at most 500 ms is pending";
        if (isActive) return "messages arrive, React renders or a component draws";
        if (document.getAnimations().some(isFinite)) return "a transition is running";
        return "";
    };
    return new Promise((resolve) => {
        let idleFrames = 0, reason = "no animation frame";
        const check = () => {
            reason = busyWith();
            idleFrames = reason ? 0 : idleFrames + 1;
            if (idleFrames === 2) return resolve("");
            if (performance.now() - startTime > timeout) return resolve(reason || "idle for one frame only");
            activity.nextFrame(check);
        };
        activity.nextFrame(check);
    });
}"""


def wait_until_idle(view: Page | Frame, timeout_ms: int = TIMEOUT_MS) -> None:
    """Wait until every rerun has ended and nothing has been drawn for two animation frames.

    Raises AssertionError, which names the activity that has not ended, after `timeout_ms`.
    """
    try:
        view.wait_for_function(
            "window.pageActivity && document.querySelector('[data-testid=stApp]')", timeout=timeout_ms
        )
    except TimeoutError as error:
        raise AssertionError(f"no app after {timeout_ms / 1000:g} s") from error
    try:
        reason = view.evaluate(WAIT, timeout_ms)
    except Error as error:
        if "context was destroyed" not in str(error):
            raise
        reason = view.evaluate(WAIT, timeout_ms)  # the page was reloaded meanwhile
    assert not reason, f"not idle after {timeout_ms / 1000:g} s: {reason}"
