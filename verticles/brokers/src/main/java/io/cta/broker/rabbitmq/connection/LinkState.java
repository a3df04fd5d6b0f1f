package io.cta.broker.rabbitmq.connection;

import com.rabbitmq.client.Connection;
import io.cta.broker.CallerPromise;
import io.cta.broker.LinkListener;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes one link state of several connections, for the listener and for callers that wait until it
 * is up. Broker's context only.
 */
public final class LinkState {
  private final LinkListener listener;
  private final String server;
  private final Set<String> downRoles = new HashSet<>();
  private final List<CallerPromise<Void>> starting = new ArrayList<>();
  private String text = "not connected yet";
  private boolean announced;

  public LinkState(LinkListener listener, String server) {
    this.listener = listener;
    this.server = server;
  }

  public void await(CallerPromise<Void> answer) {
    if (announced) {
      answer.succeed(null);
    } else {
      starting.add(answer);
    }
  }

  /** One more connection that must be up. */
  void need(String role) {
    downRoles.add(role);
  }

  public boolean up() {
    return downRoles.isEmpty();
  }

  public String text() {
    return text;
  }

  void fail(ServiceFailure why) {
    starting.forEach(answer -> answer.fail(why));
    starting.clear();
  }

  public void closed(ServiceFailure why) {
    downRoles.add("closed");
    text = "closed";
    fail(why);
  }

  private void up(String role) {
    downRoles.remove(role);
    if (downRoles.isEmpty()) {
      text = "connected to " + server;
      starting.forEach(answer -> answer.succeed(null));
      starting.clear();
      if (!announced) {
        announced = true;
        listener.up();
      }
    }
  }

  private void down(String role, String reason, long retryMillis) {
    downRoles.add(role);
    announced = false;
    text = "down: " + reason;
    listener.down(reason, retryMillis);
  }

  private void refused(String role, int status, String why, long retryMillis) {
    downRoles.add(role);
    announced = false;
    text = "refused: " + why;
    fail(new ServiceFailure(ErrorCode.ofStatus(status), "RabbitMQ: " + why));
    listener.refused(status, why, retryMillis);
  }

  /** Reports the state of the connection with this role. */
  public final class ConnectionListener implements ReconnectingConnection.Events {
    private final String role;

    public ConnectionListener(String role) {
      this.role = role;
      need(role);
    }

    @Override
    public void up(Connection connection) {
      LinkState.this.up(role);
    }

    @Override
    public void lost() {}

    @Override
    public void down(String reason, long retryMillis) {
      LinkState.this.down(role, reason, retryMillis);
    }

    @Override
    public void refused(int status, String why, long retryMillis) {
      LinkState.this.refused(role, status, why, retryMillis);
    }
  }
}
