package io.cta.agent.artifact;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * The files of a workspace that match.
 *
 * @param files by their names below the workspace, with links resolved
 * @param skipped why others that match are left out, for people
 */
record FoundFiles(SortedMap<String, Path> files, List<String> skipped) {}
