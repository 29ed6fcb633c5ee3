const instances = new WeakMap();

/** @param {{data: Object, parentElement: ShadowRoot, setStateValue: (name: string, value: any) => void}} component */
export default function ({ data, parentElement, setStateValue }) {
  let bars = instances.get(parentElement);
  if (!bars) instances.set(parentElement, (bars = new LogitBars(parentElement.querySelector(".bars"))));
  bars.take(data, setStateValue);
  return () => instances.delete(parentElement);
}

class LogitBars {
  constructor(root) {
    this.root = root;
    this.held = null;
  }

  /** Take what Python says, unless a bar is in the reader's hand. */
  take(data, tell) {
    this.tell = tell;
    const layout = JSON.stringify([data.names, data.outputs, data.texts, data.target, data.temperature === null]);
    this.data = data;
    if (this.held !== null) return;
    this.logits = data.logits.slice();
    this.temperature = data.temperature ?? 1;
    if (layout !== this.layout) {
      this.layout = layout;
      this.build();
    }
    this.draw();
  }

  build() {
    const { names, outputs, texts, glyphs, temperatures, target } = this.data;
    this.root.replaceChildren();
    this.root.classList.toggle("two", outputs.length + (target === null ? 0 : 1) > 1);
    const head = this.add(this.root, "div", "row head");
    this.add(head, "span", "name");
    this.add(head, "span", "", texts.logit);
    this.add(head, "span", "typed");
    for (const output of outputs) this.add(head, "span", "", texts[output]);
    if (target !== null) this.add(head, "span", "", texts.error);
    this.rows = names.map((name, k) => {
      const row = this.add(this.root, "div", "row");
      row.style.setProperty("--colour", `var(--class-${k})`);
      this.add(row, "span", "name", `${glyphs[k]} ${name}`);
      const track = this.add(row, "div", "track");
      const fill = this.add(track, "i", "fill");
      const handle = this.add(track, "div", "handle");
      const value = this.add(handle, "span", "value");
      Object.assign(handle, { tabIndex: 0 });
      handle.dataset.testid = `logit-${k}`;
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-label", `${texts.logit} ${name}`);
      handle.setAttribute("aria-valuemin", this.data.range[0]);
      handle.setAttribute("aria-valuemax", this.data.range[1]);
      handle.onkeydown = (event) => this.press(event, k);
      this.drag(track, k);
      const typed = this.add(row, "input", "typed");
      Object.assign(typed, { type: "number", step: "any", min: this.data.range[0], max: this.data.range[1] });
      typed.setAttribute("aria-label", `${texts.type} ${name}`);
      typed.onchange = () => {
        if (typed.value !== "" && Number.isFinite(typed.valueAsNumber)) this.set(k, typed.valueAsNumber);
        typed.value = this.logits[k];
        this.draw();
        this.release();
      };
      const shown = outputs.map((output, index) => {
        const cell = this.add(row, "div", `output ${output}`);
        const meter = this.add(cell, "div", "meter");
        const bar = this.add(meter, "i", "");
        const text = this.add(cell, "b", "");
        text.dataset.testid = index === 0 ? `probability-${k}` : `${output}-${k}`;
        return { bar, text };
      });
      const error = target === null ? null : this.add(row, "b", "error");
      if (error) error.dataset.testid = `error-${k}`;
      return { handle, fill, value, typed, shown, error };
    });
    const foot = this.add(this.root, "div", "row foot");
    this.add(foot, "span", "name");
    const left = this.add(foot, "span", "temperature");
    this.add(foot, "span", "typed");
    this.sums = outputs.map((output) => {
      const sum = this.add(foot, "b", "");
      sum.dataset.testid = `sum-${output}`;
      return sum;
    });
    this.loss = target === null ? null : this.add(foot, "b", "");
    if (this.loss) this.loss.dataset.testid = "loss";
    this.heat = null;
    if (this.data.temperature !== null) {
      const label = this.add(left, "label", "", `${texts.temperature} `);
      this.heat = this.add(label, "input", "");
      const [low, high] = temperatures.map(Math.log);
      Object.assign(this.heat, { type: "range", min: low, max: high, step: 0.001 });
      this.heat.dataset.testid = "temperature";
      this.heatText = this.add(label, "b", "");
      this.heat.oninput = () => {
        this.held = "temperature";
        const exact = Math.exp(this.heat.valueAsNumber);
        this.temperature = Math.abs(Math.log(exact)) < 0.06 ? 1 : Number(exact.toPrecision(2));
        this.draw();
      };
      this.heat.onchange = () => {
        this.held = null;
        this.tell("temperature", this.temperature);
      };
    }
  }

  add(parent, tag, className, text = "") {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  }

  /** Let the pointer move a logit: the bar goes where the hand goes, from the first touch. */
  drag(track, k) {
    const follow = (event) => {
      const box = track.getBoundingClientRect(), [low, high] = this.data.range;
      const at = (event.clientX - box.left) / box.width;
      this.set(k, Math.round((low + at * (high - low)) * 10) / 10);
      this.draw();
    };
    track.onpointerdown = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      track.setPointerCapture(event.pointerId);
      this.held = k;
      this.rows[k].handle.focus();
      follow(event);
    };
    track.onpointermove = (event) => this.held === k && track.hasPointerCapture(event.pointerId) && follow(event);
    track.onpointerup = track.onpointercancel = () => this.held === k && this.release();
  }

  press(event, k) {
    const [low, high] = this.data.range, z = this.logits[k];
    const moves = {
      ArrowRight: z + 0.1, ArrowUp: z + 0.1, ArrowLeft: z - 0.1, ArrowDown: z - 0.1,
      PageUp: z + 1, PageDown: z - 1, Home: low, End: high,
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    event.stopPropagation();
    this.set(k, Math.round(moves[event.key] * 1000) / 1000);
    this.held = k;
    this.draw();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.release(), 150);
  }

  set(k, value) {
    const [low, high] = this.data.range;
    this.logits[k] = Math.min(Math.max(value, low), high);
  }

  release() {
    this.held = null;
    this.tell("logits", this.logits.slice());
  }

  draw() {
    const { range: [low, high], outputs, target, texts } = this.data;
    const place = (z) => ((z - low) / (high - low)) * 100;
    const results = { softmax: softmax(this.logits, this.temperature), sigmoid: sigmoid(this.logits) };
    this.rows.forEach((row, k) => {
      const z = this.logits[k], zero = place(0), here = place(z);
      row.fill.style.left = `${Math.min(zero, here)}%`;
      row.fill.style.width = `${Math.abs(here - zero)}%`;
      row.handle.style.left = `${here}%`;
      row.handle.setAttribute("aria-valuenow", z);
      row.value.textContent = String(Math.round(z * 1000) / 1000).replace("-", "−");
      if (this.root.getRootNode().activeElement !== row.typed || this.held !== null) row.typed.value = Math.round(z * 1000) / 1000;
      outputs.forEach((output, index) => {
        const p = results[output][k];
        row.shown[index].bar.style.width = `${p * 100}%`;
        row.shown[index].text.textContent = probabilityText(p);
        row.shown[index].text.dataset.value = p;
      });
      if (row.error) {
        const error = results[outputs[0]][k] - (k === target ? 1 : 0);
        row.error.textContent = `${error < 0 ? "−" : "+"}${Math.abs(error).toFixed(3)}`;
      }
    });
    outputs.forEach((output, index) => {
      const sum = results[output].reduce((total, p) => total + p, 0);
      this.sums[index].textContent = `${texts.sum} ${sum.toFixed(3)}`;
    });
    if (this.loss) {
      const top = Math.max(...this.logits);
      const loss = top - this.logits[target] + Math.log(this.logits.reduce((sum, z) => sum + Math.exp(z - top), 0));
      this.loss.textContent = `${texts.loss} ${loss.toFixed(3)}`;
      this.loss.dataset.value = loss;
    }
    if (this.heat) {
      if (this.held !== "temperature") this.heat.value = Math.log(this.temperature);
      this.heat.setAttribute("aria-valuetext", this.temperature);
      this.heatText.textContent = ` T = ${this.temperature}`;
    }
  }
}
