package io.cta.bus;

/** Where an announcement was first made. */
public enum EventOrigin {
  /** On this node, by whoever made the change. */
  HERE,

  /** On another node. */
  ELSEWHERE,

  /** No announcement came: this node found the change in the store. */
  STORE
}
