import { test } from "node:test";

test("before", () => {});
test("kills the process", () => process.abort());
