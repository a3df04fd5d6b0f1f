// Who and what may speak to the server in somebody's name.

import { all, api } from "../api.js";
import { fill, h, text } from "../dom.js";
import { moment } from "../format.js";
import { empty, failure, skeleton } from "../components/blank.js";
import { command } from "../components/command.js";
import { confirm, dialog } from "../components/dialog.js";
import { field } from "../components/field.js";
import { select } from "../components/filters.js";
import { attempt, toast } from "../components/toast.js";

const MOST = 5_000;
const ROLES = ["viewer", "runner", "maintainer", "admin"];
const KINDS = { api: "for programs", registration: "for machines to enrol", agent: "of a machine" };
const LIFETIMES = [
  ["1d", "a day"],
  ["90d", "90 days"],
  ["365d", "a year"],
  ["", "for ever"],
];

export function tokensPage({ session }) {
  const body = h("div", { class: "panel" }, skeleton());
  const make = h(
    "button",
    { class: "button primary", type: "button", on: { click: () => newToken(session, load) } },
    "New token",
  );
  const element = h(
    "div",
    { class: "page" },
    h(
      "header",
      { class: "page-head" },
      h(
        "div",
        {},
        h("h1", {}, "Tokens"),
        h("p", { class: "muted" }, session.may("admin") ? "Of everybody. " : "Yours. ", h("a", { href: "#/start" }, "How to use them")),
      ),
      make,
    ),
    body,
  );
  load();

  async function load() {
    try {
      const { items } = await all("/tokens", {}, MOST);
      fill(body, items.length === 0 ? empty("key", "No tokens yet", "Make one for a pipeline or the command line.") : table(items, load));
    } catch (e) {
      fill(body, failure(e, load));
    }
  }

  return { element, close() {} };
}

function table(tokens, changed) {
  const head = ["Name", "Kind", "Role", "Made", "Ends", ""].map((label) => h("th", { scope: "col" }, label));
  return h("table", { class: "table" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, tokens.map((t) => row(t, changed))));
}

function row(t, changed) {
  const over = t.expiresAt && Date.parse(t.expiresAt) < Date.now();
  const remove = h(
    "button",
    { class: "button small danger", type: "button", "aria-label": `Delete the token ${t.name}`, on: { click: ask } },
    "Delete",
  );
  function ask() {
    confirm(`Delete the token ${t.name}?`, whatBreaks(t), "Delete it", async () => {
      if (await attempt(remove, () => api.remove(`/tokens/${encodeURIComponent(t.id)}`).then(() => true))) {
        toast(`${t.name} is refused from now on`);
        changed();
      }
    });
  }
  return h(
    "tr",
    { class: over && "muted" },
    h("td", {}, t.name),
    h("td", {}, KINDS[t.kind] ?? t.kind),
    h("td", {}, t.kind === "api" ? t.role : ""),
    h("td", {}, moment(t.createdAt)),
    h("td", {}, t.expiresAt ? moment(t.expiresAt) : "never", over && " (over)"),
    h("td", {}, remove),
  );
}

function whatBreaks(t) {
  if (t.kind === "agent") return "The machine is refused until it enrols anew; what runs on it is lost.";
  if (t.kind === "registration") return "No more machines can enrol with it. Those that have enrolled stay.";
  return "Programs and pipelines that use it are refused from now on.";
}

function newToken(session, changed) {
  let kind = "api";
  let role = session.me.role;
  let expiresIn = "90d";
  const name = h("input", { class: "input", maxlength: "128", required: true, placeholder: "nightly build" });
  const error = h("p", { class: "form-error", role: "alert" });
  const kinds = [["api", KINDS.api], ...(session.may("admin") ? [["registration", KINDS.registration]] : [])];
  const roles = ROLES.slice(0, ROLES.indexOf(session.me.role) + 1).map((one) => [one, one]);
  const save = h("button", { class: "button primary", type: "submit", form: "token-form" }, "Make it");
  const form = h(
    "form",
    { class: "form", id: "token-form", on: { submit } },
    field("Name", name, "what it is for"),
    field("Kind", select("Kind", kinds, kind, (value) => (kind = value))),
    field("Role", select("Role", roles, role, (value) => (role = value)), "of a token for programs"),
    field("Good for", select("Good for", LIFETIMES, expiresIn, (value) => (expiresIn = value))),
    error,
  );
  const close = dialog("New token", form, [
    h("button", { class: "button", type: "button", on: { click: () => close() } }, "Cancel"),
    save,
  ]);

  async function submit(event) {
    event.preventDefault();
    save.disabled = true;
    text(error, "");
    try {
      const order = { name: name.value.trim(), kind, expiresIn: expiresIn || undefined };
      if (kind === "api") order.role = role;
      const made = await api.post("/tokens", order);
      close();
      show(made);
      changed();
    } catch (e) {
      text(error, [e.message, ...e.fields.map((f) => `${f.field} ${f.rule}`)].join(": "));
    } finally {
      save.disabled = false;
    }
  }
}

function show(made) {
  const close = dialog(
    made.name,
    [h("p", {}, "This is shown once. Keep it where secrets are kept."), command(made.raw)],
    [h("button", { class: "button primary", type: "button", on: { click: () => close() } }, "I have it")],
  );
}
