// The commands by which machines and people get to this server. Pure.

/** Where the server is, seen from the page, without a slash at its end. */
export function serverAddress(page) {
  const url = new URL(".", page);
  url.search = url.hash = "";
  return url.href.replace(/\/$/, "");
}

export function agentCommand(server, token) {
  return `CTA_AGENT_TOKEN=${token} java -jar cta-agent.jar --server ${server}`;
}

export function clientCommand(server, token) {
  return `export CTA_SERVER=${server} CTA_TOKEN=${token}`;
}

/** Whether other machines cannot use this address. */
export function isLocal(server) {
  return /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(server);
}

/** The smallest thing that runs, as it is in conf/examples/hello.yaml. */
export const HELLO = [
  {
    kind: "TestSuite",
    name: "hello",
    tests: [{ name: "greet", stages: [{ run: 'echo "hello from $CTA_MACHINE, ${GREETING:-no greeting given}"' }] }],
  },
  { kind: "Configuration", name: "every-machine", mode: "stress" },
  {
    kind: "Scenario",
    name: "hello",
    suite: "hello",
    configuration: "every-machine",
    parameters: { GREETING: "have a nice day" },
    timeouts: { pending: "2m", running: "5m" },
  },
];
