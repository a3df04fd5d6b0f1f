// Puts the dashboard together: session, feed, routes.

import { api, whenSignedOut } from "./api.js";
import { h } from "./dom.js";
import { Live } from "./live.js";
import { Router, go } from "./router.js";
import { session } from "./session.js";
import { applyTheme } from "./theme.js";
import { shell } from "./components/shell.js";
import { failure } from "./components/blank.js";
import { executionPage } from "./pages/execution.js";
import { executionsPage } from "./pages/executions.js";
import { fleetPage } from "./pages/fleet.js";
import { loginPage } from "./pages/login.js";
import { scenariosPage } from "./pages/scenarios.js";
import { welcomePage } from "./pages/welcome.js";

const root = document.getElementById("app");
const live = new Live();
let router = null;

applyTheme();
whenSignedOut(() => signIn());
// a 401 to this brings the login
live.onRefused = () => api.get("/me").catch(() => {});
start();

async function start() {
  if (location.hash.startsWith("#/welcome/")) {
    const token = decodeURIComponent(location.hash.slice("#/welcome/".length));
    root.replaceChildren(welcomePage(token, enter).element);
    return;
  }
  try {
    if (await session.load()) enter();
    else signIn();
  } catch (e) {
    root.replaceChildren(h("main", { class: "lonely" }, failure(e, start)));
  }
}

function signIn() {
  live.close();
  router?.close();
  router = null;
  root.replaceChildren(loginPage(enter).element);
}

function enter() {
  if (!location.hash || /^#\/(welcome|login)/.test(location.hash)) {
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
    .add("/scenarios", context(scenariosPage), { section: "scenarios" });
  router.show();
}

async function logout() {
  await session.logout();
  go("/login");
  signIn();
}
