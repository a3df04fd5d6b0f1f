package io.cta.server.export;

import io.cta.domain.AskedExecution;
import io.cta.domain.Task;
import java.util.List;

/**
 * An execution that is exported.
 *
 * @param tasks all of them, in order
 */
public record ExportSource(AskedExecution asked, List<Task> tasks) {}
