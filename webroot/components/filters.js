// Controls that narrow a list.

import { attr, h } from "../dom.js";
import { icon } from "./icons.js";

/** Exclusive choices as a row of buttons; `options` are [value, label, icon?]. */
export function segmented(label, options, value, onChange) {
  const buttons = options.map(([key, text, iconName]) =>
    h(
      "button",
      { type: "button", class: "segment", data: { key }, on: { click: () => choose(key) } },
      iconName && icon(iconName),
      text,
    ),
  );
  const element = h("div", { class: "segments", role: "group", "aria-label": label }, buttons);
  function show(key) {
    for (const button of buttons) attr(button, "aria-pressed", String(button.dataset.key === key));
  }
  function choose(key) {
    show(key);
    onChange(key);
  }
  show(value);
  return element;
}

/** A search field that speaks up once typing pauses. */
export function searchBox(label, value, onChange) {
  let timer = 0;
  const input = h("input", {
    class: "input search-input",
    type: "search",
    placeholder: label,
    "aria-label": label,
    value: value ?? "",
    spellcheck: "false",
    on: {
      input: () => {
        clearTimeout(timer);
        timer = setTimeout(() => onChange(input.value.trim()), 150);
      },
    },
  });
  return h("div", { class: "search" }, icon("search"), input);
}

export function select(label, options, value, onChange) {
  const element = h(
    "select",
    { class: "input select", "aria-label": label, on: { change: () => onChange(element.value) } },
    options.map(([key, text]) => h("option", { value: key }, text)),
  );
  element.value = value ?? "";
  return element;
}
