// A control of a form with its label, and a hint beside it.

import { h } from "../dom.js";

export function field(label, control, hint) {
  return h("label", { class: "field" }, h("span", {}, label, hint && h("small", {}, hint)), control);
}
