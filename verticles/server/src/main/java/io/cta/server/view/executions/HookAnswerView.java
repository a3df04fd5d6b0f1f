package io.cta.server.view.executions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cta.server.view.OutwardView;
import java.util.List;

/**
 * What became of a call of a hook.
 *
 * @param outcome accepted, repeated or ignored
 * @param reason why it is ignored, or null
 * @param executions ids of the executions that it starts
 */
public record HookAnswerView(
    String outcome,
    String reason,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> executions)
    implements OutwardView {}
