import { it } from "vitest";

it("a", () => {});
it("b", () => {});
