// Light, dark, or as the system has it.

const KEY = "cta-theme";
const NEXT = { auto: "light", light: "dark", dark: "auto" };

export function theme() {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "auto";
}

export function applyTheme(value = theme()) {
  if (value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}

export function nextTheme() {
  const value = NEXT[theme()];
  localStorage.setItem(KEY, value);
  applyTheme(value);
  return value;
}
