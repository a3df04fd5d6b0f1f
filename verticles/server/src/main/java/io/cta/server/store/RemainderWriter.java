package io.cta.server.store;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonInclude.Value;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import io.cta.json.JsonMapping;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes what is left of a record when a store keeps its id and plain fields by themselves. Safe
 * from any thread.
 */
final class RemainderWriter {
  private static final Value UNLESS_DEFAULT =
      Value.construct(Include.NON_DEFAULT, Include.USE_DEFAULTS);
  private static final Value UNLESS_EMPTY =
      Value.construct(Include.NON_EMPTY, Include.USE_DEFAULTS);

  private final ObjectWriter writer;

  RemainderWriter(CollectionSpec spec, Class<?> type) {
    Set<String> without = new HashSet<>(spec.plain());
    without.add("id");
    ObjectMapper mapper = JsonMapping.mapper().copy();
    mapper.setSerializerFactory(
        mapper.getSerializerFactory().withSerializerModifier(new Omission(type, without)));
    if (StoreCollections.READ_AS_RECORDS.contains(spec)) {
      // a record that is read without them has the same values
      List.of(boolean.class, int.class, long.class)
          .forEach(primitive -> mapper.configOverride(primitive).setInclude(UNLESS_DEFAULT));
      List.of(List.class, Map.class, Set.class)
          .forEach(many -> mapper.configOverride(many).setInclude(UNLESS_EMPTY));
    }
    writer = mapper.writerFor(type);
  }

  /** JSON text in UTF-8. */
  byte[] bytes(Object record) {
    try {
      return writer.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot encode " + record.getClass().getName(), e);
    }
  }

  private static final class Omission extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;
    private final transient Class<?> type;
    private final transient Set<String> properties;

    Omission(Class<?> type, Set<String> properties) {
      this.type = type;
      this.properties = properties;
    }

    @Override
    public List<BeanPropertyWriter> changeProperties(
        SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> all) {
      return bean.getBeanClass() == type
          ? all.stream().filter(property -> !properties.contains(property.getName())).toList()
          : all;
    }
  }
}
