// What a page shows when it has nothing to show: loading, empty, broken.

import { h } from "../dom.js";
import { icon } from "./icons.js";

/** Grey lines where a list will be. */
export function skeleton(rows = 6) {
  return h(
    "div",
    { class: "skeleton", "aria-busy": "true", "aria-label": "Loading" },
    Array.from({ length: rows }, () => h("div", { class: "skeleton-row" })),
  );
}

export function empty(iconName, title, detail, action) {
  return h(
    "div",
    { class: "blank" },
    h("div", { class: "blank-icon" }, icon(iconName)),
    h("p", { class: "blank-title" }, title),
    detail && h("p", { class: "blank-detail" }, detail),
    action,
  );
}

export function failure(error, retry) {
  return h(
    "div",
    { class: "blank blank-failure", role: "alert" },
    h("div", { class: "blank-icon" }, icon("failed")),
    h("p", { class: "blank-title" }, "This could not be loaded"),
    h("p", { class: "blank-detail" }, error.message),
    retry && h("button", { class: "button", type: "button", on: { click: retry } }, "Try again"),
  );
}

/** The way to the first steps, for those who find nothing yet. */
export function startLink(text) {
  return h("a", { class: "button", href: "#/start" }, text);
}
