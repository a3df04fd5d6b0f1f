import assert from "node:assert/strict";
import { test } from "node:test";
import { historyOf, originOf, originTitle } from "../components/origin.js";

const COMMIT = "6aa1ee1db50114c6adc2e4d94ecd539c03bcab7e";

test("branch and commit are said as far as they are known", () => {
  assert.equal(originOf({ branch: "main", commit: COMMIT }), "main 6aa1ee1db5");
  assert.equal(originOf({ commit: COMMIT }), "6aa1ee1db5");
  assert.equal(originOf({ branch: "main" }), "main");
  assert.equal(originOf({}), "");
  assert.equal(originOf(undefined), "");
  assert.equal(originTitle({ subject: "Fix", author: "ann" }), "Fix, by ann");
  assert.equal(originTitle(null), "");
});

test("the history is that of scenario and branch, whatever is in its name", () => {
  assert.equal(
    historyOf({ scenarioId: "S", source: { branch: "fix/a b&c" } }),
    "#/executions?scenario=S&branch=fix%2Fa+b%26c",
  );
});
