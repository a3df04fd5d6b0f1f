package io.cta.agent.push;

/** There is no time left for pushing. */
final class OutOfTime extends InterruptedException {
  OutOfTime() {
    super("there was no time left");
  }
}
