// Lets the stage and its feeds, which are separate components, find each other on the page.

/** @import { Answer, FeedMessage, StageMessage } from "./messages.js" */

/** @typedef {{message: FeedMessage, send: (message: Partial<StageMessage>) => void}} Feed */

/**
 * @typedef {Object} Registry
 * @property {Map<string, {receive: (message: Answer) => void, leave: () => void}>} stages
 * @property {Map<string, Feed>} feeds By the feeds' keys: `feedKeys` of the stage's
 * @property {{stage: string, timelineId: string, shown: number} | null} lastRemoved The last stage that was removed, with its step shown
 */

const global = /** @type {{softmaxLab?: Registry}} */ (globalThis);

/** The keys of a stage's feeds: with `details`, Python redraws what is below the stage, with `rows` it does not. @param {string} stage */
export const feedKeys = (stage) => ({ details: `${stage}_feed`, rows: `${stage}_rows_feed` });

/** @type {Registry} */
export const registry = (global.softmaxLab ??= { stages: new Map(), feeds: new Map(), lastRemoved: null });
