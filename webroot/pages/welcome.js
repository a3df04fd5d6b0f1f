// The first visit: the administrator sets a password with the link that the server printed.

import { session } from "../session.js";
import { credentials } from "../components/credentials.js";
import { doorway } from "./login.js";

const SHORTEST = 10;

export function welcomePage(token, onDone) {
  const form = credentials({
    verb: "Set password",
    fields: [
      { name: "password", label: "New password", type: "password", autocomplete: "new-password" },
      { name: "again", label: "Once more", type: "password", autocomplete: "new-password" },
    ],
    async submit({ password, again }) {
      if (password.length < SHORTEST) throw new Error(`At least ${SHORTEST} characters, please.`);
      if (password !== again) throw new Error("The two are not the same.");
      await session.welcome(token, password);
      onDone();
    },
  });
  return {
    element: doorway("Welcome to CTA", "Choose the password of the administrator. This link works once.", form),
  };
}
