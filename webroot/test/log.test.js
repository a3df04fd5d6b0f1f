import assert from "node:assert/strict";
import { test } from "node:test";
import { ansi } from "../components/ansi.js";
import { LogModel } from "../components/logModel.js";
import { decodeRange } from "../components/utf8.js";

const linesOf = (model) => Array.from({ length: model.lines }, (_, i) => model.line(i));

test("a log that comes in pieces has the lines of the whole, however it is cut", () => {
  const text = "one\ntwo\n\nfour\nlast without feed";
  for (let cut = 0; cut <= text.length; cut++) {
    const appended = new LogModel();
    appended.append(text.slice(0, cut));
    appended.append(text.slice(cut));
    assert.deepEqual(linesOf(appended), text.split("\n"), `appended at ${cut}`);
    const prepended = new LogModel();
    prepended.append(text.slice(cut));
    const moved = prepended.prepend(text.slice(0, cut));
    assert.deepEqual(linesOf(prepended), text.split("\n"), `prepended at ${cut}`);
    assert.ok(moved >= 0);
  }
});

test("a large log in small and in large pieces finds any line", () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `line ${i} ${"x".repeat(i % 50)}`);
  const text = lines.join("\n") + "\n";
  for (const size of [700, 70_000, 5_000_000]) {
    const model = new LogModel();
    for (let at = 0; at < text.length; at += size) model.append(text.slice(at, at + size));
    assert.equal(model.lines, lines.length);
    for (const i of [0, 1, 29_999, 30_000, 59_999]) assert.equal(model.line(i), lines[i]);
    assert.equal(model.line(60_000), "");
  }
});

test("lines before the ones that are there push them down", () => {
  const model = new LogModel();
  model.append("c\nd\n");
  assert.equal(model.prepend("a\nb\n"), 2);
  assert.deepEqual(linesOf(model), ["a", "b", "c", "d"]);
});

test("a range leaves out the characters it holds in part", () => {
  const bytes = new TextEncoder().encode("grün 😀 fin");
  for (let cut = 0; cut <= bytes.length; cut++) {
    const a = decodeRange(bytes.subarray(0, cut), { first: true, last: false });
    const b = decodeRange(bytes.subarray(cut - a.tail), { first: false, last: true });
    assert.equal(a.text + b.text, "grün 😀 fin", `cut at ${cut}`);
  }
});

test("colours become styles, other escapes vanish", () => {
  assert.deepEqual(ansi("plain"), [{ text: "plain", style: "" }]);
  assert.deepEqual(ansi("\u001b[1;31mbad\u001b[0m ok\u001b[2K"), [
    { text: "bad", style: "ansi-red ansi-bold" },
    { text: " ok", style: "" },
  ]);
  assert.deepEqual(ansi("10%\r50%\r100%\r"), [{ text: "100%", style: "" }]);
  assert.deepEqual(ansi("\u001b[38;5;208mx\u001b[39m"), [{ text: "x", style: "" }]);
  assert.deepEqual(ansi("a\u0000b"), [{ text: "a\ufffdb", style: "" }]);
});
