package io.cta.server.jenkins;

import io.cta.error.ServiceFailure;
import io.cta.server.forges.StatusApi;
import io.cta.server.outgoing.OutgoingUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A job's addresses, all of them below the address of the Jenkins as it was configured: what
 * Jenkins believes to be its own address may be wrong. Pure.
 *
 * @param base where the Jenkins is, perhaps below a path
 * @param job its name, behind those of its folders: {@code folder/name}
 */
record JobAddress(OutgoingUrl base, String job) {
  /** Throws INVALID, naming the field, unless the text names a job. */
  static void check(String field, String job) {
    boolean plain =
        job != null
            && !job.isBlank()
            && job.codePoints().noneMatch(Character::isISOControl)
            && Arrays.stream(job.split("/", -1))
                .noneMatch(part -> part.isBlank() || part.equals(".") || part.equals(".."));
    if (!plain) {
      throw ServiceFailure.invalid(
          field, "must be the name of a job, behind those of its folders: folder/name");
    }
  }

  /** Below the job. */
  OutgoingUrl at(String path) {
    return StatusApi.below(base, path() + path);
  }

  /** Where people see the job. */
  String page() {
    return base.origin() + at("/").target();
  }

  /** Where people see a build of it. */
  String page(int number) {
    return page() + number + "/";
  }

  /** True for the address that Jenkins gives the job, whatever it believes to be its own. */
  boolean isTask(String url) {
    try {
      String plain = URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
      String mine = Arrays.stream(job.split("/")).collect(Collectors.joining("/job/", "/job/", ""));
      return plain.replaceFirst("/+$", "").endsWith(mine);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String path() {
    return Arrays.stream(job.split("/"))
        .map(StatusApi::part)
        .collect(Collectors.joining("/job/", "/job/", ""));
  }
}
