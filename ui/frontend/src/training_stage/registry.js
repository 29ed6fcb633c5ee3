// Where the stage and its feed, two components on the page, find each other.

/** @import { FeedMessage, StageMessage } from "./messages.js" */

/** @typedef {{message: FeedMessage, send: (message: Partial<StageMessage>) => void}} Feed */

/**
 * @typedef {Object} Registry
 * @property {Map<string, {receive: (message: FeedMessage) => void, leave: () => void}>} stages
 * @property {Map<string, Feed>} feeds
 * @property {{stage: string, scene: string, shown: number} | null} left Where the last stage was when it was removed
 */

const global = /** @type {{softmaxLab?: Registry}} */ (globalThis);

/** @type {Registry} */
export const registry = (global.softmaxLab ??= { stages: new Map(), feeds: new Map(), left: null });
