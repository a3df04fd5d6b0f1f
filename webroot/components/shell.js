// The frame around every page: navigation, connection, theme, who is logged in.

import { attr, fill, h } from "../dom.js";
import { nextTheme, theme } from "../theme.js";
import { connectionWords } from "./connection.js";
import { icon } from "./icons.js";

const SECTIONS = [
  ["executions", "Executions", "list"],
  ["scenarios", "Scenarios", "flask"],
  ["fleet", "Fleet", "machine"],
  ["integrations", "Integrations", "link"],
  ["tokens", "Tokens", "key"],
];
const THEME_ICONS = { auto: "auto", light: "sun", dark: "moon" };

export function shell({ session, live, onLogout }) {
  const links = SECTIONS.map(([key, label, iconName]) =>
    h("a", { class: "nav-link", href: `#/${key}`, data: { key } }, icon(iconName), h("span", {}, label)),
  );
  const main = h("main", { id: "main", tabindex: "-1" });
  const element = h(
    "div",
    { class: "shell" },
    h(
      "a",
      {
        class: "skip",
        href: "#main",
        on: {
          click: (e) => {
            e.preventDefault();
            main.focus();
          },
        },
      },
      "Skip to content",
    ),
    h(
      "header",
      { class: "bar" },
      h("a", { class: "brand", href: "#/executions" }, brandMark(), h("span", {}, "CTA")),
      h("nav", { class: "nav", "aria-label": "Sections" }, links),
      h("div", { class: "bar-end" }, connection(live), themeButton(), who(session, onLogout)),
    ),
    main,
  );
  return {
    element,
    main,
    at(section) {
      for (const link of links) attr(link, "aria-current", link.dataset.key === section && "page");
      const label = SECTIONS.find(([key]) => key === section)?.[1];
      document.title = label ? `${label} · CTA` : "CTA";
    },
  };
}

export function brandMark() {
  return h("img", { src: "favicon.svg", alt: "", width: "22", height: "22" });
}

function connection(live) {
  const label = h("span", { class: "connection-label" });
  const element = h("span", { class: "connection", role: "status" }, h("span", { class: "dot" }), label);
  live.onState((state) => {
    element.dataset.state = state;
    const { word, title } = connectionWords(state, live.offlineSince, live.reason);
    element.title = title;
    label.textContent = word;
  });
  return element;
}

function themeButton() {
  const button = h("button", { class: "ghost", type: "button" });
  const show = (value) => {
    fill(button, icon(THEME_ICONS[value]));
    attr(button, "aria-label", `Theme: ${value}`);
    attr(button, "title", `Theme: ${value}`);
  };
  button.addEventListener("click", () => show(nextTheme()));
  show(theme());
  return button;
}

function who(session, onLogout) {
  return h(
    "div",
    { class: "who" },
    h("span", { class: "who-name", title: `Role: ${session.me.role}` }, session.me.name),
    h(
      "button",
      { class: "ghost", type: "button", "aria-label": "Log out", title: "Log out", on: { click: onLogout } },
      icon("out"),
    ),
  );
}
