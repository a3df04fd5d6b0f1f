// What people decide about a machine: health, slots, labels, properties.

import { api, versioned } from "../api.js";
import { h, text } from "../dom.js";
import { dialog } from "./dialog.js";
import { field } from "./field.js";
import { select } from "./filters.js";
import { toast } from "./toast.js";

const HEALTH = [
  ["active", "active: takes tasks"],
  ["draining", "draining: finishes what it has, takes no more"],
  ["maintenance", "maintenance: takes nothing"],
  ["retired", "retired: gone for good"],
];

export async function editMachine(id, onEdited) {
  let machine;
  let etag;
  try {
    ({ value: machine, etag } = await versioned(`/machines/${encodeURIComponent(id)}`));
  } catch (e) {
    toast(e.message, "bad");
    return;
  }
  const choices = HEALTH.some(([key]) => key === machine.health)
    ? HEALTH
    : [[machine.health, `${machine.health}: by the circuit breaker`], ...HEALTH];
  let health = machine.health;
  const note = h("input", { class: "input", value: machine.healthNote ?? "", maxlength: "1000" });
  const slots = h("input", { class: "input", type: "number", min: "1", max: "1000", value: String(machine.slots ?? 1) });
  const labels = h("input", { class: "input", value: (machine.labels ?? []).join(", ") });
  const properties = h("textarea", { class: "input code", rows: "6", spellcheck: "false" });
  properties.value = write(machine.properties);
  const error = h("p", { class: "form-error", role: "alert" });
  const save = h("button", { class: "button primary", type: "submit", form: "machine-form" }, "Save");
  const form = h(
    "form",
    { class: "form", id: "machine-form", on: { submit } },
    field("Health", select("Health", choices, health, (value) => (health = value))),
    field("Note", note, "why, for the others"),
    field("Slots", slots, "tasks at a time"),
    field("Labels", labels, "separated by commas"),
    field("Properties", properties, "one a line: key = value, value"),
    error,
  );
  const close = dialog(machine.name, form, [
    h("button", { class: "button", type: "button", on: { click: () => close() } }, "Cancel"),
    save,
  ]);

  async function submit(event) {
    event.preventDefault();
    save.disabled = true;
    text(error, "");
    try {
      const change = {
        health,
        healthNote: note.value.trim() || undefined,
        slots: Number(slots.value),
        labels: list(labels.value),
        properties: read(properties.value),
      };
      onEdited(await api.put(`/machines/${encodeURIComponent(id)}`, change, { headers: { "If-Match": etag } }));
      toast(`${machine.name} is changed`);
      close();
    } catch (e) {
      text(error, e.status === 412 ? "Somebody else changed it meanwhile. Close this and open it again." : e.message);
    } finally {
      save.disabled = false;
    }
  }
}

function list(value) {
  return value.split(",").map((part) => part.trim()).filter(Boolean);
}

export function write(properties) {
  return Object.entries(properties ?? {})
    .map(([key, values]) => `${key} = ${[values].flat().join(", ")}`)
    .join("\n");
}

/** Reads what {@link write} wrote; a line without "=" is an error that names it. */
export function read(value) {
  const out = {};
  for (const line of value.split("\n")) {
    if (!line.trim()) continue;
    const at = line.indexOf("=");
    if (at < 1) throw new Error(`“${line.trim()}” is not key = value`);
    out[line.slice(0, at).trim()] = list(line.slice(at + 1));
  }
  return out;
}
