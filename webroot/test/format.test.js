import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, bytes, duration, plural, shortId, words } from "../format.js";

test("durations use two units at most", () => {
  const cases = [
    [0, "0 ms"],
    [999, "999 ms"],
    [1_000, "1.0 s"],
    [9_999, "9.9 s"],
    [59_999, "59 s"],
    [200_000, "3 m 20 s"],
    [7_500_000, "2 h 5 m"],
    [100_000_000, "1 d 3 h"],
    [null, "–"],
    [-5, "0 ms"],
  ];
  for (const [ms, text] of cases) assert.equal(duration(ms), text);
});

test("moments are told by their distance", () => {
  const now = Date.parse("2026-05-02T12:00:00.000Z");
  assert.equal(ago("2026-05-02T11:59:58.000Z", now), "just now");
  assert.equal(ago("2026-05-02T11:20:00.000Z", now), "40 min ago");
  assert.equal(ago("2026-05-01T11:00:00.000Z", now), "1 d ago");
  assert.equal(ago("2025-05-01T11:00:00.000Z", now), "2025-05-01");
  assert.equal(ago(null, now), "–");
});

test("numbers and names read well", () => {
  assert.equal(bytes(0), "0 B");
  assert.equal(bytes(1536), "1.5 KiB");
  assert.equal(bytes(16 * 1024 * 1024), "16.0 MiB");
  assert.equal(bytes(-1), "–");
  assert.equal(plural(1, "machine"), "1 machine");
  assert.equal(plural(4000, "machine"), "4,000 machines");
  assert.equal(words("machineLost"), "machine lost");
  assert.equal(shortId("01JDK0000000000000ABCDEFGH"), "abcdefgh");
});
