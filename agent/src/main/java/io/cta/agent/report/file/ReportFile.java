package io.cta.agent.report.file;

import java.nio.file.Path;

/**
 * A report file that a test wrote.
 *
 * @param key under which its glob is declared
 * @param name its path below the workspace, with slashes
 * @param path to open it by, links resolved
 */
public record ReportFile(String key, String name, Path path) {}
