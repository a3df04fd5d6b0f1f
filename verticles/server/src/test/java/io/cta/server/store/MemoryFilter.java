package io.cta.server.store;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How {@link MemoryStore} matches, sorts and pages. */
final class MemoryFilter {
  private static final Comparator<Object> VALUES = Comparator.nullsFirst((a, b) -> compare(a, b));

  private MemoryFilter() {}

  static Predicate<Document> of(CollectionSpec collection, Filter filter) {
    filter.conditions().forEach(c -> declared(collection, c.field()));
    return d -> filter.conditions().stream().allMatch(c -> holds(d, c));
  }

  static void declared(CollectionSpec collection, String field) {
    if (!field.equals("id")
        && collection.fields().stream().noneMatch(f -> f.path().equals(field))) {
      throw ServiceFailure.invalid(field, "cannot be asked for in " + collection.name());
    }
  }

  static Comparator<Document> order(Query q) {
    declared(q.collection(), q.sort());
    Comparator<Document> order =
        Comparator.comparing((Document d) -> value(d, q.sort()), VALUES)
            .thenComparing(Document::id);
    return q.descending() ? order.reversed() : order;
  }

  static Predicate<Document> beyond(Query q) {
    if (q.after() == null) {
      return d -> true;
    }
    Document last = last(q);
    Comparator<Document> order = order(q);
    return d -> order.compare(d, last) > 0;
  }

  static String token(Query q, Document last) {
    JsonArray at = new JsonArray().add(last.id()).add(value(last, q.sort()));
    return Base64.getUrlEncoder().encodeToString(at.encode().getBytes(StandardCharsets.UTF_8));
  }

  static Object value(Document d, String path) {
    if (path.equals("id")) {
      return d.id();
    }
    Object at = d.body();
    for (String part : path.split("\\.")) {
      at = at instanceof JsonObject object ? object.getValue(part) : null;
    }
    return at;
  }

  private static Document last(Query q) {
    try {
      byte[] text = Base64.getUrlDecoder().decode(q.after());
      JsonArray at = new JsonArray(new String(text, StandardCharsets.UTF_8));
      JsonObject body = new JsonObject();
      JsonObject leaf = body;
      String[] parts = q.sort().split("\\.");
      for (int i = 0; i < parts.length - 1; i++) {
        JsonObject inner = new JsonObject();
        leaf.put(parts[i], inner);
        leaf = inner;
      }
      leaf.put(parts[parts.length - 1], at.getValue(1));
      return new Document(at.getString(0), 0, body);
    } catch (RuntimeException e) {
      throw new ServiceFailure(ErrorCode.INVALID, "after", "after is not a page of this list");
    }
  }

  private static boolean holds(Document d, Filter.Condition c) {
    Object value = value(d, c.field());
    if (value instanceof JsonArray many) {
      return many.isEmpty()
          ? c.op() == Filter.Op.MISSING
          : c.op() != Filter.Op.MISSING && many.stream().anyMatch(v -> holds(v, c));
    }
    return holds(value, c);
  }

  private static boolean holds(Object value, Filter.Condition c) {
    if (value == null) {
      return c.op() == Filter.Op.MISSING;
    }
    List<Object> wanted = c.values().stream().flatMap(MemoryFilter::flat).toList();
    return switch (c.op()) {
      case EQ, IN -> wanted.stream().anyMatch(w -> compare(value, w) == 0);
      case LT -> compare(value, wanted.get(0)) < 0;
      case LTE -> compare(value, wanted.get(0)) <= 0;
      case GT -> compare(value, wanted.get(0)) > 0;
      case GTE -> compare(value, wanted.get(0)) >= 0;
      case PREFIX -> value.toString().startsWith(wanted.get(0).toString());
      case EXISTS -> true;
      case MISSING -> false;
    };
  }

  private static Stream<Object> flat(Object wanted) {
    return wanted instanceof Iterable<?> many
        ? java.util.stream.StreamSupport.stream(many.spliterator(), false).map(o -> (Object) o)
        : Stream.of(wanted);
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return Double.compare(x.doubleValue(), y.doubleValue());
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    }
    return a.toString().compareTo(b.toString());
  }
}
