// A range of a log as lines: grows at both ends, finds any line at once. Pure.

const BLOCK = 64 * 1024;

export class LogModel {
  #blocks = [];
  #lines = 0;

  /** Number of lines; text after the last line feed counts as one. */
  get lines() {
    return this.#lines;
  }

  clear() {
    this.#blocks = [];
    this.#lines = 0;
  }

  append(text) {
    const last = this.#blocks.at(-1);
    // an unfinished line goes on in the new text
    if (last && (last.open || last.text.length < BLOCK / 2)) {
      this.#blocks.pop();
      text = last.text + text;
    }
    this.#blocks.push(...blocksOf(text));
    this.#count();
  }

  /** Puts text before everything; answers by how many lines what was there moved down. */
  prepend(text) {
    const before = this.#lines;
    const first = this.#blocks.shift();
    this.#blocks.unshift(...blocksOf(text + (first?.text ?? "")));
    this.#count();
    return this.#lines - before;
  }

  line(index) {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#blocks[middle].first <= index) low = middle;
      else high = middle - 1;
    }
    const block = this.#blocks[low];
    if (!block || index < 0 || index >= this.#lines) return "";
    const i = index - block.first;
    const end = i + 1 < block.starts.length ? block.starts[i + 1] - 1 : block.text.length - (block.open ? 0 : 1);
    return block.text.slice(block.starts[i], end);
  }

  #count() {
    let first = 0;
    for (const block of this.#blocks) {
      block.first = first;
      first += block.starts.length;
    }
    this.#lines = first;
  }
}

/** Blocks of whole lines; only the last may end in the middle of one. */
function blocksOf(text) {
  const out = [];
  let from = 0;
  while (from < text.length) {
    const feed = text.length - from <= BLOCK ? text.lastIndexOf("\n") : text.indexOf("\n", from + BLOCK);
    const whole = feed >= from ? feed + 1 : text.length;
    // the rest after the last feed stays with its block
    const end = text.length - whole < BLOCK / 2 ? text.length : whole;
    out.push(block(text.slice(from, end)));
    from = end;
  }
  return out;
}

function block(text) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (at + 1 < text.length) starts.push(at + 1);
  }
  return { text, starts, open: !text.endsWith("\n"), first: 0 };
}
