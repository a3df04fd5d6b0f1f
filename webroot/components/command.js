// A command for people to copy.

import { h } from "../dom.js";
import { toast } from "./toast.js";

export function command(text) {
  const code = h("code", {}, text);
  return h(
    "div",
    { class: "command" },
    h("pre", { tabindex: "0" }, code),
    h("button", { class: "button small", type: "button", on: { click: () => copy(text, code) } }, "Copy"),
  );
}

/** A page that is not at home or on https may not use the clipboard: then the text is selected. */
async function copy(text, code) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    getSelection().selectAllChildren(code);
    toast("Selected: copy it with the keyboard");
  }
}
