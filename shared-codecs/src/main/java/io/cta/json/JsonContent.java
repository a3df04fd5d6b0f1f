package io.cta.json;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * One JSON object in the form in which it came: a record, text or a tree. The other forms are made
 * from it when they are first asked for, so that text that is read into a record, or a record that
 * is written, never becomes a tree. Safe from any thread, as long as nobody changes a tree.
 */
public abstract class JsonContent {
  private final Object record;
  private volatile byte[] text;
  private volatile JsonObject tree;

  /** Exactly one of the three is not null. Text is UTF-8, and not to be changed any more. */
  protected JsonContent(Object record, byte[] text, JsonObject tree) {
    this.record = record;
    this.text = text;
    this.tree = tree;
  }

  /** The content as a tree; not to be changed. */
  public final JsonObject tree() {
    if (tree == null) {
      tree = record != null ? JsonMapping.toObject(record) : new JsonObject(Buffer.buffer(text));
    }
    return tree;
  }

  /** The content as a record; content that does not fit is an INVALID failure. */
  public final <T> T as(Class<T> type) {
    if (type.isInstance(record)) {
      return type.cast(record);
    }
    byte[] known = text;
    return known != null ? JsonMapping.decode(known, type) : JsonMapping.fromObject(tree(), type);
  }

  /** The record that the content came as, else null. */
  protected final Object record() {
    return record;
  }

  /** The text that the content came as or that was kept for it, else null. */
  protected final byte[] text() {
    return text;
  }

  /** Whether the content came as a tree, or one was made for somebody who may hold it. */
  protected final boolean hasTree() {
    return tree != null;
  }

  /** Keeps text that was made from another form. */
  protected final byte[] keep(byte[] text) {
    this.text = text;
    return text;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof JsonContent content
        && getClass() == other.getClass()
        && tree().equals(content.tree());
  }

  @Override
  public final int hashCode() {
    return tree().hashCode();
  }

  @Override
  public final String toString() {
    return tree().encode();
  }
}
