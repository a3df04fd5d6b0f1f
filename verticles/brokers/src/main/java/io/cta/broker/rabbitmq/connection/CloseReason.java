package io.cta.broker.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;

/**
 * Why the server closed a channel or a connection. Pure.
 *
 * @param code AMQP's reply code; 0 when the server gave none because the connection broke
 * @param channel whether only a channel is affected
 */
public record CloseReason(int code, String text, boolean channel) {
  public static CloseReason of(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause() == e ? null : e.getCause()) {
      if (e instanceof AuthenticationFailureException
          || e instanceof PossibleAuthenticationFailureException) {
        return new CloseReason(AMQP.ACCESS_REFUSED, "user or password is wrong", false);
      }
      if (e instanceof IllegalArgumentException) {
        return new CloseReason(AMQP.SYNTAX_ERROR, text(e), true);
      }
      if (e instanceof ShutdownSignalException s && s.getReason() != null) {
        return of(s.getReason());
      }
    }
    return new CloseReason(0, text(failure), false);
  }

  private static CloseReason of(Method reason) {
    if (reason instanceof AMQP.Channel.Close close) {
      return new CloseReason(close.getReplyCode(), close.getReplyText(), true);
    }
    if (reason instanceof AMQP.Connection.Close close) {
      return new CloseReason(close.getReplyCode(), close.getReplyText(), false);
    }
    return new CloseReason(0, reason.toString(), false);
  }

  /**
   * Whether the server refuses this user or virtual host, so that trying again at once is no use.
   */
  boolean refused() {
    return !channel && (code == AMQP.ACCESS_REFUSED || code == AMQP.NOT_ALLOWED);
  }

  /**
   * Whether nothing was refused and only the connection was lost: the same may work on the next
   * one.
   */
  boolean lost() {
    return !channel;
  }

  /** The failure that a caller of the broker gets. */
  public ServiceFailure failure() {
    ErrorCode as =
        switch (code) {
          case AMQP.SYNTAX_ERROR -> ErrorCode.INVALID;
          case AMQP.NOT_FOUND -> ErrorCode.NOT_FOUND;
          case AMQP.PRECONDITION_FAILED, AMQP.RESOURCE_LOCKED -> ErrorCode.CONFLICT;
          case AMQP.ACCESS_REFUSED, AMQP.NOT_ALLOWED -> ErrorCode.FORBIDDEN;
          default -> ErrorCode.UNAVAILABLE;
        };
    return new ServiceFailure(as, "RabbitMQ: " + text);
  }

  private static String text(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
