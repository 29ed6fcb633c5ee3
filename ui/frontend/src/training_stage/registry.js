// Lets the stage and its feed, which are separate components, find each other on the page.

/** @import { FeedMessage, StageMessage } from "./messages.js" */

/** @typedef {{message: FeedMessage, send: (message: Partial<StageMessage>) => void}} Feed */

/**
 * @typedef {Object} Registry
 * @property {Map<string, {receive: (message: FeedMessage) => void, leave: () => void}>} stages
 * @property {Map<string, Feed>} feeds
 * @property {{stage: string, timelineId: string, shown: number} | null} lastRemoved The last stage that was removed, with its step shown
 */

const global = /** @type {{softmaxLab?: Registry}} */ (globalThis);

/** @type {Registry} */
export const registry = (global.softmaxLab ??= { stages: new Map(), feeds: new Map(), lastRemoved: null });
