package io.cta.agent.push;

/** How far an output has come. One thread. */
final class PushTally {
  private final int all;
  private int pushed;
  private int there;
  private int failed;
  private String reason;

  /**
   * @param all how many files there are
   */
  PushTally(int all) {
    this.all = all;
  }

  /**
   * @param fresh false for a file that was there already
   */
  void add(boolean fresh) {
    pushed += fresh ? 1 : 0;
    there += fresh ? 0 : 1;
  }

  /** Some that were counted as pushed had been there before. */
  void wereThere(int files) {
    pushed -= files;
    there += files;
  }

  void fail(String why) {
    failed++;
    reason = reason == null ? why : reason;
  }

  /** None is there, whatever was counted. */
  void failAll(String why) {
    pushed = 0;
    fail(why);
  }

  int failed() {
    return failed;
  }

  boolean isWhole() {
    return reason == null;
  }

  /** Why the first file failed, or null. */
  String reason() {
    return reason;
  }

  /** For people. */
  String text() {
    String before = there == 0 ? "" : ", " + there + " were there";
    return pushed + " of " + all + " files pushed" + before;
  }
}
