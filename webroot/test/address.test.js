import assert from "node:assert/strict";
import { test } from "node:test";
import { apiRoot, feedAddress } from "../address.js";

const PAGES = [
  ["http://cta.example:8080/", "http://cta.example:8080/api/v1", "ws://cta.example:8080/api/v1/live"],
  ["https://example.org/cta/", "https://example.org/cta/api/v1", "wss://example.org/cta/api/v1/live"],
  ["https://example.org/a/b/#/executions?q=1", "https://example.org/a/b/api/v1", "wss://example.org/a/b/api/v1/live"],
  ["http://[::1]/cta/index.html?x#/fleet", "http://[::1]/cta/api/v1", "ws://[::1]/cta/api/v1/live"],
];

test("API and feed are beside the page", () => {
  for (const [page, api, feed] of PAGES) {
    assert.equal(apiRoot(page), api);
    assert.equal(feedAddress(page), feed);
  }
});
