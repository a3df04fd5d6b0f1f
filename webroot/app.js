// Puts the dashboard together: session, feed, routes.

import { api, whenSignedOut } from "./api.js";
import { h } from "./dom.js";
import { Live } from "./live.js";
import { Router, go } from "./router.js";
import { session } from "./session.js";
import { applyTheme } from "./theme.js";
import { shell } from "./components/shell.js";
import { failure } from "./components/blank.js";
import { stopClocks } from "./components/clock.js";
import { executionPage } from "./pages/execution.js";
import { executionsPage } from "./pages/executions.js";
import { fleetPage } from "./pages/fleet.js";
import { integrationsPage } from "./pages/integrations.js";
import { loginPage } from "./pages/login.js";
import { scenariosPage } from "./pages/scenarios.js";
import { startPage } from "./pages/start.js";
import { tokensPage } from "./pages/tokens.js";
import { welcomePage } from "./pages/welcome.js";

const root = document.getElementById("app");
const live = new Live();
let router = null;

applyTheme();
whenSignedOut(() => signIn());
// a 401 to this brings the login; a server that answers is asked what is wrong with the feed
live.onRefused = () =>
  api
    .get("/me")
    .then(() => api.get("/live", { origin: location.origin }))
    .catch((e) => (e.status === 400 || e.status === 403 ? e.message : null));
live.onState((state) => stopClocks(state !== "live" && state !== "polling"));
start();

async function start(patience = 1_000) {
  if (location.hash.startsWith("#/welcome/")) {
    const token = decodeURIComponent(location.hash.slice("#/welcome/".length));
    root.replaceChildren(welcomePage(token, enter).element);
    return;
  }
  try {
    if (await session.load()) enter();
    else signIn();
  } catch (e) {
    const again = setTimeout(() => start(Math.min(2 * patience, 10_000)), patience);
    const now = () => {
      clearTimeout(again);
      start();
    };
    root.replaceChildren(h("main", { class: "lonely" }, failure(e, now)));
  }
}

function signIn() {
  live.close();
  router?.close();
  router = null;
  root.replaceChildren(loginPage(enter).element);
}

function enter() {
  if (location.hash.startsWith("#/welcome/")) {
    history.replaceState(null, "", "#/start");
  } else if (!location.hash || location.hash.startsWith("#/login")) {
    history.replaceState(null, "", "#/executions");
  }
  const frame = shell({ session, live, onLogout: logout });
  root.replaceChildren(frame.element);
  live.open();
  const context = (page) => (at) => page({ ...at, live, session });
  router = new Router(frame.main, (route) => frame.at(route.options.section));
  router
    .add("/executions", context(executionsPage), { section: "executions" })
    .add("/executions/:id", context(executionPage), { section: "executions" })
    .add("/fleet", context(fleetPage), { section: "fleet" })
    .add("/scenarios", context(scenariosPage), { section: "scenarios" })
    .add("/integrations", context(integrationsPage), { section: "integrations" })
    .add("/tokens", context(tokensPage), { section: "tokens" })
    .add("/start", context(startPage));
  router.show();
}

async function logout() {
  await session.logout();
  go("/login");
  signIn();
}
