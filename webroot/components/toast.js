// Short messages at the edge of the page.

import { h } from "../dom.js";

const STAY = 6_000;
let area = null;

export function toast(message, kind = "info") {
  if (!area) {
    area = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    document.body.append(area);
  }
  const element = h("div", { class: `toast toast-${kind}` }, message);
  area.append(element);
  setTimeout(() => element.remove(), STAY);
}

/** Does something and tells when it fails; the button waits meanwhile. */
export async function attempt(button, action, done) {
  if (button) button.disabled = true;
  try {
    const result = await action();
    if (done) toast(typeof done === "function" ? done(result) : done);
    return result;
  } catch (e) {
    toast(e.message, "bad");
    return undefined;
  } finally {
    if (button) button.disabled = false;
  }
}
