package io.cta.server.api.definitions;

import io.cta.domain.Channel;
import io.cta.domain.Configuration;
import io.cta.domain.Forge;
import io.cta.domain.Group;
import io.cta.domain.Hook;
import io.cta.domain.Machine;
import io.cta.domain.Scenario;
import io.cta.domain.Schedule;
import io.cta.domain.Secret;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.domain.User;
import io.cta.server.after.ConditionThread;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.forges.ForgeTokens;
import io.cta.server.secrets.SecretCipher;
import io.cta.server.security.AccessControl;
import io.cta.server.store.StoreRepositories;
import io.cta.server.webhook.ChannelSafety;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Every kind of document that people edit. */
public final class DefinitionKinds {
  final DefinitionKind<User> users;
  final DefinitionKind<Group> groups;
  public final DefinitionKind<Machine> machines;
  final DefinitionKind<Test> tests;
  final DefinitionKind<TestSuite> suites;
  final DefinitionKind<Configuration> configurations;
  final DefinitionKind<Channel> channels;
  final DefinitionKind<Forge> forges;
  final DefinitionKind<Scenario> scenarios;
  final DefinitionKind<Hook> hooks;
  final DefinitionKind<Secret> secrets;
  final DefinitionKind<Schedule> schedules;

  public DefinitionKinds(
      Vertx vertx,
      StoreRepositories s,
      AccessControl security,
      SecretCipher cipher,
      ExecutionStarter starter,
      ChannelSafety channelSafety,
      Clock clock) {
    users =
        new DefinitionKind<>(
            "User",
            "user",
            "users",
            User.class,
            s.users,
            Map.of("role", "role", "group", "groups"),
            Map.of("group", s.groups),
            new UserRules(s, security));
    groups =
        new DefinitionKind<>(
            "Group",
            "group",
            "groups",
            Group.class,
            s.groups,
            Map.of(),
            Map.of(),
            new GroupRules(s));
    machines =
        new DefinitionKind<>(
            "Machine",
            "machine",
            "machines",
            Machine.class,
            s.machines,
            Map.of(
                "presence", "presence", "health", "health", "label", "labels", "group", "groups"),
            Map.of(),
            new MachineRules(vertx, s, security));
    tests =
        new DefinitionKind<>(
            "Test", "test", "tests", Test.class, s.tests, Map.of(), Map.of(), new TestRules(s));
    suites =
        new DefinitionKind<>(
            "TestSuite",
            "test suite",
            "testsuites",
            TestSuite.class,
            s.testsuites,
            Map.of(),
            Map.of(),
            new SuiteRules(s, starter));
    configurations =
        new DefinitionKind<>(
            "Configuration",
            "configuration",
            "configurations",
            Configuration.class,
            s.configurations,
            Map.of("mode", "mode"),
            Map.of(),
            new ConfigurationRules(s));
    channels =
        new DefinitionKind<>(
            "Channel",
            "channel",
            "channels",
            Channel.class,
            s.channels,
            Map.of("type", "type", "group", "group", "enabled", "enabled"),
            Map.of("group", s.groups),
            new ChannelRules(s, channelSafety));
    forges =
        new DefinitionKind<>(
            "Forge",
            "forge",
            "forges",
            Forge.class,
            s.forges,
            Map.of("type", "type", "group", "group"),
            Map.of("group", s.groups),
            new ForgeRules(s, new ForgeTokens(cipher), channelSafety.addresses()));
    scenarios =
        new DefinitionKind<>(
            "Scenario",
            "scenario",
            "scenarios",
            Scenario.class,
            s.scenarios,
            Map.of("suite", "suite", "configuration", "configuration", "group", "group"),
            Map.of("suite", s.testsuites, "configuration", s.configurations, "group", s.groups),
            new ScenarioRules(s, starter, ConditionThread.of(vertx), clock, channelSafety));
    hooks =
        new DefinitionKind<>(
            "Hook",
            "hook",
            "hooks",
            Hook.class,
            s.hooks,
            Map.of("type", "type", "group", "group"),
            Map.of("group", s.groups),
            new HookRules(s, cipher));
    secrets =
        new DefinitionKind<>(
            "Secret",
            "secret",
            "secrets",
            Secret.class,
            s.secrets,
            Map.of("group", "group", "scenario", "scenario"),
            Map.of("group", s.groups, "scenario", s.scenarios),
            new SecretRules(s, cipher));
    schedules =
        new DefinitionKind<>(
            "Schedule",
            "schedule",
            "schedules",
            Schedule.class,
            s.schedules,
            Map.of("scenario", "scenario", "enabled", "enabled"),
            Map.of("scenario", s.scenarios),
            new ScheduleRules(s, clock));
  }

  /** The kinds that people create; machines are created by enrolment. */
  public List<DefinitionKind<?>> creatable() {
    return List.of(
        users,
        groups,
        tests,
        suites,
        configurations,
        channels,
        forges,
        scenarios,
        hooks,
        secrets,
        schedules);
  }

  /**
   * The kinds that definitions as code may contain, in the order in which they are written; secrets
   * are no code.
   */
  List<DefinitionKind<?>> applicable() {
    return List.of(
        groups, tests, suites, configurations, channels, forges, scenarios, hooks, schedules);
  }
}
