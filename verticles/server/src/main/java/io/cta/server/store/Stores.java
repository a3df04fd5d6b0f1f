package io.cta.server.store;

import io.cta.domain.Configuration;
import io.cta.domain.Execution;
import io.cta.domain.Group;
import io.cta.domain.LogChunk;
import io.cta.domain.Machine;
import io.cta.domain.Scenario;
import io.cta.domain.Schedule;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.domain.Token;
import io.cta.domain.User;

/** The typed repositories over one store, made once at start. */
public final class Stores {
  public final DocumentStore documents;
  public final Repository<User> users;
  public final Repository<Group> groups;
  public final Repository<Machine> machines;
  public final Repository<Test> tests;
  public final Repository<Configuration> configurations;
  public final Repository<TestSuite> testsuites;
  public final Repository<Scenario> scenarios;
  public final Repository<Schedule> schedules;
  public final Repository<Execution> executions;
  public final Repository<Task> tasks;
  public final Repository<Status> statuses;
  public final Repository<LogChunk> logs;
  public final Repository<Token> tokens;

  public Stores(DocumentStore store) {
    documents = store;
    users = new Repository<>(store, Collections.USERS, User.class);
    groups = new Repository<>(store, Collections.GROUPS, Group.class);
    machines = new Repository<>(store, Collections.MACHINES, Machine.class);
    tests = new Repository<>(store, Collections.TESTS, Test.class);
    configurations = new Repository<>(store, Collections.CONFIGURATIONS, Configuration.class);
    testsuites = new Repository<>(store, Collections.TESTSUITES, TestSuite.class);
    scenarios = new Repository<>(store, Collections.SCENARIOS, Scenario.class);
    schedules = new Repository<>(store, Collections.SCHEDULES, Schedule.class);
    executions = new Repository<>(store, Collections.EXECUTIONS, Execution.class);
    tasks = new Repository<>(store, Collections.TASKS, Task.class);
    statuses = new Repository<>(store, Collections.STATUSES, Status.class);
    logs = new Repository<>(store, Collections.LOGS, LogChunk.class);
    tokens = new Repository<>(store, Collections.TOKENS, Token.class);
  }
}
