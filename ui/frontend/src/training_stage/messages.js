// Types of the messages between the stage and Python (see ui/training/messages.py).

/**
 * @typedef {Object} ModelDescription One of the models on the stage
 * @property {string} name
 * @property {string} title Heading above the plane; keys of controls in braces are replaced by the controls' values
 * @property {"softmax" | "sigmoid"} head
 * @property {boolean} showThresholds Colour by the classes whose output exceeds a threshold
 * @property {string[]} parameterNames Names of the D features
 */

/**
 * @typedef {Object} Theme
 * @property {string} background
 * @property {string} surface
 * @property {string} text
 * @property {string} muted
 * @property {string} line
 * @property {string} accent
 * @property {string[]} classes
 */

/**
 * @typedef {Object} Control A slider or list for a setting
 * @property {string} key
 * @property {string} label
 * @property {string} help
 * @property {number[]} options
 * @property {string[]} texts The options' texts
 * @property {boolean} isList
 * @property {boolean} viewOnly Changes the picture, but not the run
 */

/** @typedef {Record<string, number>} Values The settings by the controls' keys */

/** @typedef {"converged" | "limit" | "diverged"} EndReason */

/** @typedef {[step: number, reason: EndReason, bestStep: number | null]} End The last step of a run, and why it ended */

/** @typedef {{step: number, rate: number, batch: number}} SettingsChange A step, and learning rate and batch size before it */

/**
 * @typedef {Object} RunState Part of each message from Python
 * @property {string} timelineId "name.count"; Python raises count when the runs begin anew
 * @property {number} revision Number of the last change of the settings
 * @property {Values} values
 * @property {boolean} playing
 * @property {(End | null)[]} ends
 * @property {SettingsChange[][]} changes Of each run, in the order of their steps
 *
 * Rows of run i are in the arrays `i.steps`, `i.parameters`, `i.losses`, `i.accuracies` and `i.heldOut`.
 */

/**
 * @typedef {Object} SceneFields
 * @property {string} stage
 * @property {number} nTrain
 * @property {number} maxSteps
 * @property {number} tolerance A run ends when a step changes the loss by less
 * @property {string | null} rowsUrl Where the stage asks for rows while it only plays, if the server can answer there
 * @property {[number, number]} xRange
 * @property {[number, number]} yRange
 * @property {string} xName
 * @property {string} yName
 * @property {string} planeNote That the features not on the plane have their mean there, or ""
 * @property {ModelDescription[]} models
 * @property {string[]} classNames
 * @property {Record<string, string>} texts
 * @property {string} glyphs One per class
 * @property {string[]} shapes
 * @property {{light: Theme, dark: Theme}} themes
 * @property {boolean} enlarged
 * @property {string} dataName Name of the data set in the names of files
 * @property {boolean} canDraw
 * @property {boolean} canUndo Whether a change made by hand can be undone
 * @property {boolean} canRedo
 * @property {boolean} hasProbe
 * @property {boolean} hasSampleOutputs
 * @property {Control[]} controls
 * @property {string} stepKey Query parameter of the step
 * @property {number} opensAt Step shown if the address has none
 * @property {boolean} isFromAddress Whether the runs were begun anew because the address has another step
 * @property {number} shown
 * @property {Float32Array | Float64Array} points (n, 2)
 * @property {Int32Array} labels (n,)
 * @property {Int32Array} [multiLabels] (n, K)
 */

/** @typedef {RunState & SceneFields & Record<string, any>} Scene With `i.basis` and `i.pointFeatures` of each model */

/**
 * @typedef {Object} FeedFields
 * @property {string} stage
 * @property {string} feed Key of the feed (see `feedKeys`)
 * @property {number} step Step that Python knows to be shown, for which it has drawn the details if the feed is for these
 * @property {number | null} selectedSample
 */

/** @typedef {RunState & FeedFields & Record<string, any>} FeedMessage */

/** @typedef {RunState & Partial<FeedFields> & Record<string, any>} Answer A message from a feed, or from `rowsUrl` without FeedFields */

/** @typedef {{from: number, to: number, stride: number}} RowRequest */

/**
 * @typedef {Object} StageMessage A message to Python
 * @property {string} timelineId
 * @property {number} revision
 * @property {Values} values
 * @property {number} step Step on screen
 * @property {boolean} playing
 * @property {RowRequest} [rows]
 * @property {boolean} [restart]
 * @property {number} [clickedSample]
 * @property {number[][]} [points] All points as [x, y, class]
 * @property {HistoryCommand} [history]
 */

/** @typedef {"undo" | "redo"} HistoryCommand */

/** @typedef {Partial<StageMessage>} DrawingMessage The part of a message that sets the drawn points */

/** @typedef {{steps: Int32Array, parameters: Float32Array, losses: Float64Array, accuracies: Float64Array, heldOut: Float64Array}} Rows */

/**
 * The rows of run i in a message; undefined if there are none.
 * @param {Record<string, any>} message
 * @param {number} i
 * @returns {Rows | undefined}
 */
export function rowsOf(message, i) {
  if (message[`${i}.steps`] === undefined) return undefined;
  const [steps, parameters, losses, accuracies, heldOut] = ["steps", "parameters", "losses", "accuracies", "heldOut"].map(
    (name) => message[`${i}.${name}`],
  );
  return { steps, parameters, losses, accuracies, heldOut };
}

/**
 * Compose a message to Python with the stage's state and the request that is not answered yet.
 * @param {string} timelineId
 * @param {number} revision
 * @param {Values} values
 * @param {{settledStep: number, playing: boolean}} player
 * @param {{rows: RowRequest, restart?: boolean} | null} request
 * @returns {StageMessage}
 */
export function stageMessage(timelineId, revision, values, { settledStep, playing }, request) {
  return { timelineId, revision, step: settledStep, playing, values, ...request };
}

/** Whether two timelines have the same samples and models. @param {string} id "name.count" @param {string} other */
function isSameRuns(id, other) {
  return id.split(".")[0] === other.split(".")[0];
}

/**
 * Return the step from which a scene with new runs shows the way to its step, if that is a later one: of the same runs, the
 * step shown before, of others their beginning. A scene that does not come from the address shows its step at once.
 * @param {Scene} before
 * @param {number} shown Step shown before
 * @param {Scene} scene
 */
export function revealStart(before, shown, scene) {
  if (!scene.isFromAddress) return scene.shown;
  return isSameRuns(before.timelineId, scene.timelineId) ? shown : 0;
}

/**
 * Return whether a timeline continues the runs of the one before. Python raises the count in the ID, "name.count", when the
 * runs begin anew. A lower count comes from a server that was restarted, and counts as the same runs.
 * @param {string} before
 * @param {string} after
 */
export function isSameTimeline(before, after) {
  const [, count] = before.split("."), [, newCount] = after.split(".");
  return isSameRuns(before, after) && Number(count) >= Number(newCount);
}

/** Return the entries of `values` whose keys also occur in `others`. @param {Values} values @param {Values} others */
export function entriesOf(values, others) {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in others));
}
