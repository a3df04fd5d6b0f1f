// Where the server is, seen from the page: beside it, whatever a proxy has put before both. Pure.

/** The REST API's root, without a slash at its end. */
export function apiRoot(page) {
  const url = new URL("api/v1", page);
  url.search = url.hash = "";
  return url.href;
}

/** The live feed's WebSocket. */
export function feedAddress(page) {
  return apiRoot(page).replace(/^http/, "ws") + "/live";
}
