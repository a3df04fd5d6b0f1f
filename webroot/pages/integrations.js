// Where calls come from and where results go, and whether that works.

import { all, api } from "../api.js";
import { serverAddress } from "../components/commands.js";
import { empty, failure, skeleton } from "../components/blank.js";
import { command } from "../components/command.js";
import { deliveryRow } from "../components/deliveryRow.js";
import { icon } from "../components/icons.js";
import { fill, h } from "../dom.js";
import { moment } from "../format.js";

const MOST = 1_000;
const MOST_FAILED = 20;

export function integrationsPage({ session }) {
  const sections = [
    section("Not delivered", loadFailed(session)),
    section("Channels", load("/channels", channelTable, "link", "Nobody is told of results yet", CHANNEL)),
    section("Hooks", load("/hooks", hookTable, "link", "No forge starts scenarios yet", HOOK)),
    section("Forges", load("/forges", forgeTable, "link", "Results go to no forge yet", FORGE)),
  ];
  const element = h(
    "div",
    { class: "page" },
    h(
      "header",
      { class: "page-head" },
      h("div", {}, h("h1", {}, "Integrations"), h("p", { class: "muted" }, "Who starts scenarios, and who is told. ", apply())),
    ),
    sections,
  );
  return { element, close() {} };
}

function apply() {
  return ["Definitions come by ", h("code", {}, "cta apply -f FILE"), "."];
}

/** A titled part of the page that loads by itself, so that one fault hides nothing else. */
function section(title, loader) {
  const body = h("div", {}, skeleton(2));
  const show = async () => {
    try {
      fill(body, await loader());
    } catch (e) {
      fill(body, failure(e, show));
    }
  };
  show();
  return h("section", { class: "panel", "aria-label": title }, h("header", { class: "panel-head" }, h("h2", {}, title)), body);
}

const load = (path, table, iconName, nothing, example) => async () => {
  const { items, more } = await all(path, {}, MOST);
  if (items.length === 0) return empty(iconName, nothing, null, command(example));
  return [table(items), more && h("p", { class: "muted panel-note" }, `The first ${MOST} are shown.`)];
};

const loadFailed = (session) => async () => {
  const { items, next } = await api.get("/deliveries", { state: "failed", limit: MOST_FAILED });
  if (items.length === 0) return h("p", { class: "muted panel-note" }, "Everything that was sent arrived, or is still being tried.");
  return [
    h("ul", { class: "delivery-list panel-note" }, items.map((one) => deliveryRow(session, one, true))),
    next && h("p", { class: "muted panel-note" }, "There are more: ", h("code", {}, "cta deliveries --failed")),
  ];
};

function table(labels, rows) {
  const head = labels.map((label) => h("th", { scope: "col" }, label));
  return h("table", { class: "table" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows));
}

function row(...cells) {
  return h("tr", {}, cells.map((cell) => h("td", {}, cell)));
}

function channelTable(channels) {
  const rows = channels.map((c) =>
    row(
      c.name,
      c.type ?? "webhook",
      c.url,
      c.lastDeliveredAt ? moment(c.lastDeliveredAt) : "never",
      c.enabled === false ? "switched off" : c.problem ? problem(c.problem, c.problemAt) : "",
    ),
  );
  return table(["Name", "Type", "To", "Last delivered", "Trouble"], rows);
}

function hookTable(hooks) {
  const server = serverAddress(document.baseURI);
  const rows = hooks.map((hook) =>
    row(
      hook.name,
      hook.type,
      command(server + hook.path),
      hook.triggers.map((t) => t.scenario).join(", "),
      [hook.lastEventAt && `${moment(hook.lastEventAt)}: `, hook.lastOutcome],
    ),
  );
  return table(["Name", "Type", "Address for the forge", "Starts", "Last call"], rows);
}

function forgeTable(forges) {
  const rows = forges.map((f) => row(f.name, f.type, f.url, f.hasToken ? "" : problem("has no token, so nothing is reported")));
  return table(["Name", "Type", "Address", "Trouble"], rows);
}

function problem(words, at) {
  return [h("span", { class: "badge look-failed" }, icon("failed"), "trouble"), " ", words, at && ` (${moment(at)})`];
}

const CHANNEL = `kind: Channel
name: team
type: slack
url: https://hooks.slack.com/services/...`;

const HOOK = `kind: Hook
name: app
type: gitlab
triggers:
  - { scenario: nightly, events: [ push ] }`;

const FORGE = `kind: Forge
name: gitlab
type: gitlab
url: https://gitlab.example.org
token: glpat-...`;
