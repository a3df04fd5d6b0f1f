package io.cta.server.store;

import io.cta.domain.AccessToken;
import io.cta.domain.Artifact;
import io.cta.domain.Channel;
import io.cta.domain.CommitLine;
import io.cta.domain.Configuration;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.Forge;
import io.cta.domain.Group;
import io.cta.domain.Hook;
import io.cta.domain.HookEvent;
import io.cta.domain.LogChunk;
import io.cta.domain.Machine;
import io.cta.domain.Scenario;
import io.cta.domain.Schedule;
import io.cta.domain.Secret;
import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.domain.User;

/** The typed repositories over one store, made once at start. */
public final class StoreRepositories {
  public final DocumentStore documents;
  public final EntityRepository<User> users;
  public final EntityRepository<Group> groups;
  public final EntityRepository<Machine> machines;
  public final EntityRepository<Test> tests;
  public final EntityRepository<Configuration> configurations;
  public final EntityRepository<TestSuite> testsuites;
  public final EntityRepository<Scenario> scenarios;
  public final EntityRepository<Secret> secrets;
  public final EntityRepository<Schedule> schedules;
  public final SpecRepository specs;
  public final EntityRepository<Execution> executions;
  public final EntityRepository<Task> tasks;
  public final EntityRepository<Status> statuses;
  public final EntityRepository<LogChunk> logs;
  public final EntityRepository<Forge> forges;
  public final EntityRepository<Hook> hooks;
  public final EntityRepository<HookEvent> hookEvents;
  public final EntityRepository<CommitLine> commitLines;
  public final EntityRepository<Channel> channels;
  public final EntityRepository<Delivery> deliveries;
  public final EntityRepository<Artifact> artifacts;
  public final EntityRepository<AccessToken> tokens;

  public StoreRepositories(DocumentStore store) {
    documents = store;
    users = new EntityRepository<>(store, StoreCollections.USERS, User.class);
    groups = new EntityRepository<>(store, StoreCollections.GROUPS, Group.class);
    machines = new EntityRepository<>(store, StoreCollections.MACHINES, Machine.class);
    tests = new EntityRepository<>(store, StoreCollections.TESTS, Test.class);
    configurations =
        new EntityRepository<>(store, StoreCollections.CONFIGURATIONS, Configuration.class);
    testsuites = new EntityRepository<>(store, StoreCollections.TESTSUITES, TestSuite.class);
    scenarios = new EntityRepository<>(store, StoreCollections.SCENARIOS, Scenario.class);
    secrets = new EntityRepository<>(store, StoreCollections.SECRETS, Secret.class);
    schedules = new EntityRepository<>(store, StoreCollections.SCHEDULES, Schedule.class);
    specs = new SpecRepository(store);
    executions = new EntityRepository<>(store, StoreCollections.EXECUTIONS, Execution.class);
    tasks = new EntityRepository<>(store, StoreCollections.TASKS, Task.class);
    statuses = new EntityRepository<>(store, StoreCollections.STATUSES, Status.class);
    logs = new EntityRepository<>(store, StoreCollections.LOGS, LogChunk.class);
    forges = new EntityRepository<>(store, StoreCollections.FORGES, Forge.class);
    hooks = new EntityRepository<>(store, StoreCollections.HOOKS, Hook.class);
    hookEvents = new EntityRepository<>(store, StoreCollections.HOOK_EVENTS, HookEvent.class);
    commitLines = new EntityRepository<>(store, StoreCollections.COMMIT_LINES, CommitLine.class);
    channels = new EntityRepository<>(store, StoreCollections.CHANNELS, Channel.class);
    deliveries = new EntityRepository<>(store, StoreCollections.DELIVERIES, Delivery.class);
    artifacts = new EntityRepository<>(store, StoreCollections.ARTIFACTS, Artifact.class);
    tokens = new EntityRepository<>(store, StoreCollections.TOKENS, AccessToken.class);
  }
}
