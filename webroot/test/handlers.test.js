import assert from "node:assert/strict";
import { test } from "node:test";

import { allOutcomes, chainRows, handlerLook, handlerText, handlerWord } from "../handlers.js";

test("a handler says what it does and when", () => {
  const outcome = { action: "start" };
  assert.equal(handlerText({ start: { scenario: "next" } }, outcome), "start next");
  assert.equal(handlerText({ on: "always", start: { scenario: "next" } }, outcome), "start next");
  assert.equal(
    handlerText({ when: "result != ok", notify: { channels: ["team", "ops"] } }, outcome),
    "when result != ok: tell team, ops",
  );
  assert.equal(handlerText({ on: "failure", notify: { channels: ["team"] } }, outcome), "on failure: tell team");
  assert.equal(handlerText(undefined, outcome), "start");
  assert.equal(handlerText({ build: { forge: "ci", job: "a/b" } }, outcome), "build a/b at ci");
  assert.equal(handlerText({ report: { forge: "lab", name: "x" } }, outcome), "report to lab as x");
  const push = { formats: ["junit", "csv"], to: { url: "s3://team/x/" } };
  assert.equal(handlerText({ push }, outcome), "push junit, csv to s3://team/x/");
});

test("the report to a forge comes before what happens after", () => {
  assert.deepEqual(allOutcomes({}), []);
  const all = allOutcomes({ report: { forge: "lab", state: "done" }, after: [{ handler: 0, action: "start" }] });
  assert.deepEqual(all.map((o) => handlerText(undefined, o)), ["report to lab", "start"]);
  const [told] = allOutcomes({ report: { forge: "lab", text: "reported", note: "the note is there" } });
  assert.equal(told.text, "reported; the note is there");
});

test("every state has a look and a word", () => {
  for (const state of ["waiting", "due", "sending", "done", "skipped", "failed", "loopCut"]) {
    assert.notEqual(handlerLook(state), "inconclusive");
    assert.ok(handlerWord(state));
  }
  assert.equal(handlerLook("new"), "inconclusive");
});

test("a chain is shown as a tree, what lost its parent at the top", () => {
  const rows = chainRows([
    { id: "a" },
    { id: "b", parent: "a" },
    { id: "c", parent: "a" },
    { id: "d", parent: "b" },
    { id: "e", parent: "gone" },
  ]);
  assert.deepEqual(
    rows.map((r) => [r.id, r.level]),
    [
      ["a", 0],
      ["b", 1],
      ["d", 2],
      ["c", 1],
      ["e", 0],
    ],
  );
});
