package io.cta.bench.chaos;

/** What a part does, and so what it stands for it to be hit. */
enum TargetRole {
  SERVER,
  AGENT,
  BROKER,
  PROXY
}
