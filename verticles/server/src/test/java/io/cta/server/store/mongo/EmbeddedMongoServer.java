package io.cta.server.store.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

/** A server of MongoDB's wire protocol in this process, without a disk. */
public final class EmbeddedMongoServer {
  private EmbeddedMongoServer() {}

  /**
   * Runs one command at a time, whoever sends it: the server hands out its own document objects,
   * and if another thread changes one meanwhile, a client gets no answer.
   */
  public static MongoServer started() {
    MongoServer server = new MongoServer(new MemoryBackend());
    server.bind(new InetSocketAddress("127.0.0.1", 0), 1, 1);
    return server;
  }
}
