package io.cta.bench.history;

/** What must hold of every execution, whatever the load or the faults. */
public enum ExecutionInvariant {
  I1("what was answered 202 exists, once, and ends in time"),
  I2("what an agent got confirmed is in the store, once, and counted"),
  I3("a task has at most one effective attempt"),
  I4("what did not run is not ok, what ran has its own result, nothing is without one"),
  I5("a cancel ends every process in time, or says which machine did not obey"),
  I6("no good message is given up or dropped"),
  I7("what a fault broke is tried again");

  private final String meaning;

  ExecutionInvariant(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }
}
