package io.cta.server.store;

import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * The content of a document, in the form in which it came: a record, JSON text or a tree. The other
 * forms are made from it when they are first asked for, so that a record that is stored, or text
 * that is read into a record, never becomes a tree. Safe from any thread, as long as nobody changes
 * a tree.
 */
public final class DocumentContent {
  private final Object record;
  private final RecordFields fields;
  private volatile byte[] text;
  private volatile JsonObject tree;

  private DocumentContent(Object record, RecordFields fields, byte[] text, JsonObject tree) {
    this.record = record;
    this.fields = fields;
    this.text = text;
    this.tree = tree;
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

  /** The content as a tree; not to be changed. */
  public JsonObject tree() {
    if (tree == null) {
      tree = record != null ? JsonMapping.toObject(record) : new JsonObject(Buffer.buffer(text));
    }
    return tree;
  }

  /** JSON text in UTF-8, with the document's {@code id} in it; not to be changed. */
  public byte[] text(String id) {
    if (text == null) {
      text = JsonMapping.bytes(record != null ? record : withId(id));
    }
    return text;
  }

  /** JSON text in UTF-8 without the id and the {@link CollectionSpec#plain plain} fields. */
  public byte[] remainder(CollectionSpec spec) {
    if (fields != null) {
      return fields.remainder(record);
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

  /** The content as a record; content that does not fit is an INVALID failure. */
  public <T> T as(Class<T> type) {
    if (type.isInstance(record)) {
      return type.cast(record);
    }
    byte[] known = text;
    return known != null ? JsonMapping.decode(known, type) : JsonMapping.fromObject(tree(), type);
  }

  /** The values of all declared fields in their order; a value of another type is INVALID. */
  public List<Object> values(CollectionSpec spec) {
    return fields != null ? fields.values(record) : FieldValues.all(spec, tree());
  }

  /** A copy that the owner of the tree cannot change any more. */
  public DocumentContent detached() {
    return tree == null || record != null ? this : ofTree(tree.copy());
  }

  private JsonObject withId(String id) {
    return tree.containsKey("id") ? tree : tree.copy().put("id", id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DocumentContent content && tree().equals(content.tree());
  }

  @Override
  public int hashCode() {
    return tree().hashCode();
  }

  @Override
  public String toString() {
    return tree().encode();
  }
}
