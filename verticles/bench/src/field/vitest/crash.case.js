import { it } from "vitest";

it("a", () => {});
it("leaves a rejection that nobody handles", () => {
  Promise.reject(new Error("unhandled"));
});
