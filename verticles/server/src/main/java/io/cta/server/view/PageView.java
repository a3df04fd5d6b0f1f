package io.cta.server.view;

import java.util.List;

/**
 * A page of a list.
 *
 * @param next where the next page begins, null on the last
 */
public record PageView(List<? extends OutwardView> items, String next) implements OutwardView {}
