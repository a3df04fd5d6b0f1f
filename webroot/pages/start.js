// The first three steps: connect a machine, get a token, run a test.

import { all, api } from "../api.js";
import { fill, h } from "../dom.js";
import { command } from "../components/command.js";
import { HELLO, agentCommand, clientCommand, isLocal, serverAddress } from "../components/commands.js";
import { attempt } from "../components/toast.js";
import { go } from "../router.js";

export function startPage({ live, session }) {
  const server = serverAddress(document.baseURI);
  const machines = h("p", { class: "step-state", role: "status" });
  const element = h(
    "div",
    { class: "page" },
    h("header", { class: "page-head" }, h("h1", {}, "Get started")),
    h(
      "ol",
      { class: "steps" },
      step("Connect a machine", connect(server, session), machines),
      step("Get a token for the command line and for CI", token(server, session)),
      step("Run a first test", firstTest(session)),
    ),
  );

  const online = new Map();
  const unwatch = live.watch("fleet", {
    sync: load,
    delta(data) {
      for (const m of data.machines ?? []) online.set(m.id, m);
      for (const { id } of data.gone ?? []) online.delete(id);
      show();
    },
  });

  async function load() {
    const { items } = await all("/machines", { sort: "name" }, 1000);
    online.clear();
    for (const m of items) online.set(m.id, m);
    show();
  }

  function show() {
    const there = [...online.values()].filter((m) => m.presence === "online");
    fill(
      machines,
      there.length === 0
        ? "Waiting for the first machine…"
        : [
            h("strong", {}, there[0].name),
            there.length === 1 ? " is connected. " : ` and ${there.length - 1} more are connected. `,
            h("a", { href: "#/fleet" }, "See the fleet"),
          ],
    );
  }

  return { element, close: unwatch };
}

function step(title, ...body) {
  return h("li", { class: "panel step" }, h("h2", {}, title), body);
}

function connect(server, session) {
  const text = h(
    "p",
    {},
    "On the machine, with Java 17 or newer and the file ",
    h("code", {}, "cta-agent.jar"),
    ", as a user that matters to nobody: tests run as that user.",
  );
  const hint = isLocal(server) && h("p", { class: "muted" }, `On another machine put this one's name in place of ${new URL(server).hostname}.`);
  if (!session.may("admin")) return [text, h("p", { class: "muted" }, "An administrator can make the token for it here.")];
  return [
    text,
    once("Make a token for machines", { name: named("machines"), kind: "registration", expiresIn: "1d" }, (raw) => [
      command(agentCommand(server, raw)),
      h("p", { class: "muted" }, "The token is shown this once and connects any number of machines for a day; each gets one of its own."),
      hint,
    ]),
  ];
}

function token(server, session) {
  return [
    h(
      "p",
      {},
      "With it ",
      h("code", {}, "cta"),
      " and pipelines act in your name. It may do what you may, as ",
      h("strong", {}, session.me.role),
      ".",
    ),
    once("Make a token for me", { name: named(session.me.name), kind: "api", expiresIn: "90d" }, (raw) => [
      command(clientCommand(server, raw)),
      command("java -jar cta.jar machines"),
      h("p", { class: "muted" }, "The token is shown this once and is good for 90 days. ", h("a", { href: "#/tokens" }, "All tokens")),
    ]),
  ];
}

function firstTest(session) {
  const text = h(
    "p",
    {},
    "Says hello on every machine. It makes a test suite, a configuration and a scenario: ",
    h("code", {}, "conf/examples/hello.yaml"),
    ".",
  );
  if (!session.may("maintainer")) return [text, h("p", { class: "muted" }, "Your role may not make definitions.")];
  const button = h("button", { class: "button primary", type: "button", on: { click: run } }, "Run hello");
  async function run() {
    const started = await attempt(button, async () => {
      await api.post("/apply", { documents: HELLO });
      return api.post("/executions", { scenario: "hello" });
    });
    if (started) go(`/executions/${started.id}`);
  }
  return [text, button];
}

/** A button that makes a token, and what is shown in its place then. */
function once(verb, order, shown) {
  const place = h("div", {});
  const button = h("button", { class: "button primary", type: "button", on: { click: make } }, verb);
  async function make() {
    const made = await attempt(button, () => api.post("/tokens", order));
    if (made) fill(place, shown(made.raw));
  }
  return fill(place, button);
}

function named(whose) {
  return `${whose} from the dashboard ${new Date().toISOString().slice(0, 16).replace("T", " ")}`;
}
