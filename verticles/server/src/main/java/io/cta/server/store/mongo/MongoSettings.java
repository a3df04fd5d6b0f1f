package io.cta.server.store.mongo;

import io.vertx.core.json.JsonObject;

/**
 * Where the database is.
 *
 * @param url connection string; a database in it goes before {@code database}
 * @param waiting requests that may be under way at a time; more are refused
 */
public record MongoSettings(String url, String database, int waiting) {
  private static final String SELECTION = "serverSelectionTimeoutMS";

  public static MongoSettings of(String url, String database) {
    return new MongoSettings(url, database, 8192);
  }

  /** What the client is given: what is confirmed is in the journals of the majority. */
  JsonObject client() {
    return new JsonObject()
        .put("connection_string", patient())
        .put("db_name", database)
        .put("useObjectId", false)
        .put("w", "majority")
        .put("j", true)
        .put("readPreference", "primary");
  }

  /** A request fails 5 s after the database went away, unless the operator says otherwise. */
  private String patient() {
    if (url.contains(SELECTION)) {
      return url;
    }
    boolean path = url.indexOf('/', url.indexOf("//") + 2) > 0;
    String joint = url.contains("?") ? "&" : path ? "?" : "/?";
    return url + joint + SELECTION + "=5000";
  }

  @Override
  public String toString() {
    // the url may carry a password
    return "MongoSettings[database=" + database + ", waiting=" + waiting + "]";
  }
}
