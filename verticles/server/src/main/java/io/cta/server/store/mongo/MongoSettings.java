package io.cta.server.store.mongo;

import com.mongodb.ConnectionString;
import io.cta.error.ServiceFailure;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;
import java.util.Locale;

/**
 * Where the database is, and how long and how many requests wait for it.
 *
 * @param url connection string of a single server, a replica set or the routers of a sharded
 *     cluster; a database in it only says where its user is defined
 * @param waiting requests that may be under way at a time; more are refused
 * @param patience how long a request is tried again when a failover or a cut connection broke it;
 *     an election takes ten seconds or so
 */
public record MongoSettings(String url, String database, int waiting, Duration patience) {
  private static final String SELECTION = "serverSelectionTimeoutMS";
  private static final String CONNECT = "connectTimeoutMS";
  private static final String SOCKET = "socketTimeoutMS";

  /**
   * Limits where the client has none or longer ones; connect, socket and server selection timeouts
   * in the url take precedence.
   */
  private static final int AWAY_LIMIT_MILLIS = 5_000;

  private static final int ANSWER_LIMIT_MILLIS = 60_000;
  private static final int MAJORITY_LIMIT_MILLIS = 10_000;

  public static MongoSettings of(String url, String database) {
    return new MongoSettings(url, database, 8192, Duration.ofSeconds(20));
  }

  /**
   * The options of the client. A confirmed write is in the journals of the majority, and reads
   * return only such writes: nobody sees a write that a failover undoes.
   */
  JsonObject client() {
    JsonObject client =
        new JsonObject()
            .put("connection_string", limited())
            .put("db_name", database)
            .put("useObjectId", false)
            .put("w", "majority")
            .put("j", true)
            .put("wtimeoutMS", MAJORITY_LIMIT_MILLIS)
            .put("readConcernLevel", "majority")
            .put("readPreference", "primary");
    if (!says(CONNECT)) {
      client.put(CONNECT, AWAY_LIMIT_MILLIS);
    }
    // set here: as a url option it is deprecated and the driver warns
    if (!says(SOCKET)) {
      client.put(SOCKET, ANSWER_LIMIT_MILLIS);
    }
    return client;
  }

  /** A client, or an INVALID failure that does not quote the url. Asks DNS for {@code +srv}. */
  MongoClient connect(Vertx vertx) {
    try {
      new ConnectionString(limited());
    } catch (RuntimeException e) {
      throw ServiceFailure.invalid(
          "store.mongo.url",
          "must be a connection string that the client understands: hosts that can be looked up,"
              + " known options, and % codes for any of : / ? # [ ] @ in name and password");
    }
    return MongoClient.create(vertx, client());
  }

  /** The hosts of the url, for people. */
  String hosts() {
    String rest = url.substring(url.indexOf("//") + 2);
    String before = rest.split("[/?]", 2)[0];
    // a password that is not percent-encoded may contain any of these; then show nothing
    boolean plain = before.indexOf('@') >= 0 || rest.indexOf('@') < 0;
    return plain ? before.substring(before.lastIndexOf('@') + 1) : "the url's hosts";
  }

  /** For people: no credentials. */
  public String place() {
    return "mongodb://" + hosts() + "/" + database;
  }

  /** The url with the server selection timeout, which the client takes from the url only. */
  private String limited() {
    if (says(SELECTION)) {
      return url;
    }
    boolean path = url.indexOf('/', url.indexOf("//") + 2) > 0;
    String joint = url.contains("?") ? "&" : path ? "?" : "/?";
    return url + joint + SELECTION + "=" + AWAY_LIMIT_MILLIS;
  }

  private boolean says(String option) {
    return url.toLowerCase(Locale.ROOT).contains(option.toLowerCase(Locale.ROOT) + "=");
  }

  @Override
  public String toString() {
    // the url may carry a password
    return "MongoSettings[database=" + database + ", waiting=" + waiting + "]";
  }
}
