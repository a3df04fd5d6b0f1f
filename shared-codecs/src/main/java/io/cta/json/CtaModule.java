package io.cta.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Writes and reads durations as {@code 30s} and instants in the form of {@link InstantText}. */
final class CtaModule extends SimpleModule {
  CtaModule() {
    super("cta");
    addSerializer(Duration.class, new DurationWriter());
    addDeserializer(Duration.class, new DurationReader());
    addSerializer(Instant.class, new InstantWriter());
    addDeserializer(Instant.class, new InstantReader());
  }

  private static final class DurationWriter extends StdSerializer<Duration> {
    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration d, JsonGenerator out, SerializerProvider p) throws IOException {
      out.writeString(DurationFormat.format(d));
    }
  }

  private static final class DurationReader extends StdDeserializer<Duration> {
    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser in, DeserializationContext c) throws IOException {
      return DurationFormat.parse(in.currentName(), in.getText());
    }
  }

  /** Reads text with {@link InstantText}, anything else as Jackson does. */
  private static final class InstantReader extends StdDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext c) throws IOException {
      if (in.hasToken(JsonToken.VALUE_STRING)) {
        try {
          return InstantText.parse(in.getText());
        } catch (DateTimeParseException e) {
          // Jackson below fails with the field and the expected form
        }
      }
      return InstantDeserializer.INSTANT.deserialize(in, c);
    }
  }

  private static final class InstantWriter extends StdSerializer<Instant> {
    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant i, JsonGenerator out, SerializerProvider p) throws IOException {
      out.writeString(InstantText.format(i));
    }
  }
}
