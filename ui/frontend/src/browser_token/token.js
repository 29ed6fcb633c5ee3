// A random token in a cookie and in localStorage, or in memory where both are blocked.

export const NAME = "softmax_lab_browser"; // also in ui/components/browser_token.py
const MAX_AGE_SECONDS = 12 * 3600; // of the cookie: a class session does not last longer
const TOKEN = /^[0-9a-f]{32}$/;

/**
 * @typedef {Object} Browser The parts of globalThis that hold the token
 * @property {{cookie: string}} document
 * @property {Pick<Storage, "getItem" | "setItem">} localStorage Reading this property may throw
 * @property {Pick<Crypto, "getRandomValues">} crypto
 * @property {{protocol: string}} location
 * @property {string} [softmaxLabToken] The token in memory
 */

/**
 * Return this browser's token, and store it everywhere it can be stored. The cookie comes first: the server has read it.
 * @param {Browser | typeof globalThis} browser
 */
export function ownToken(browser) {
  const memory = /** @type {Browser} */ (browser);
  const found = [inCookie(memory), inStorage(memory), memory.softmaxLabToken].find((text) => text && TOKEN.test(text));
  const token = found ?? randomToken(memory.crypto);
  memory.softmaxLabToken = token;
  const secure = memory.location.protocol === "https:" ? "; Secure" : "";
  attempt(() => (memory.document.cookie = `${NAME}=${token}; path=/; max-age=${MAX_AGE_SECONDS}; SameSite=Lax${secure}`));
  attempt(() => memory.localStorage.setItem(NAME, token));
  return token;
}

/** @param {Browser} browser */
function inCookie(browser) {
  const cookies = attempt(() => browser.document.cookie.split("; ")) ?? [];
  return cookies.find((text) => text.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
}

/** @param {Browser} browser */
function inStorage(browser) {
  return attempt(() => browser.localStorage.getItem(NAME));
}

/** Return 128 random bits. `crypto.randomUUID` does not exist on plain http. @param {Browser["crypto"]} crypto */
function randomToken(crypto) {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return the result of an action, or undefined if the browser blocks it. @template T @param {() => T} action */
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
