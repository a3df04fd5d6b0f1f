// The way in.

import { h } from "../dom.js";
import { session } from "../session.js";
import { brandMark } from "../components/shell.js";
import { credentials } from "../components/credentials.js";

export function loginPage(onDone) {
  const form = credentials({
    verb: "Log in",
    fields: [
      { name: "name", label: "Name", autocomplete: "username" },
      { name: "password", label: "Password", type: "password", autocomplete: "current-password" },
    ],
    async submit({ name, password }) {
      await session.login(name, password);
      onDone();
    },
  });
  return { element: doorway("Log in to CTA", null, form) };
}

/** A single card in the middle of the page. */
export function doorway(title, detail, ...content) {
  return h(
    "main",
    { class: "lonely" },
    h(
      "div",
      { class: "door" },
      h("div", { class: "door-brand" }, brandMark()),
      h("h1", {}, title),
      detail && h("p", { class: "muted" }, detail),
      content,
    ),
  );
}
