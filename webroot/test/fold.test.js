import assert from "node:assert/strict";
import { test } from "node:test";
import { Collection, TestResults, cellLook, look, warningsOf } from "../fold.js";

const status = (attempt, index, result, name, skipped = false) => ({ taskId: "E-0", testId: "t", attempt, index, result, name, skipped });

function fold(...statuses) {
  const results = new TestResults();
  statuses.forEach((s) => results.add(s));
  return results;
}

test("the worst case makes the result", () => {
  assert.equal(fold(status(1, 1, "ok", "a"), status(1, 2, "partial", "b")).of("E-0", "t"), "partial");
  assert.equal(fold(status(1, 1, "failed", "a"), status(1, 2, "partial", "b")).of("E-0", "t"), "failed");
});

test("a later report of the same case overrides, in any order of arrival", () => {
  assert.equal(fold(status(1, 1, "failed", "a"), status(1, 2, "ok", "a")).of("E-0", "t"), "ok");
  assert.equal(fold(status(1, 2, "ok", "a"), status(1, 1, "failed", "a")).of("E-0", "t"), "ok");
});

test("a later attempt overrides as a whole and makes the test flaky", () => {
  const results = fold(status(2, 1, "ok", "a"), status(1, 1, "failed", "a"), status(1, 2, "failed", "b"));
  assert.equal(results.of("E-0", "t"), "ok");
  assert.equal(results.flaky("E-0", "t"), true);
});

test("skipped cases do not count, and nothing but skips is never ok", () => {
  assert.equal(fold(status(1, 1, "inconclusive", "a", true), status(1, 2, "ok", "b")).of("E-0", "t"), "ok");
  assert.equal(fold(status(1, 1, "inconclusive", "a", true)).of("E-0", "t"), "inconclusive");
});

test("a cell shows the state until there is a result", () => {
  const none = new TestResults();
  const task = (state, result, testIds = ["t", "u"]) => ({ id: "E-0", state, result, testIds });
  assert.equal(cellLook(task("pending"), "t", none), "pending");
  assert.equal(cellLook(task("running"), "t", fold(status(1, 1, "failed", "a"))), "failed");
  assert.equal(cellLook(task("running"), "t", fold(status(1, 1, "inconclusive", "a", true))), "running");
  assert.equal(cellLook(task("finished", "failed"), "u", fold(status(1, 1, "failed", "a"))), "inconclusive");
  assert.equal(cellLook(task("finished", "failed", ["t"]), "t", none), "failed");
  assert.equal(cellLook(task("cancelled", "inconclusive", ["t"]), "t", none), "cancelled");
  assert.equal(look("finished", "partial"), "partial");
  assert.equal(look("timeout", "failed"), "timeout");
});

test("of a task that is over the server says which tests are not ok", () => {
  const none = new TestResults();
  const task = { id: "E-0", state: "finished", result: "failed", testIds: ["t", "u"], notOk: { t: "failed" } };
  assert.equal(cellLook(task, "t", none), "failed");
  assert.equal(cellLook(task, "u", none), "ok");
  assert.equal(cellLook(task, "u", fold(status(1, 1, "inconclusive", "a"))), "ok");
});

test("cases of one name in two suites are two, and a stand-in gives way", () => {
  const one = (suite, index, result) => ({ ...status(1, index, result, "a"), suite });
  assert.equal(fold(one("s1", 1, "failed"), one("s2", 2, "ok")).of("E-0", "t"), "failed");
  const standIn = { ...status(1, 1e9, "inconclusive"), source: "server" };
  assert.equal(fold(standIn).of("E-0", "t"), "inconclusive");
  assert.equal(fold(standIn, status(1, 1, "ok", "a")).of("E-0", "t"), "ok");
});

test("what the feed says while REST is read is not lost", () => {
  const list = new Collection(["tests"]);
  list.loading();
  list.merge([{ id: "a", state: "finished" }]);
  list.reset([{ id: "a", state: "running", waitReason: "slots", tests: [1] }]);
  assert.deepEqual(list.get("a"), { id: "a", state: "finished", tests: [1] });
  list.merge([{ id: "b", state: "pending" }]);
  assert.equal(list.size, 2);
});

test("what was deleted while REST was read stays deleted", () => {
  const list = new Collection();
  list.reset([{ id: "a" }, { id: "b" }]);
  list.loading();
  list.merge([{ id: "b", load: 1 }]);
  list.delete("b");
  list.reset([{ id: "a" }, { id: "b" }]);
  assert.deepEqual(list.values().map((item) => item.id), ["a"]);
  list.reset([{ id: "b" }]);
  assert.equal(list.size, 1);
});

test("warnings of attempts are told once, in order", () => {
  const tasks = [
    { attempts: [{ warnings: ["a"] }, {}], warnings: ["b"] },
    { warnings: ["a", "c"] },
    {},
  ];
  assert.deepEqual(warningsOf(tasks), ["a", "b", "c"]);
});
