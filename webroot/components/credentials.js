// A short form with one button, its errors said where the eye is.

import { h, text } from "../dom.js";

export function credentials({ fields, verb, submit }) {
  const inputs = fields.map((field) =>
    h("input", {
      class: "input",
      name: field.name,
      id: `field-${field.name}`,
      type: field.type ?? "text",
      autocomplete: field.autocomplete,
      required: true,
      spellcheck: "false",
      autocapitalize: "none",
    }),
  );
  const error = h("p", { class: "form-error", role: "alert" });
  const button = h("button", { class: "button primary wide", type: "submit" }, verb);
  const element = h(
    "form",
    { class: "form", on: { submit: send } },
    fields.map((field, i) =>
      h("label", { class: "field", for: `field-${field.name}` }, h("span", {}, field.label), inputs[i]),
    ),
    error,
    button,
  );

  async function send(event) {
    event.preventDefault();
    button.disabled = true;
    text(error, "");
    try {
      await submit(Object.fromEntries(inputs.map((input) => [input.name, input.value])));
    } catch (e) {
      text(error, e.message);
      inputs.at(-1).select();
    } finally {
      button.disabled = false;
    }
  }

  setTimeout(() => inputs[0].focus());
  return element;
}
