// The picture on stage, to keep.

class PictureTaker extends ViewPainter {
  /** Save what is on the canvases, class names below: "png" as they are, "svg" drawn anew as vectors. */
  async savePicture(kind) {
    const frame = this.find(".panels").getBoundingClientRect(), foot = this.font * 2;
    const visible = [...this.root.querySelectorAll("canvas")].filter((canvas) => canvas.clientWidth);
    const boxes = visible.map((canvas) => canvas.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.right)) - frame.left;
    const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)) + foot;
    const top = Math.min(...boxes.map((box) => box.top));
    let blob;
    if (kind === "svg") {
      this.recording = [];
      this.drawPoints();
      this.draw();
      const layers = this.recording.sort(([a], [b]) => visible.indexOf(a) - visible.indexOf(b));
      this.recording = null;
      const names = new SvgContext(`${this.font}px ${getComputedStyle(this.root).fontFamily}`);
      this.drawFoot(names, width, height - foot / 2);
      const groups = layers.map(([canvas, context]) => {
        const box = canvas.getBoundingClientRect();
        return `<g transform="translate(${fixed(box.left - frame.left)} ${fixed(box.top - top)})">${context.parts.join("")}</g>`;
      });
      const size = `width="${fixed(width)}" height="${fixed(height)}" viewBox="0 0 ${fixed(width)} ${fixed(height)}"`;
      const ground = `<rect width="100%" height="100%" fill="${this.theme.background}"/>`;
      const picture = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${ground}${groups.join("")}${names.parts.join("")}</svg>`;
      blob = new Blob([picture], { type: "image/svg+xml" });
    } else {
      const ratio = devicePixelRatio || 1, sheet = document.createElement("canvas");
      sheet.width = width * ratio;
      sheet.height = height * ratio;
      const context = sheet.getContext("2d");
      context.scale(ratio, ratio);
      context.fillStyle = this.theme.background;
      context.fillRect(0, 0, width, height);
      visible.forEach((canvas, i) => {
        context.drawImage(canvas, boxes[i].left - frame.left, boxes[i].top - top, boxes[i].width, boxes[i].height);
      });
      context.font = `${this.font}px ${getComputedStyle(this.root).fontFamily}`;
      this.drawFoot(context, width, height - foot / 2);
      blob = await new Promise((done) => sheet.toBlob(done));
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `softmax-step-${this.shown}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** The classes in a row, with their marks, and where the runs stand. */
  drawFoot(context, width, y) {
    let x = this.font;
    context.textAlign = "left";
    context.textBaseline = "middle";
    this.scene.classNames.forEach((name, k) => {
      marker(context, this.scene.shapes[k], x, y, this.font * 0.4);
      context.fillStyle = this.theme.classes[k];
      context.fill();
      context.fillText(name, x + this.font, y);
      x += this.font * 2.5 + context.measureText(name).width;
    });
    context.textAlign = "right";
    context.fillStyle = this.theme.text;
    context.fillText(this.standingInWords(), width - this.font, y);
  }
}
