import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Live } from "../live.js";

class FakeSocket {
  static last = null;
  said = [];
  constructor(url) {
    this.url = url;
    FakeSocket.last = this;
  }
  send(text) {
    this.said.push(JSON.parse(text));
  }
  close() {
    this.onclose?.();
  }
  hears(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

let live;
let socket;

beforeEach(() => {
  globalThis.WebSocket = FakeSocket;
  live = new Live("ws://test/api/v1/live");
  live.open();
  socket = FakeSocket.last;
});

function watcher() {
  const seen = [];
  return { seen, sync: () => seen.push("sync"), delta: (data) => seen.push(data) };
}

test("a topic is subscribed once, however many watch it, and left with the last", () => {
  socket.onopen();
  const first = live.watch("fleet", watcher());
  const second = live.watch("fleet", watcher());
  first();
  assert.deepEqual(socket.said, [{ subscribe: ["fleet"] }, { subscribe: ["fleet"] }]);
  second();
  assert.deepEqual(socket.said.at(-1), { unsubscribe: ["fleet"] });
  live.close();
});

test("REST is read once the subscription holds, and deltas follow", () => {
  const w = watcher();
  const stop = live.watch("fleet", w);
  socket.onopen();
  assert.deepEqual(socket.said, [{ subscribe: ["fleet"] }]);
  socket.hears({ type: "subscribed", topics: ["fleet"] });
  socket.hears({ type: "subscribed", topics: ["fleet"] });
  socket.hears({ topic: "fleet", type: "delta", data: { machines: [] } });
  socket.hears({ topic: "executions", type: "delta", data: {} });
  assert.deepEqual(w.seen, ["sync", { machines: [] }]);
  stop();
  live.close();
});

test("a lost connection comes back and everything is read again", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_800_000_000_000 });
  const w = watcher();
  const stop = live.watch("fleet", w);
  socket.onopen();
  socket.hears({ type: "subscribed", topics: ["fleet"] });
  const states = [];
  live.onState((state) => states.push(state));
  socket.onclose();
  t.mock.timers.tick(1_000);
  assert.notEqual(FakeSocket.last, socket);
  FakeSocket.last.onopen();
  FakeSocket.last.hears({ type: "subscribed", topics: ["fleet"] });
  assert.deepEqual(w.seen, ["sync", "sync"]);
  assert.deepEqual(states, ["live", "connecting", "live"]);
  stop();
  live.close();
});

test("many resyncs in a row read once a second", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_800_000_000_000 });
  const w = watcher();
  const stop = live.watch("fleet", w);
  socket.onopen();
  socket.hears({ type: "subscribed", topics: ["fleet"] });
  for (let i = 0; i < 50; i++) socket.hears({ type: "resync" });
  assert.equal(w.seen.length, 1);
  t.mock.timers.tick(5_000);
  assert.ok(w.seen.length <= 3, `${w.seen.length} reads`);
  stop();
  live.close();
});

test("who is not taken by the server is told to look whether the session still holds", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_800_000_000_000 });
  let refused = 0;
  live.onRefused = () => refused++;
  socket.onclose({ code: 1006 });
  assert.equal(refused, 1);
  t.mock.timers.tick(1_000);
  FakeSocket.last.onopen();
  FakeSocket.last.onclose({ code: 1006 });
  assert.equal(refused, 1, "a connection that was open may just be lost");
  t.mock.timers.tick(1_000);
  FakeSocket.last.onopen();
  FakeSocket.last.onclose({ code: 4401 });
  assert.equal(refused, 2);
  live.close();
});

test("without a feed the page follows by REST and says why", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_800_000_000_000 });
  t.mock.method(performance, "now", () => Date.now());
  let reason = "a proxy removed the upgrade";
  live.onRefused = async () => reason;
  const w = watcher();
  const stop = live.watch("fleet", w);
  socket.onclose({ code: 1006 });
  await new Promise(setImmediate);
  assert.equal(live.state, "polling");
  assert.equal(live.reason, reason);
  assert.deepEqual(w.seen, ["sync"]);
  t.mock.timers.tick(1_000);
  FakeSocket.last.onclose({ code: 1006 });
  await new Promise(setImmediate);
  t.mock.timers.tick(1_000);
  assert.ok(w.seen.length >= 2, "it is read again");
  reason = null;
  t.mock.timers.tick(20_000);
  FakeSocket.last.onclose({ code: 1006 });
  await new Promise(setImmediate);
  assert.equal(live.state, "connecting");
  stop();
  live.close();
});

test("it is known since when the feed is away", () => {
  assert.equal(live.offlineSince, null);
  socket.onopen();
  socket.onclose({ code: 1006 });
  assert.ok(live.offlineSince instanceof Date);
  live.close();
});

test("a connection that died without a word is found out, and made again", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_800_000_000_000 });
  socket.onopen();
  const states = [];
  live.onState((state) => states.push(state));
  socket.close = () => {}; // as a browser does: nobody says goodbye
  for (let i = 0; i < 4; i++) t.mock.timers.tick(10_000);
  t.mock.timers.tick(1_000);
  assert.notEqual(FakeSocket.last, socket);
  assert.equal(states[1], "connecting");
  live.close();
});

test("a quiet connection whose server answers stays", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_800_000_000_000 });
  socket.send = (text) => {
    socket.said.push(JSON.parse(text));
    socket.hears({ type: "subscribed", topics: [] });
  };
  socket.onopen();
  t.mock.timers.tick(300_000);
  assert.equal(FakeSocket.last, socket);
  assert.equal(live.state, "live");
  assert.ok(socket.said.length <= 20, `${socket.said.length} questions`);
  live.close();
});
