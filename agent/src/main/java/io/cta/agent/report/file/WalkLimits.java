package io.cta.agent.report.file;

/**
 * How much of a workspace is looked at.
 *
 * @param files that match
 * @param entries files and directories looked at
 * @param links out of the workspace that are named
 */
record WalkLimits(int files, int entries, int links) {
  static final WalkLimits DEFAULT = new WalkLimits(50_000, 2_000_000, 5);
}
