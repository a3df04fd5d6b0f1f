package io.cta.server.store.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import java.util.Set;

/** Tells what a failure of the MongoDB client means. Pure. */
final class MongoFailures {
  /** Codes of a server that is not, not yet or no longer the primary, or had no majority. */
  private static final Set<Integer> PASSING =
      Set.of(
          6, 7, 64, 89, 91, 134, 189, 262, 9_001, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436);

  private MongoFailures() {}

  /** True for failures that end with a new primary, a new connection or a returning majority. */
  static boolean passing(Throwable e) {
    if (e instanceof MongoSecurityException) {
      return false;
    }
    if (e instanceof MongoSocketException
        || e instanceof MongoTimeoutException
        || e instanceof MongoConnectionPoolClearedException
        || e instanceof MongoServerUnavailableException) {
      return true;
    }
    if (e instanceof MongoBulkWriteException bulk) {
      return bulk.getWriteConcernError() != null
          || bulk.getWriteErrors().stream().anyMatch(error -> PASSING.contains(error.getCode()));
    }
    if (e instanceof MongoWriteConcernException) {
      return true;
    }
    return e instanceof MongoException mongo
        && (PASSING.contains(mongo.getCode()) || mongo.hasErrorLabel("RetryableWriteError"));
  }

  /** True when the request cannot have reached a server. */
  static boolean unsent(Throwable e) {
    return e instanceof MongoTimeoutException
        || e instanceof MongoSocketOpenException
        || e instanceof MongoConnectionPoolClearedException;
  }

  /** For people; names no credentials. */
  static String text(Throwable e, MongoSettings settings) {
    if (e instanceof MongoSecurityException) {
      return "the MongoDB server at " + settings.hosts() + " refuses the credentials given";
    }
    if (e instanceof MongoTimeoutException || e instanceof MongoSocketOpenException) {
      return "no MongoDB server that takes writes answers at "
          + settings.hosts()
          + reason(String.valueOf(e.getMessage()));
    }
    if (e instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null) {
      return "the database could not confirm a write by its majority: "
          + bulk.getWriteConcernError().getMessage();
    }
    return "the database at " + settings.hosts() + " failed: " + e.getMessage();
  }

  /** The innermost cause in the client's long description of the servers. */
  private static String reason(String account) {
    int at = account.lastIndexOf("caused by {");
    if (at < 0) {
      return "";
    }
    String cause = account.substring(at + "caused by {".length());
    int end = cause.indexOf('}');
    return " (" + (end < 0 ? cause : cause.substring(0, end)) + ")";
  }
}
