const PATIENCE_MS = 1000; // a reader need not hear of a shorter gap
const watches = new WeakMap();

/** Follows the state of the connection that Streamlit writes on the app. */
class Watch {
  constructor(bar) {
    this.bar = bar;
    this.app = document.querySelector("[data-testid=stApp]");
    this.isLost = false;
    this.observer = new MutationObserver(() => this.look());
    this.observer.observe(this.app, { attributeFilter: ["data-test-connection-state"] });
  }

  look() {
    const isLost = this.app.dataset.testConnectionState !== "CONNECTED";
    if (isLost === this.isLost) return;
    this.isLost = isLost;
    clearTimeout(this.saying);
    clearInterval(this.closing);
    if (isLost) {
      this.saying = setTimeout(() => (this.bar.hidden = false), PATIENCE_MS);
      this.closing = setInterval(closeStreamlitsBox, 100);
    } else {
      this.bar.hidden = true;
      this.drawAnew();
    }
  }

  close() {
    this.observer.disconnect();
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
  const bar = parentElement.querySelector(".lost"), button = bar.querySelector("button");
  bar.querySelector("span").textContent = data.lost;
  button.textContent = data.reload;
  button.onclick = () => location.reload();
  let watch = watches.get(parentElement);
  if (!watch) watches.set(parentElement, (watch = new Watch(bar)));
  watch.drawAnew = () => setTriggerValue("returned", true);
  return () => {
    watch.close();
    watches.delete(parentElement);
  };
}
