package io.cta.server.forges;

import io.cta.domain.ExecutionSource;
import io.cta.domain.Forge;
import io.cta.domain.Scenario;
import io.cta.error.ServiceFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Finds the project and the commit that an execution reports on. Pure. */
public final class ReportTarget {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");
  private static final Pattern PROJECT =
      Pattern.compile("[0-9]{1,18}|[A-Za-z0-9_.-]{1,255}(/[A-Za-z0-9_.-]{1,255}){1,20}");
  private static final Pattern SSH = Pattern.compile("[^/@:]+@[^/@:]+:(?!//)(.+)");

  private ReportTarget() {}

  /** True for a whole commit id, of SHA-1 or SHA-256. */
  public static boolean isCommit(String text) {
    return text != null && COMMIT.matcher(text).matches();
  }

  /** Throws INVALID, naming the field, for what is no path or number of a project. */
  public static void checkProject(String field, String project) {
    if (!PROJECT.matcher(project).matches() || project.contains("..")) {
      throw ServiceFailure.invalid(
          field, "must be the path of a project, such as group/app, or its number");
    }
  }

  /** Whether executions of a scenario are reported on, from the beginning on or at the end. */
  public static boolean isWanted(Scenario scenario) {
    return scenario.report() != null
        || scenario.after().stream().anyMatch(handler -> handler.report() != null);
  }

  /**
   * The project; null when neither the scenario nor the source says it.
   *
   * @param wanted as the scenario says it, or null
   */
  public static String project(String wanted, Forge forge, ExecutionSource source) {
    if (wanted != null) {
      return wanted;
    }
    if (source == null || source.repository() == null) {
      return null;
    }
    String path = path(source.repository());
    String base = path(forge.url());
    String below =
        !base.isEmpty() && path.startsWith(base + "/") ? path.substring(base.length() + 1) : path;
    String project = below.replaceFirst("(\\.git)?/*$", "");
    return PROJECT.matcher(project).matches() && project.contains("/") ? project : null;
  }

  private static String path(String address) {
    var ssh = SSH.matcher(address);
    if (ssh.matches()) {
      return ssh.group(1).replaceFirst("^/+", "");
    }
    try {
      String path = new URI(address).getPath();
      return path == null ? "" : path.replaceAll("^/+|/+$", "");
    } catch (URISyntaxException e) {
      return "";
    }
  }
}
