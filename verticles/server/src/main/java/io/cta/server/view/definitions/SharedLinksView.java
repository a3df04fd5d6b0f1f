package io.cta.server.view.definitions;

import io.cta.server.view.OutwardView;

/**
 * Addresses that need no login.
 *
 * @param badge of an image with the result of the last execution
 * @param feed of an Atom feed of the executions that did not end ok
 * @param markdown the badge for a page in Markdown, with a link to the scenario
 */
public record SharedLinksView(String badge, String feed, String markdown) implements OutwardView {}
