package io.cta.server.store.mongo;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.CollectionSpec.Type;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Condition;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.FieldValues;
import io.cta.server.store.KeysetCursor.Segment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;

/** Builds MongoDB's form of checked filters and queries. Pure. */
final class MongoQueryBuilder {
  /** Appended to a prefix, sorts after every text that begins with the prefix. */
  private static final String LAST = "\uDBFF\uDFFF";

  private MongoQueryBuilder() {}

  static JsonObject filter(DocumentFilter filter) {
    JsonArray all = new JsonArray();
    filter.conditions().forEach(c -> all.add(condition(c)));
    return and(all);
  }

  static JsonObject filter(DocumentQuery query, Segment segment) {
    JsonArray all = new JsonArray();
    query.filter().conditions().forEach(c -> all.add(condition(c)));
    String behind = query.descending() ? "$lt" : "$gt";
    String sort = key(query.sort());
    if (segment instanceof Segment.AfterId s) {
      all.add(is(MongoDocumentCodec.ID, behind, s.id()));
    } else if (segment instanceof Segment.AfterValue s) {
      JsonArray either =
          new JsonArray()
              .add(is(sort, behind, s.value()))
              .add(is(sort, "$eq", s.value()).put(MongoDocumentCodec.ID, operator(behind, s.id())));
      all.add(new JsonObject().put("$or", either));
    } else if (segment instanceof Segment.Missing s) {
      JsonObject missing = is(sort, "$eq", null);
      all.add(
          s.id() == null ? missing : missing.put(MongoDocumentCodec.ID, operator(behind, s.id())));
    } else if (segment instanceof Segment.Present) {
      all.add(is(sort, "$ne", null));
    }
    return and(all);
  }

  /** Leaves out the omitted fields, except the sort field, which the next page needs. */
  static FindOptions options(DocumentQuery query, int limit) {
    int direction = query.descending() ? -1 : 1;
    JsonObject sort = new JsonObject().put(key(query.sort()), direction);
    JsonObject fields = new JsonObject();
    for (String field : query.omit()) {
      if (!field.equals("id") && !sorts(query, field)) {
        fields.put(MongoDocumentCodec.topKey(field), 0);
      }
    }
    return new FindOptions()
        .setSort(sort.put(MongoDocumentCodec.ID, direction))
        .setLimit(limit)
        .setFields(fields);
  }

  static JsonArray countBy(CollectionSpec spec, DocumentFilter filter, String field) {
    String path = "$" + key(field);
    JsonArray stages = new JsonArray().add(new JsonObject().put("$match", filter(filter)));
    if (FieldValues.declared(spec, field).type() == Type.TEXTS) {
      stages.add(new JsonObject().put("$unwind", path));
    }
    JsonObject group = new JsonObject().put("_id", path).put("n", new JsonObject().put("$sum", 1));
    return stages
        .add(new JsonObject().put("$match", is(key(field), "$ne", null)))
        .add(new JsonObject().put("$group", group));
  }

  static String key(String path) {
    return path.equals("id") ? MongoDocumentCodec.ID : path;
  }

  private static boolean sorts(DocumentQuery query, String field) {
    return query.sort().equals(field) || query.sort().startsWith(field + ".");
  }

  private static JsonObject condition(Condition c) {
    String key = key(c.field());
    return switch (c.op()) {
      case EQ -> is(key, "$eq", c.values().get(0));
      case IN -> is(key, "$in", new JsonArray(c.values()));
      case LT -> is(key, "$lt", c.values().get(0));
      case LTE -> is(key, "$lte", c.values().get(0));
      case GT -> is(key, "$gt", c.values().get(0));
      case GTE -> is(key, "$gte", c.values().get(0));
      case PREFIX -> {
        String prefix = (String) c.values().get(0);
        yield new JsonObject().put(key, operator("$gte", prefix).put("$lt", prefix + LAST));
      }
      case EXISTS -> is(key, "$ne", null);
      case MISSING -> is(key, "$eq", null);
    };
  }

  private static JsonObject is(String key, String operator, Object value) {
    return new JsonObject().put(key, operator(operator, value));
  }

  private static JsonObject operator(String operator, Object value) {
    return new JsonObject().put(operator, value);
  }

  private static JsonObject and(JsonArray all) {
    return all.isEmpty() ? new JsonObject() : new JsonObject().put("$and", all);
  }
}
