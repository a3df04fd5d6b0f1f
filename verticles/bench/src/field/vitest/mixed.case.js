import { describe, expect, it } from "vitest";

describe("outer", () => {
  it("is ok", () => {});
  it("fails", () => expect("\u001b[31m]]>").toBe("<b>"));
  it.skip("is skipped", () => {});
  it.each([1, 2, 3])("is fine with %i", () => {});
});
