import { element } from "../shared/dom.js";

const lecture = (globalThis.softmaxLabLecture ??= { step: "", folded: false, fold: null, byPointer: false, pressed: null, dialog: null });

/** What is typed into, and what has keys of its own. */
const TYPED = "textarea, select, [contenteditable], [role=combobox], [role=listbox], input:not([type=range], [type=checkbox], [type=radio])";
const SLID = "input[type=range], [role=slider], [role=spinbutton]";
const ARROWLESS = `${TYPED}, ${SLID}, input, [role=radio], [role=radiogroup], [role=tab], [role=menu], .scroll-x`;

const button = (name) => document.querySelector(`.st-key-lecture_${name} button:not([disabled])`);
/** Whether it takes the focus for a reason of its own. */
const isOwn = (target) => target instanceof HTMLElement && target.tabIndex >= 0 && !target.matches("button, a, summary, [data-testid=stMain]");
const within = (target, selector) => target instanceof Element && target.closest(selector) !== null;

/** Whether a key is no business of the lecture's: with a modifier, or while something lies over the page. */
const isElsewhere = (event) =>
  event.ctrlKey || event.metaKey || event.altKey || event.isComposing || lecture.dialog?.open ||
  document.querySelector("[role=dialog], [role=listbox]") !== null;

function turn(event, way) {
  const to = button(way);
  if (!to) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) to.click();
}

/** A clicker's keys turn steps wherever the hand has been; only the keyboard's own way into a slider keeps them there. */
function pressFirst(event) {
  const ways = { PageDown: "next", PageUp: "back" };
  if (!(event.key in ways)) {
    if (!["Shift", "Control", "Alt", "Meta"].includes(event.key)) lecture.byPointer = false;
    return;
  }
  const target = event.composedPath()[0];
  if (isElsewhere(event) || within(target, TYPED) || (within(target, SLID) && !lecture.byPointer)) return;
  turn(event, ways[event.key]);
}

/** The other keys, once whatever has the focus has had its turn. */
function pressLast(event) {
  const target = event.composedPath()[0];
  if (event.defaultPrevented || isElsewhere(event) || within(target, TYPED)) return;
  if (event.key === "?") {
    event.preventDefault();
    lecture.dialog?.isConnected && lecture.dialog.showModal();
  } else if (["b", "B", "."].includes(event.key)) {
    lecture.fold?.();
  } else if (["ArrowRight", "ArrowLeft"].includes(event.key)) {
    if (!event.shiftKey && !within(target, ARROWLESS) && !isOwn(target)) turn(event, event.key === "ArrowRight" ? "next" : "back");
  } else if (/^[1-9]$/.test(event.key) && !within(target, SLID)) {
    const options = document.querySelectorAll(".st-key-lecture_options button");
    options[Number(event.key) - 1]?.click();
  }
}

/** Remember which of the lecture's buttons was pressed, so that it has the focus again on the page it leads to. */
function remember(event) {
  if (!event.isTrusted) return; // by the keys above
  const pressed = event.composedPath()[0];
  lecture.pressed = within(pressed, ".st-key-lecture_next") ? "next" : within(pressed, ".st-key-lecture_back") ? "back" : null;
}

function listen() {
  addEventListener("keydown", pressFirst, true);
  addEventListener("keydown", pressLast);
  addEventListener("pointerdown", () => (lecture.byPointer = true), true);
  addEventListener("click", remember, true);
}

function list(dialog, texts) {
  const row = (keys, text) => [
    element("dt", {}, ...keys.flatMap((key, i) => (i ? [" ", element("kbd", {}, key)] : [element("kbd", {}, key)]))),
    element("dd", {}, text),
  ];
  const title = element("h2", { id: "title" }, texts.keys);
  const close = element("button", { type: "button", onclick: () => dialog.close() }, texts.keys_close);
  dialog.setAttribute("aria-labelledby", "title");
  dialog.replaceChildren(
    title,
    element("dl", {},
      ...row(["PageDown", "PageUp"], texts.keys_turn),
      ...row(["→", "←"], texts.keys_arrows),
      ...row(["1", "2", "3"], texts.keys_answer),
      ...row(["Space", "→", "←", "R"], texts.keys_stage),
      ...row(["B", "."], texts.keys_fold),
      ...row(["?"], texts.keys_list),
    ),
    close,
  );
  dialog.onclick = (event) => event.target === dialog && dialog.close();
}

/**
 * @param {{data: {step: string, texts: Record<string, string>}, parentElement: HTMLElement}} component
 */
export default function ({ data, parentElement }) {
  const { step, texts } = data;
  const dialog = parentElement.querySelector("dialog");
  const tools = parentElement.querySelector(".tools");
  if (!lecture.listens) listen();
  lecture.listens = true;
  lecture.dialog = dialog;
  if (!dialog.open) list(dialog, texts);
  if (step !== lecture.step) [lecture.folded, lecture.fold] = [false, null];
  if (!step) tools.replaceChildren();
  else if (!tools.firstChild) {
    const open = element("button", { type: "button", className: "list", onclick: () => dialog.showModal() }, "?");
    const fold = element("button", { type: "button", className: "fold" });
    tools.append(open, fold);
  }
  if (step) {
    const [open, fold] = tools.children;
    open.setAttribute("aria-label", texts.keys);
    open.title = texts.keys;
    fold.setAttribute("aria-label", texts.fold);
    fold.title = texts.fold;
    const show = () => {
      fold.textContent = lecture.folded ? "▾" : "▴";
      fold.setAttribute("aria-expanded", String(!lecture.folded));
      document.querySelector(".st-key-lecture")?.toggleAttribute("data-folded", lecture.folded);
    };
    fold.onclick = lecture.fold = () => {
      lecture.folded = !lecture.folded;
      show();
    };
    show();
  }
  if (step && lecture.step && step !== lecture.step) {
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
    if (lecture.pressed && (document.activeElement === document.body || !document.activeElement)) {
      button(lecture.pressed)?.focus({ preventScroll: true });
    }
  }
  lecture.step = step;
  document.querySelector(".st-key-lecture_text")?.setAttribute("aria-live", "polite");
}
