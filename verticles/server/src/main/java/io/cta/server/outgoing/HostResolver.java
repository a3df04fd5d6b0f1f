package io.cta.server.outgoing;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host. Safe from any event loop. */
@FunctionalInterface
public interface HostResolver {
  /** All its addresses, at least one; fails when there is none. */
  Future<List<InetAddress>> resolve(String host);
}
