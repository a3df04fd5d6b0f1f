package io.cta.server.view.access;

import io.cta.server.view.OutwardView;
import java.time.Duration;

/**
 * A machine that enrolled.
 *
 * @param token the agent's secret, shown only this once
 */
public record EnrolledView(String machineId, String name, String token, Duration heartbeat)
    implements OutwardView {}
