import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerTime } from "../serverTime.js";

const NOON = Date.parse("2026-01-02T12:00:00Z");
const date = (ms) => new Date(ms).toUTCString();

test("a browser's clock that is wrong does not matter", () => {
  for (const wrong of [-7_200_000, -31_000, 31_000, 7_200_000]) {
    let ticks = 50;
    const time = new ServerTime(NOON + wrong, () => ticks);
    ticks = 150;
    time.heard(date(NOON), 50);
    assert.equal(time.now(), NOON + 550);
    ticks = 60_150;
    assert.equal(time.now(), NOON + 60_550);
  }
});

test("a server whose clock is set is followed", () => {
  let ticks = 0;
  const time = new ServerTime(NOON, () => ticks);
  time.heard(date(NOON + 7_200_000), 0);
  assert.equal(time.now(), NOON + 7_200_500);
});

test("what is within the second of a Date changes nothing", () => {
  let ticks = 0;
  const time = new ServerTime(NOON + 900, () => ticks);
  for (ticks = 0; ticks < 5_000; ticks += 700) {
    time.heard(date(NOON + 900 + ticks), ticks);
    assert.equal(time.now(), NOON + 900 + ticks);
  }
});

test("an answer without a date is none", () => {
  const time = new ServerTime(NOON, () => 7);
  time.heard(null, 0);
  time.heard("soon", 0);
  assert.equal(time.now(), NOON);
});
