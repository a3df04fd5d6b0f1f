package io.cta.server.api.definitions;

import io.cta.server.view.definitions.FieldChangeView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Compares two documents, leaf by leaf. Pure. */
final class DocumentDiff {
  private final List<FieldChangeView> changes = new ArrayList<>();

  private DocumentDiff() {}

  static List<FieldChangeView> of(JsonObject from, JsonObject to) {
    DocumentDiff diff = new DocumentDiff();
    diff.objects("", from, to);
    return List.copyOf(diff.changes);
  }

  private void values(String field, Object from, Object to) {
    if (Objects.equals(from, to)) {
      return;
    }
    if (from instanceof JsonObject a && to instanceof JsonObject b) {
      objects(field + ".", a, b);
    } else if (from instanceof JsonArray a && to instanceof JsonArray b) {
      arrays(field, a, b);
    } else {
      changes.add(new FieldChangeView(field, from, to));
    }
  }

  private void objects(String prefix, JsonObject from, JsonObject to) {
    Set<String> names = new LinkedHashSet<>(from.fieldNames());
    names.addAll(to.fieldNames());
    for (String name : names) {
      values(prefix + name, from.getValue(name), to.getValue(name));
    }
  }

  private void arrays(String field, JsonArray from, JsonArray to) {
    for (int i = 0; i < Math.max(from.size(), to.size()); i++) {
      values(
          field + "[" + i + "]",
          i < from.size() ? from.getValue(i) : null,
          i < to.size() ? to.getValue(i) : null);
    }
  }
}
