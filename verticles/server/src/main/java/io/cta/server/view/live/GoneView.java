package io.cta.server.view.live;

import io.cta.server.view.OutwardView;

/** The id of something that was deleted. */
public record GoneView(String id) implements OutwardView {}
