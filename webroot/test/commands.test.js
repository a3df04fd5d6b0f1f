import assert from "node:assert/strict";
import { test } from "node:test";
import { agentCommand, clientCommand, isLocal, serverAddress } from "../components/commands.js";

test("the server's address is that of the page", () => {
  assert.equal(serverAddress("http://cta.example:8080/#/start"), "http://cta.example:8080");
  assert.equal(serverAddress("https://example.org/cta/index.html?x=1#/start"), "https://example.org/cta");
});

test("commands name server and token", () => {
  assert.equal(
    agentCommand("http://cta:8080", "cta_r_1_x"),
    "CTA_AGENT_TOKEN=cta_r_1_x java -jar cta-agent.jar --server http://cta:8080",
  );
  assert.equal(clientCommand("http://cta:8080", "cta_p_1_x"), "export CTA_SERVER=http://cta:8080 CTA_TOKEN=cta_p_1_x");
});

test("an address that no other machine can use is known", () => {
  for (const local of ["http://localhost:8080", "http://127.0.0.1", "https://[::1]:8443/cta"]) assert.ok(isLocal(local), local);
  for (const other of ["http://localhost.example.org", "http://10.0.0.1:8080", "https://cta"]) assert.ok(!isLocal(other), other);
});
