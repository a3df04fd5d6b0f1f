package io.cta.message;

import io.cta.domain.AttemptRef;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * What an agent reports about its machine when it registers.
 *
 * @param machineId persistent identity, given at enrolment
 * @param session changes at each start of the agent
 * @param facts platform, hostname, arch, cpus, jdk, tools…
 * @param suspendedSeconds how long the machine was suspended just before, 0 when it was not
 */
@RecordBuilder
public record MachineHello(
    String machineId,
    String session,
    String name,
    String hostname,
    String ip,
    Map<String, List<String>> facts,
    List<String> labels,
    int slots,
    String agentVersion,
    List<AttemptRef> tasks,
    long suspendedSeconds) {}
