package io.cta.server.store;

import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Index;
import io.cta.server.store.CollectionSpec.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * An index that a collection is worth.
 *
 * @param paths its fields in order, {@code id} among them
 * @param sparse true when only documents that have the first field need be in it
 */
public record IndexSpec(List<String> paths, boolean unique, boolean sparse) {
  public IndexSpec(List<String> paths, boolean unique) {
    this(paths, unique, false);
  }

  /**
   * Unique fields, the declared compounds, and each other field with the id behind it, so that an
   * index serves its pages too. Booleans tell too little, fields that lead a compound have one.
   */
  public static List<IndexSpec> of(CollectionSpec spec) {
    List<IndexSpec> out = new ArrayList<>();
    spec.unique().forEach(path -> out.add(new IndexSpec(List.of(path), true)));
    spec.compound().forEach(paths -> out.add(new IndexSpec(paths, false)));
    for (Field field : spec.fields()) {
      String path = field.path();
      boolean leads = spec.compound().stream().anyMatch(paths -> paths.get(0).equals(path));
      if (field.index() != Index.NONE
          && field.type() != Type.BOOLEAN
          && !leads
          && !spec.unique().contains(path)) {
        out.add(new IndexSpec(List.of(path, "id"), false, field.index() == Index.PRESENT));
      }
    }
    return out;
  }

  /** A name that no other index of the collection has. */
  public String name() {
    return (unique ? "unique " : "") + String.join(" ", paths);
  }
}
