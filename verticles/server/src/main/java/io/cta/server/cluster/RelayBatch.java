package io.cta.server.cluster;

import io.cta.bus.BusAddresses;
import io.cta.bus.DispatchRequest;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.LogStored;
import io.cta.bus.MachineChanged;
import io.cta.bus.MachineHeard;
import io.cta.bus.StatusesStored;
import io.cta.bus.TaskChanged;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A batch of announcements sent between nodes: sender, batch number, then address and JSON of each
 * announcement. Each part but the number has its length (4 bytes) before it. A sender's numbers
 * have no gaps, so that losses show.
 */
final class RelayBatch {
  /** The addresses that are relayed, with the type of the body. */
  static final Map<String, Class<?>> TYPES = types();

  private final Buffer entries = Buffer.buffer();
  private int size;

  static Buffer entry(String address, Object body) {
    Buffer out = Buffer.buffer();
    part(out, Buffer.buffer(address));
    part(out, body instanceof String text ? Buffer.buffer(text) : JsonMapping.encode(body));
    return out;
  }

  void add(Buffer entry) {
    entries.appendBuffer(entry);
    size++;
  }

  int size() {
    return size;
  }

  int bytes() {
    return entries.length();
  }

  Buffer numbered(String sender, long number) {
    Buffer out = Buffer.buffer();
    part(out, Buffer.buffer(sender));
    return out.appendLong(number).appendBuffer(entries);
  }

  /** The sender's node id and the batch's number. */
  record Header(String sender, long number) {}

  static Header head(Buffer batch) {
    String sender = text(batch, 0);
    return new Header(sender, batch.getLong(end(batch, 0)));
  }

  /** Reads the announcements; answers how many have an address unknown to this node. */
  static int read(Buffer batch, BiConsumer<String, Object> each) {
    int unknown = 0;
    int at = end(batch, 0) + Long.BYTES;
    while (at < batch.length()) {
      String address = text(batch, at);
      int body = end(batch, at);
      Class<?> type = TYPES.get(address);
      if (type == null) {
        unknown++;
      } else if (type == String.class) {
        each.accept(address, text(batch, body));
      } else {
        each.accept(address, JsonMapping.decode(batch.slice(body + 4, end(batch, body)), type));
      }
      at = end(batch, body);
    }
    return unknown;
  }

  private static void part(Buffer out, Buffer part) {
    out.appendInt(part.length()).appendBuffer(part);
  }

  private static int end(Buffer in, int at) {
    return at + 4 + in.getInt(at);
  }

  private static String text(Buffer in, int at) {
    return in.getString(at + 4, end(in, at), StandardCharsets.UTF_8.name());
  }

  private static Map<String, Class<?>> types() {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    types.put(BusAddresses.TASK_CHANGED, TaskChanged.class);
    types.put(BusAddresses.EXECUTION_CHANGED, ExecutionChanged.class);
    types.put(BusAddresses.INPUTS_RESOLVED, ExecutionChanged.class);
    types.put(BusAddresses.MACHINE_CHANGED, MachineChanged.class);
    types.put(BusAddresses.MACHINE_EDITED, String.class);
    types.put(BusAddresses.MACHINE_HEARD, MachineHeard.class);
    types.put(BusAddresses.MACHINE_MISSED, String.class);
    types.put(BusAddresses.DISPATCH_CALLED, DispatchRequest.class);
    types.put(BusAddresses.STATUSES_STORED, StatusesStored.class);
    types.put(BusAddresses.LOG_STORED, LogStored.class);
    return Map.copyOf(types);
  }
}
