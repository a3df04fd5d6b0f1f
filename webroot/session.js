// Who uses this page, and what the role allows.

import { api, ApiError } from "./api.js";

const ROLES = ["viewer", "runner", "maintainer", "admin"];

export const session = {
  me: null,

  /** Looks who we are; false when nobody. */
  async load() {
    try {
      this.me = await api.get("/me", {}, { quiet: true });
      return true;
    } catch (e) {
      if (e instanceof ApiError && e.status === 401) return false;
      throw e;
    }
  },

  async login(name, password) {
    await api.post("/login", { name, password }, { quiet: true });
    if (!(await this.load())) {
      throw new ApiError(401, "The browser has not kept the session. Open this page by https, at the server's public address.");
    }
  },

  async welcome(token, password) {
    this.me = await api.post("/welcome", { token, password }, { quiet: true });
  },

  async logout() {
    await api.post("/logout").catch(() => {});
    this.me = null;
  },

  may(role) {
    return this.me !== null && ROLES.indexOf(this.me.role) >= ROLES.indexOf(role);
  },
};
