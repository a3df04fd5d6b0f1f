package io.cta.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls back on signals of the operating system. Reaches the JDK's class by reflection, because the
 * compiler warns of its name.
 */
final class SignalListener {
  private static final Logger log = LoggerFactory.getLogger(SignalListener.class);

  private SignalListener() {}

  /**
   * Runs {@code action} on a thread of its own at each such signal; returns false when the JVM does
   * not allow that.
   */
  static boolean handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              SignalListener.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.getName().equals("hashCode") ? 1 : self == arguments[0];
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (InvocationTargetException e) {
      // the JVM reserves some signals, such as QUIT
      log.debug("signal not heard [name: {}, reason: {}]", name, e.getCause().getMessage());
      return false;
    } catch (ReflectiveOperationException e) {
      log.debug("signals cannot be heard [reason: {}]", e.toString());
      return false;
    }
  }
}
