package io.cta.server.view.executions;

import io.cta.server.view.OutwardView;
import java.util.List;

/**
 * The executions that came of one, the one itself first, in the order in which they were made.
 *
 * @param root id of the first; it may have been removed since
 * @param cut true when there are more than are shown
 */
public record ChainView(String root, List<ChainNodeView> executions, boolean cut)
    implements OutwardView {}
