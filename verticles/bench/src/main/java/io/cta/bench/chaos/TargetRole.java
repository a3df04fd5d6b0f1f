package io.cta.bench.chaos;

/** What a part does. It decides how long the part needs after a fault. */
enum TargetRole {
  SERVER,
  AGENT,
  BROKER,
  PROXY
}
