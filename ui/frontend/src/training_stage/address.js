// Writes the step into the page's address, without waiting for Python, so that a reload shows the same step.

/**
 * Return the address's query with another step, or null if the query has this step already.
 * @param {string} search Present query
 * @param {string} stepKey Query parameter
 * @param {number} opensAt Step that is shown if the address has none
 * @param {number} step
 */
export function queryWithStep(search, stepKey, opensAt, step) {
  const found = search.match(new RegExp(`[?&]${stepKey}=(\\d+)`));
  if (Number(found?.[1] ?? opensAt) === step) return null;
  const parameter = `${stepKey}=${step}`;
  if (found) return search.replace(found[0], found[0][0] + parameter);
  return `${search}${search ? "&" : "?"}${parameter}`;
}

/**
 * Write the step into the address, unless the user has left the page: the browser's address changes before the stage is
 * removed.
 * @param {string} page Path of the stage's page
 * @param {string} stepKey
 * @param {number} opensAt
 * @param {number} step
 */
export function writeStep(page, stepKey, opensAt, step) {
  if (location.pathname !== page) return;
  const query = queryWithStep(location.search, stepKey, opensAt, step);
  if (query !== null) history.replaceState(history.state, "", location.pathname + query + location.hash);
}
