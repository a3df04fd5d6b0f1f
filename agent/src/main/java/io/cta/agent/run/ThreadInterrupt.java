package io.cta.agent.run;

/** Interrupts the thread that made it when the attempt is to stop, until it is turned off. */
final class ThreadInterrupt {
  private final Thread thread = Thread.currentThread();
  private boolean on = true;

  private ThreadInterrupt() {}

  static ThreadInterrupt of(StopRequest stopRequest) {
    ThreadInterrupt threadInterrupt = new ThreadInterrupt();
    stopRequest.asked().thenRun(threadInterrupt::fire);
    return threadInterrupt;
  }

  private synchronized void fire() {
    if (on) {
      thread.interrupt();
    }
  }

  /**
   * After this the thread is not interrupted any more; an interrupt that has come already is
   * cleared.
   */
  synchronized void off() {
    on = false;
    if (Thread.currentThread() == thread) {
      Thread.interrupted();
    }
  }
}
