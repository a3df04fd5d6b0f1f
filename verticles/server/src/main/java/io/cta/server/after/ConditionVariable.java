package io.cta.server.after;

import io.cta.domain.Result;
import io.cta.domain.State;
import java.util.List;
import java.util.stream.Stream;

/** The words that a condition may use. The last are constants, so that nobody need quote them. */
enum ConditionVariable {
  STATE(Type.TEXT),
  RESULT(Type.TEXT),
  COUNTS(Type.NUMBERS),
  PREVIOUS(Type.TEXT),
  CHANGED(Type.FLAG),
  RECOVERED(Type.FLAG),
  BRANCH(Type.TEXT),
  SCENARIO(Type.TEXT),
  FLAKY(Type.NUMBER),
  DEPTH(Type.NUMBER),
  OK(Type.TEXT),
  FAILED(Type.TEXT),
  PARTIAL(Type.TEXT),
  INCONCLUSIVE(Type.TEXT),
  FINISHED(Type.TEXT),
  CANCELLED(Type.TEXT),
  TIMEOUT(Type.TEXT);

  /** What a variable's value is. */
  enum Type {
    TEXT,
    NUMBER,
    FLAG,
    /** Name to number. */
    NUMBERS
  }

  private final Type type;

  ConditionVariable(Type type) {
    this.type = type;
  }

  Type type() {
    return type;
  }

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The constants: each is the text of its own word. */
  static List<String> constants() {
    return Stream.concat(
            Stream.of(Result.values()).map(Result::wire),
            Stream.of(State.values()).filter(State::terminal).map(State::wire))
        .toList();
  }
}
