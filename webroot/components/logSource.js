// Brings one attempt's output into a model: ranges by REST, the rest as it comes by the feed.

import { ApiError, readLog } from "../api.js";
import { bytes } from "../format.js";
import { LogModel } from "./logModel.js";
import { decodeRange } from "./utf8.js";

const RANGE = 512 * 1024;
const FAR = 8 * RANGE;

export class LogSource {
  model = new LogModel();
  from = 0;
  to = 0;
  size = 0;
  error = null;
  opened = false;
  #work = Promise.resolve();
  #abort = new AbortController();

  /** @param onChange called with the number of lines that came in above what was there */
  constructor(taskId, attempt, onChange) {
    this.taskId = taskId;
    this.attempt = attempt;
    this.onChange = onChange;
  }

  close() {
    this.#abort.abort();
  }

  get atStart() {
    return this.from === 0;
  }

  get atEnd() {
    return this.to >= this.size;
  }

  /** Shows the first or the last part of it. */
  jump(toEnd) {
    return this.#alone(async () => {
      let range = await this.#read(0, RANGE);
      if (toEnd && range.size > RANGE) range = await this.#read(range.size - RANGE, RANGE);
      this.model.clear();
      this.#take(range, false);
      // what the feed said meanwhile
      while (toEnd && !this.atEnd && this.size - this.to < FAR) {
        const before = this.to;
        this.#take(await this.#read(this.to, RANGE), true);
        if (this.to === before) break;
      }
    });
  }

  later() {
    return this.#alone(async () => {
      if (!this.atEnd) this.#take(await this.#read(this.to, RANGE), true);
    });
  }

  earlier() {
    return this.#alone(async () => {
      if (this.atStart) return;
      const offset = Math.max(0, this.from - RANGE);
      const range = await this.#read(offset, this.from - offset);
      const { text, head } = decodeRange(range.bytes, { first: offset === 0, last: true });
      this.from = offset + head;
      this.onChange(this.model.prepend(text));
    });
  }

  /** Reads on to the end; where that is far, jumps there. */
  catchUp() {
    if (this.size - this.to > FAR) return this.jump(true);
    return this.#alone(async () => {
      let before;
      do {
        before = this.to;
        this.#take(await this.#read(this.to, RANGE), true);
      } while (!this.atEnd && this.to > before);
    });
  }

  /** A message of the feed. True when something before it is missing here. */
  heard(message) {
    if (message.attempt !== this.attempt) return false;
    if (!this.opened) {
      this.size = Math.max(this.size, message.offset + message.size);
      return false;
    }
    const wasAtEnd = this.atEnd;
    this.size = Math.max(this.size, message.offset + message.size);
    if (message.offset + message.size <= this.to) return false;
    if (message.offset !== this.to) return wasAtEnd;
    this.to += message.size;
    this.model.append(message.gap ? gapLine(message.size) : message.text);
    this.onChange(0);
    return false;
  }

  #take(range, append) {
    const first = range.offset === 0;
    const { text, head, tail } = decodeRange(range.bytes, { first, last: range.complete });
    if (!append) {
      this.from = range.offset + head;
      this.opened = true;
    }
    this.to = Math.max(this.to * append, range.next - tail);
    this.size = Math.max(range.size, this.size, this.to);
    this.model.append(text);
    this.onChange(0);
  }

  async #read(offset, limit) {
    const options = { attempt: this.attempt, offset, limit, signal: this.#abort.signal };
    return { offset, ...(await readLog(this.taskId, options)) };
  }

  /** One request at a time, so that ranges join. */
  #alone(step) {
    this.#work = this.#work.then(async () => {
      try {
        if (!this.#abort.signal.aborted) await step();
        this.error = null;
      } catch (e) {
        if (e.name === "AbortError") return;
        this.error = e instanceof ApiError && e.status === 404 ? null : e;
        this.opened = true;
        this.onChange(0);
      }
    });
    return this.#work;
  }
}

export function gapLine(size) {
  return `\n\u0001${bytes(size)} left out\n`;
}
