package io.cta.server.hooks;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/**
 * What a call says, whoever made it. Each part may be null but the event.
 *
 * @param event push, tag, mergeRequest, pipeline; another word when nothing can be started by it
 * @param ignored why nothing is to be started, or null
 * @param ref as git has it, such as refs/heads/main
 * @param buildNumber of the caller's build
 * @param buildLink where people see that build
 * @param project path or number of the project that has the commit
 * @param target path or number of the project that the merge request goes to, or null
 * @param same what tells this call from others when the caller does not number them
 */
@RecordBuilder
public record HookFacts(
    String event,
    String ignored,
    String ref,
    String branch,
    String tag,
    String commit,
    String before,
    String message,
    String author,
    String changeRequest,
    String pipelineId,
    String buildNumber,
    String buildLink,
    String repository,
    String project,
    String target,
    String same) {
  /** The field of an event that a parameter may be given; null for one that is not known. */
  public static boolean knows(String field) {
    return fields(HookFactsBuilder.builder().build()).containsKey(field);
  }

  /** The values of the fields that parameters may be given; those that the call lacks are empty. */
  public Map<String, String> fields() {
    return fields(this);
  }

  private static Map<String, String> fields(HookFacts f) {
    return Map.ofEntries(
        entry("event.ref", f.ref),
        entry("event.branch", f.branch),
        entry("event.tag", f.tag),
        entry("event.commit", f.commit),
        entry("event.before", f.before),
        entry("event.message", f.message),
        entry("event.author", f.author),
        entry("event.changeRequest", f.changeRequest),
        entry("event.pipelineId", f.pipelineId),
        entry("event.repository", f.repository));
  }

  private static Map.Entry<String, String> entry(String name, String value) {
    return Map.entry(name, value == null ? "" : value);
  }
}
