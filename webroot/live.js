// The live feed: one WebSocket for the whole page, topics shared by who watches them.

import { feedAddress } from "./address.js";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
const OPEN_PATIENCE = 1_000;
const RESYNC_DISTANCE = 1_000;
const SESSION_OVER = 4401;
const LOOK = 10_000;
const MOST_SILENT_LOOKS = 3;

/**
 * Watches topics. A watcher is {delta(data), log(data), sync()}: `sync` says that what is shown
 * must be read by REST, at the beginning, after a lost connection and when the server had to drop
 * something; deltas go on from there.
 */
export class Live {
  #socket = null;
  #topics = new Map();
  #delay = FIRST_DELAY;
  #timer = 0;
  #wanted = false;
  #state = "closed";
  #look = 0;
  #silentLooks = 0;
  #listeners = new Set();

  /** When the feed was lost, a Date; null while it is there or never was. */
  offlineSince = null;

  /** Why there is no feed although the server answers; null while that is not so. */
  reason = null;

  /**
   * Called when the server did not take us; it may be down, or the session may be over. Answers,
   * perhaps later, why there is no feed although the server is up, in words for people.
   */
  onRefused = () => null;

  constructor(url = feedAddress(document.baseURI)) {
    this.url = url;
  }

  get state() {
    return this.#state;
  }

  /**
   * Calls back with "live", "connecting", "closed" or, when there is a server but no feed,
   * "polling" at every change.
   */
  onState(listener) {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  open() {
    this.#wanted = true;
    if (!this.#socket) this.#connect();
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    clearInterval(this.#look);
    this.#socket?.close();
    this.#socket = null;
    this.#become("closed");
  }

  /** Starts to watch; the answer stops it. */
  watch(topic, watcher) {
    const entry = { ...bound(watcher), synced: 0, pending: 0 };
    let watchers = this.#topics.get(topic);
    if (!watchers) this.#topics.set(topic, (watchers = new Set()));
    watchers.add(entry);
    if (this.#state === "live") this.#say({ subscribe: [topic] });
    // without a feed the page still shows what REST has
    else entry.pending = setTimeout(() => this.#sync(entry), OPEN_PATIENCE);
    return () => {
      clearTimeout(entry.pending);
      watchers.delete(entry);
      if (watchers.size === 0 && this.#topics.get(topic) === watchers) {
        this.#topics.delete(topic);
        if (this.#state === "live") this.#say({ unsubscribe: [topic] });
      }
    };
  }

  #connect() {
    if (this.#state !== "polling") this.#become("connecting");
    const socket = (this.#socket = new WebSocket(this.url));
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.#delay = FIRST_DELAY;
      this.#become("live");
      this.#silentLooks = 0;
      clearInterval(this.#look);
      this.#look = setInterval(() => this.#lookForLife(), LOOK);
      if (this.#topics.size > 0) this.#say({ subscribe: [...this.#topics.keys()] });
    };
    socket.onmessage = (event) => {
      if (this.#socket === socket) this.#heard(JSON.parse(event.data));
    };
    socket.onclose = (closed) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      clearInterval(this.#look);
      if (!this.#wanted) return;
      // a browser is not told why; REST will say whether we are still known
      if (!opened || closed?.code === SESSION_OVER) this.#ask();
      this.#later(opened);
    };
  }

  /**
   * A connection that died without a word, as when a laptop slept, stays open for its browser. A
   * subscription to nothing is answered by any server that is there.
   */
  #lookForLife() {
    const socket = this.#socket;
    if (!socket) return;
    const silent = this.#silentLooks++;
    if (silent >= MOST_SILENT_LOOKS) {
      socket.close();
      socket.onclose(); // the browser itself would wait for the other side's goodbye
    } else if (silent > 0) {
      this.#say({ subscribe: [] });
    }
  }

  /** Without a feed the page follows by REST, as often as the feed is tried. */
  async #ask() {
    const reason = await this.onRefused();
    if (!this.#wanted || this.#state === "live" || this.#state === "closed") return;
    this.reason = typeof reason === "string" ? reason : null;
    this.#become(this.reason ? "polling" : "connecting");
    if (this.reason) for (const entry of this.#everyone()) this.#sync(entry);
  }

  #later(opened) {
    if (opened || this.#state !== "polling") this.#become("connecting");
    const jitter = 0.5 + Math.random();
    this.#timer = setTimeout(() => this.#connect(), this.#delay * jitter);
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY);
  }

  #heard(message) {
    this.#silentLooks = 0;
    const watchers = message.topic ? (this.#topics.get(message.topic) ?? []) : this.#everyone();
    if (message.type === "subscribed") {
      for (const topic of message.topics) {
        for (const entry of this.#topics.get(topic) ?? []) if (!entry.synced) this.#sync(entry);
      }
    } else if (message.type === "resync") {
      for (const entry of watchers) this.#sync(entry);
    } else {
      for (const entry of watchers) entry[message.type]?.(message.data);
    }
  }

  #everyone() {
    return [...this.#topics.values()].flatMap((watchers) => [...watchers]);
  }

  #sync(entry) {
    clearTimeout(entry.pending);
    const wait = entry.synced ? entry.synced + RESYNC_DISTANCE - performance.now() : 0;
    if (wait > 0) {
      entry.pending = setTimeout(() => this.#sync(entry), wait);
      return;
    }
    entry.synced = performance.now();
    entry.sync?.();
  }

  #say(message) {
    this.#socket.send(JSON.stringify(message));
  }

  #become(state) {
    if (state === this.#state) return;
    if (this.#state === "live") this.offlineSince = new Date();
    if (state === "live") this.offlineSince = this.reason = null;
    this.#state = state;
    // what was missed in between is read again
    if (state !== "live") for (const entry of this.#everyone()) entry.synced = 0;
    for (const listener of this.#listeners) listener(state);
  }
}

function bound(watcher) {
  const noop = () => {};
  return {
    delta: watcher.delta ?? noop,
    log: watcher.log ?? noop,
    sync: watcher.sync ?? noop,
  };
}
