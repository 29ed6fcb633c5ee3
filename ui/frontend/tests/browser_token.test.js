// The token of a browser: kept in a cookie and in localStorage, in memory where both are blocked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NAME, ownToken } from "../src/browser_token/token.js";

const TOKEN = "0123456789abcdef0123456789abcdef";

/** @param {{cookie?: string, stored?: string | null}} [content] */
function fakeBrowser({ cookie = "", stored = null } = {}) {
  const values = new Map([[NAME, stored]]);
  const localStorage = {
    getItem: (/** @type {string} */ key) => values.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => void values.set(key, text),
  };
  return { document: { cookie }, localStorage, crypto: globalThis.crypto, location: { protocol: "http:" } };
}

test("a new browser gets a random token, in the cookie and in localStorage", () => {
  const browser = fakeBrowser();
  const token = ownToken(browser);
  assert.match(token, /^[0-9a-f]{32}$/);
  assert.notEqual(token, ownToken(fakeBrowser()));
  assert.equal(browser.localStorage.getItem(NAME), token);
  assert.match(browser.document.cookie, new RegExp(`^${NAME}=${token}; path=/; .*SameSite=Lax$`));
});

test("the token is found in the cookie, then in localStorage", () => {
  assert.equal(ownToken(fakeBrowser({ cookie: `other=1; ${NAME}=${TOKEN}`, stored: "f".repeat(32) })), TOKEN);
  assert.equal(ownToken(fakeBrowser({ stored: TOKEN })), TOKEN);
});

test("a text that is no token is replaced", () => {
  assert.match(ownToken(fakeBrowser({ cookie: `${NAME}=<b>`, stored: "x" })), /^[0-9a-f]{32}$/);
});

test("where cookies and storage are blocked, the token stays in memory", () => {
  const browser = {
    document: {
      get cookie() { throw new Error("blocked"); },
      set cookie(_) { throw new Error("blocked"); },
    },
    get localStorage() { throw new Error("blocked"); },
    crypto: globalThis.crypto,
    location: { protocol: "https:" },
  };
  assert.equal(ownToken(/** @type {any} */ (browser)), ownToken(/** @type {any} */ (browser)));
});
