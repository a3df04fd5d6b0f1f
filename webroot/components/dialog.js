// Modal dialogs on the browser's own <dialog>: focus, escape and backdrop come with it.

import { h } from "../dom.js";
import { icon } from "./icons.js";

/** Opens a dialog; `actions` are buttons for its foot. The answer closes it. */
export function dialog(title, body, actions, onClose) {
  const close = () => element.close();
  const element = h(
    "dialog",
    { class: "dialog", "aria-label": title, on: { close: () => done() } },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", {}, title),
      h("button", { class: "ghost", type: "button", "aria-label": "Close", on: { click: close } }, icon("close")),
    ),
    h("div", { class: "dialog-body" }, body),
    actions && h("footer", { class: "dialog-foot" }, actions),
  );
  const done = () => {
    element.remove();
    onClose?.();
  };
  // a click beside the dialog hits the element itself
  element.addEventListener("mousedown", (e) => e.target === element && close());
  document.body.append(element);
  element.showModal();
  element.querySelector(".dialog-body :is(input, select, textarea), .dialog-foot button")?.focus();
  return close;
}

/** Asks before something that cannot be taken back. */
export function confirm(title, detail, verb, action) {
  const button = h(
    "button",
    {
      class: "button danger",
      type: "button",
      on: {
        click: () => {
          close();
          action();
        },
      },
    },
    verb,
  );
  const close = dialog(title, h("p", {}, detail), [
    h("button", { class: "button", type: "button", on: { click: () => close() } }, "Keep it"),
    button,
  ]);
}
