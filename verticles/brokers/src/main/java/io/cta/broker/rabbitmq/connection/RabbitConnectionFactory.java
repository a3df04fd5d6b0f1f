package io.cta.broker.rabbitmq.connection;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens connections. Blocks, so for workers only. */
public final class RabbitConnectionFactory {
  public static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** The limit for one call: a call for a queue that is being removed may get no answer at all. */
  public static final int CALL_TIMEOUT_MILLIS = 20_000;

  private static final int CALLBACK_THREADS = 2;

  private final RabbitSettings settings;
  private final ThreadPoolExecutor callbacks;
  private ConnectionFactory factory;

  public RabbitConnectionFactory(RabbitSettings settings) {
    this.settings = settings;
    // these threads only pass callbacks to the broker's context, and end when idle
    callbacks =
        new ThreadPoolExecutor(
            CALLBACK_THREADS,
            CALLBACK_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons());
    callbacks.allowCoreThreadTimeOut(true);
  }

  Connection open(String role) throws IOException {
    try {
      List<Address> nodes =
          settings.nodes().stream().map(n -> new Address(n.host(), n.port())).toList();
      return factory().newConnection(nodes, "cta " + role);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + CONNECT_TIMEOUT_MILLIS + " ms", e);
    }
  }

  private synchronized ConnectionFactory factory() throws IOException {
    if (factory == null) {
      ConnectionFactory made = new ConnectionFactory();
      made.setUsername(settings.user());
      made.setPassword(settings.password());
      made.setVirtualHost(settings.vhost());
      made.setAutomaticRecoveryEnabled(false);
      made.setTopologyRecoveryEnabled(false);
      made.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
      made.setHandshakeTimeout(CONNECT_TIMEOUT_MILLIS);
      made.setChannelRpcTimeout(CALL_TIMEOUT_MILLIS);
      made.setChannelShouldCheckRpcResponseType(true);
      made.setRequestedHeartbeat((int) Math.max(1, settings.heartbeat().toSeconds()));
      made.setSharedExecutor(callbacks);
      made.setThreadFactory(daemons());
      if (settings.tls() != null) {
        made.useSslProtocol(settings.tls().context());
        made.enableHostnameVerification();
      }
      factory = made;
    }
    return factory;
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "cta-rabbitmq-io-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
