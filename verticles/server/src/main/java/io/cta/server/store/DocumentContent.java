package io.cta.server.store;

import io.cta.json.JsonContent;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** The content of a document, and what of it the store keeps in fields of their own. */
public final class DocumentContent extends JsonContent {
  private final RecordFields fields;

  private DocumentContent(Object record, RecordFields fields, byte[] text, JsonObject tree) {
    super(record, text, tree);
    this.fields = fields;
  }

  /**
   * @param fields of the record's type and the collection
   */
  static DocumentContent ofRecord(Object record, RecordFields fields) {
    return new DocumentContent(record, fields, null, null);
  }

  /** JSON text in UTF-8; not to be changed any more. */
  public static DocumentContent ofText(byte[] text) {
    return new DocumentContent(null, null, text, null);
  }

  public static DocumentContent ofTree(JsonObject tree) {
    return new DocumentContent(null, null, null, tree);
  }

  /** JSON text in UTF-8, with the document's {@code id} in it; not to be changed. */
  public byte[] text(String id) {
    byte[] known = text();
    return known != null
        ? known
        : keep(JsonMapping.bytes(record() != null ? record() : withId(id)));
  }

  /** JSON text in UTF-8 without the id and the {@link CollectionSpec#plain plain} fields. */
  public byte[] remainder(CollectionSpec spec) {
    if (fields != null) {
      return fields.remainder(record());
    }
    Set<String> plain = spec.plain();
    JsonObject rest = new JsonObject();
    tree()
        .forEach(
            field -> {
              boolean kept = field.getValue() == null || !plain.contains(field.getKey());
              if (kept && !field.getKey().equals("id")) {
                rest.put(field.getKey(), field.getValue());
              }
            });
    return JsonMapping.bytes(rest);
  }

  /** The values of all declared fields in their order; a value of another type is INVALID. */
  public List<Object> values(CollectionSpec spec) {
    return fields != null ? fields.values(record()) : FieldValues.all(spec, tree());
  }

  /** A copy that the owner of the tree cannot change any more. */
  public DocumentContent detached() {
    return record() != null || !hasTree() ? this : ofTree(tree().copy());
  }

  private JsonObject withId(String id) {
    return tree().containsKey("id") ? tree() : tree().copy().put("id", id);
  }
}
