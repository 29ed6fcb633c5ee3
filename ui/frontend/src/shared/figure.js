// Mounts a figure: a component with values that the user can change, drawn in the size and colours of the page.

/** @import { Root, Send } from "./mount.js" */
import { onLookChange } from "./canvas.js";
import { markChanging } from "./changing.js";
import { IncomingData } from "./incoming_data.js";
import { mounted } from "./mount.js";

/**
 * What a figure calls when the user changes its values.
 * @template Values
 * @typedef {Object} Changes
 * @property {() => void} hold Let data from Python wait, until `send` or `release`
 * @property {() => void} release Show the data that waited
 * @property {(values: Values) => void} send Send the values to Python, then release
 * @property {() => boolean} isHeld
 * @property {(goal: string, draw: (share: number) => void) => void} moveTo See `IncomingData`, as for the next two
 * @property {() => void} finishMovement
 * @property {() => void} stopMovement
 */

/**
 * @template Message
 * @typedef {Object} Figure
 * @property {(message: Message, isNewLayout: boolean) => void} show Show data from Python, after a new layout in new elements
 * @property {() => void} redraw Draw in the present size and colours
 * @property {() => void} [close]
 */

/**
 * Return the function that Streamlit calls with new data. Data from Python are shown unless the user has changed the values
 * since; see `IncomingData`.
 * @template Data
 * @template {{version: number}} Message
 * @template {object} Values
 * @param {Object} kind
 * @param {string} kind.selector The element of the figure
 * @param {(data: Data) => Message} kind.parse
 * @param {(message: Message) => string} kind.layoutOf Returns all that changes the elements, not only their content
 * @param {(root: HTMLElement, message: Message, changes: Changes<Values>) => Figure<Message>} kind.create
 * @param {string} [kind.followed] A name, if Python computes numbers from the values; see `markChanging`
 */
export function mountedFigure({ selector, parse, layoutOf, create, followed }) {
  let count = 0;
  /** @param {Root} parent @param {Data} data */
  const mount = (parent, data) => {
    const root = /** @type {HTMLElement} */ (parent.querySelector(selector)), name = `${followed}-${++count}`;
    const first = parse(data);
    let layout = layoutOf(first);
    /** @type {Send} */
    let sendToPython = () => {};
    const incoming = new IncomingData(
      /** @param {Message} message */ (message) => {
        const before = layout;
        layout = layoutOf(message);
        figure.show(message, layout !== before);
      },
      (isAwaited) => followed && markChanging(name, isAwaited),
    );
    const figure = create(root, first, {
      hold: () => incoming.hold(),
      release: () => incoming.release(),
      send: (values) => {
        sendToPython("changed", { ...values, version: incoming.nextVersion() });
        incoming.release();
      },
      isHeld: () => incoming.isHeld,
      moveTo: (goal, draw) => incoming.moveTo(goal, draw),
      finishMovement: () => incoming.finishMovement(),
      stopMovement: () => incoming.stopMovement(),
    });
    const stopLook = onLookChange(root, () => figure.redraw());
    return {
      /** @param {Data} data @param {Send} send */
      update: (data, send) => {
        sendToPython = send;
        incoming.receive(parse(data));
      },
      close: () => {
        stopLook();
        incoming.stopMovement();
        figure.close?.();
        if (followed) markChanging(name, false);
      },
    };
  };
  return mounted(mount);
}
