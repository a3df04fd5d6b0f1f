package io.cta.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * CTA's own JSON forms: durations as {@code 30s}, instants in UTC with exactly three fraction
 * digits, so that their text sorts as their time does.
 */
final class CtaModule extends SimpleModule {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  CtaModule() {
    super("cta");
    addSerializer(Duration.class, new DurationWriter());
    addDeserializer(Duration.class, new DurationReader());
    addSerializer(Instant.class, new InstantWriter());
  }

  private static final class DurationWriter extends StdSerializer<Duration> {
    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration d, JsonGenerator out, SerializerProvider p) throws IOException {
      out.writeString(Durations.format(d));
    }
  }

  private static final class DurationReader extends StdDeserializer<Duration> {
    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser in, DeserializationContext c) throws IOException {
      return Durations.parse(in.currentName(), in.getText());
    }
  }

  private static final class InstantWriter extends StdSerializer<Instant> {
    InstantWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant i, JsonGenerator out, SerializerProvider p) throws IOException {
      out.writeString(MILLIS.format(i));
    }
  }
}
