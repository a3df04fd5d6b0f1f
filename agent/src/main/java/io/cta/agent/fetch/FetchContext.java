package io.cta.agent.fetch;

import java.nio.file.Path;

/**
 * What the inputs of one task are fetched with.
 *
 * @param describe whether to find out what an input was, which takes time; otherwise the answer is
 *     {@link FetchedVersion#NONE}
 */
record FetchContext(
    Path workspace, boolean describe, InputSecrets secrets, CommandRunner commands) {}
