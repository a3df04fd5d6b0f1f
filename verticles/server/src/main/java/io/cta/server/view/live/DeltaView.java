package io.cta.server.view.live;

import com.fasterxml.jackson.annotation.JsonValue;
import io.cta.server.view.OutwardView;
import java.util.List;
import java.util.Map;

/**
 * What changed on a topic.
 *
 * @param ofKind the latest views by kind, such as {@code tasks}; in JSON these are the fields of
 *     the delta itself
 */
public record DeltaView(@JsonValue Map<String, List<OutwardView>> ofKind) implements OutwardView {}
