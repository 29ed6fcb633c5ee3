import { emit, on } from "../shared/events.js";

/** A view of the logits of some bars: it shows what they show, in the same frame. */
export class LiveView {
  constructor(root, data) {
    this.root = root;
    this.bars = data.bars;
    const deaf = [on("drawn", data.bars, (state) => this.follow(state)), on("light", data.bars, ({ k, from }) => from !== this && this.light(k))];
    this.leave = () => deaf.forEach((stop) => stop());
  }

  /** Take names and words from Python; the numbers come from the bars once they have drawn. */
  take(data) {
    const layout = JSON.stringify([data.names, data.texts]);
    this.data = data;
    if (layout === this.layout) return;
    this.layout = layout;
    this.logits = data.logits;
    this.temperature = data.temperature;
    this.moved = data.moved;
    this.build();
    this.draw();
  }

  follow({ logits, temperature, moved }) {
    if (logits.length !== this.data.names.length) return;
    this.logits = logits;
    this.temperature = temperature;
    this.moved = moved ?? this.moved;
    this.draw();
  }

  light() {}

  /** Point at a class, here and wherever else it is shown; null ends that. */
  point(k) {
    this.light(k);
    emit("light", { bars: this.bars, k, from: this });
  }

  label(k) {
    return `${this.data.glyphs[k]} ${this.data.names[k]}`;
  }
}

/** The component's function for a kind of view. */
export function mounted(View) {
  const instances = new WeakMap();
  return ({ data, parentElement }) => {
    let view = instances.get(parentElement);
    if (!view) instances.set(parentElement, (view = new View(parentElement.querySelector(".view"), data)));
    view.take(data);
    return () => {
      view.leave();
      instances.delete(parentElement);
    };
  };
}

/** Let arrow keys walk over the cells of a table, of which one at a time can be reached by Tab. */
export function walkable(rows) {
  rows.forEach((cells, i) =>
    cells.forEach((cell, j) => {
      cell.tabIndex = i === 0 && j === 0 ? 0 : -1;
      cell.addEventListener("focus", () => {
        rows.flat().forEach((other) => (other.tabIndex = other === cell ? 0 : -1));
      });
      cell.addEventListener("keydown", (event) => {
        const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
        const next = move && rows[i + move[0]]?.[j + move[1]];
        if (!move) return;
        event.preventDefault();
        event.stopPropagation();
        next?.focus();
      });
    }),
  );
}
