package io.cta.agent.intake;

import io.cta.domain.AttemptRef;
import java.util.Collection;
import java.util.function.Predicate;

/** Decides whether an attempt is taken. Pure. */
enum AdmissionDecision {
  ACCEPT,
  /** The attempt is active here, or was. */
  KNOWN,
  /** A later attempt of its task is active here. */
  OUTDATED,
  /** The same attempt is active here under another token: the server says which one is right. */
  OTHER_TOKEN,
  NO_ROOM,
  NO_SLOT,
  LEAVING;

  static AdmissionDecision of(
      AttemptRef key,
      Collection<AttemptRef> live,
      Predicate<AttemptRef> done,
      int freeSlots,
      boolean leaving,
      boolean room) {
    if (live.contains(key) || done.test(key)) {
      return KNOWN;
    }
    boolean later =
        live.stream().anyMatch(k -> k.taskId().equals(key.taskId()) && k.attempt() > key.attempt());
    if (later) {
      return OUTDATED;
    }
    if (live.stream().anyMatch(key::sameAttempt)) {
      return OTHER_TOKEN;
    }
    if (leaving) {
      return LEAVING;
    }
    if (!room) {
      return NO_ROOM;
    }
    return freeSlots > 0 ? ACCEPT : NO_SLOT;
  }
}
