const PATIENCE_MS = 1000; // a reader need not hear of a shorter gap
const watches = new WeakMap();

/** Follows the states of the connection and of the page's script, which Streamlit writes on the app. */
class Watch {
  constructor(bar) {
    this.bar = bar;
    this.app = document.querySelector("[data-testid=stApp]");
    this.isLost = this.isDrawing = this.hasBegun = false;
    this.observer = new MutationObserver(() => this.look());
    this.observer.observe(this.app, { attributeFilter: ["data-test-connection-state", "data-test-script-state"] });
  }

  look() {
    const { testConnectionState, testScriptState } = this.app.dataset;
    const isLost = testConnectionState !== "CONNECTED", isRunning = testScriptState !== "notRunning";
    if (isLost && !this.isLost) this.lose();
    if (this.isLost && !isLost) {
      Object.assign(this, { isDrawing: true, hasBegun: false });
      this.drawAnew();
    }
    this.isLost = isLost;
    if (this.isDrawing && !isLost && this.hasBegun && !isRunning) this.regain();
    else if (isRunning) this.hasBegun = true;
  }

  lose() {
    this.rest();
    this.saying = setTimeout(() => (this.bar.hidden = false), PATIENCE_MS);
    this.closing = setInterval(closeStreamlitsBox, 100);
  }

  /** The page stands again: what one does is heard. */
  regain() {
    this.isDrawing = false;
    this.rest();
    this.bar.hidden = true;
  }

  rest() {
    clearTimeout(this.saying);
    clearInterval(this.closing);
  }
}

/** Close the box over the page in which Streamlit says the same, in English. */
function closeStreamlitsBox() {
  const box = document.querySelector("[role=dialog]");
  if (box?.textContent.includes("Connection error")) box.querySelector("button")?.click();
}

/**
 * @param {{data: {lost: string, reload: string}, parentElement: ShadowRoot,
 *   setTriggerValue: (name: string, value: boolean) => void}} component
 */
export default function ({ data, parentElement, setTriggerValue }) {
  const bar = parentElement.querySelector(".connection-lost"), button = bar.querySelector("button");
  bar.querySelector("span").textContent = data.lost;
  button.textContent = data.reload;
  button.onclick = () => location.reload();
  let watch = watches.get(parentElement);
  if (!watch) watches.set(parentElement, (watch = new Watch(bar)));
  watch.drawAnew = () => setTriggerValue("returned", true);
  return () => {
    watch.rest();
    watch.observer.disconnect();
    watches.delete(parentElement);
  };
}
