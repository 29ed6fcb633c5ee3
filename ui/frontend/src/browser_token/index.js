// Sends the token by which the server knows this browser again.

/** @import { Send } from "../shared/mount.js" */
import { mounted } from "../shared/mount.js";
import { ownToken } from "./token.js";

/** @typedef {{token: string}} TokenData Message from ui/components/browser_token.py: the token that it knows, or "" */

export default mounted(() => ({
  /** @param {TokenData} data @param {Send} send */
  update({ token }, send) {
    const own = ownToken(globalThis);
    if (own !== token) send("token", own);
  },
  close() {},
}));
