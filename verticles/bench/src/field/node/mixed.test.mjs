import assert from "node:assert";
import { describe, it, test } from "node:test";

test("ok", () => {});
test("fails with odd text", () => assert.equal("\u001b[31mred ]]> <b>", "\u0001"));
test("skipped", { skip: "not today" }, () => {});
describe("outer", () => {
  describe("inner", () => {
    it("is good", () => {});
    it("is bad", () => assert.fail("no"));
  });
});
