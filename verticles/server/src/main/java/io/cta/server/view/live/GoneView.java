package io.cta.server.view.live;

import io.cta.server.view.View;

/** What is left of something that is gone. */
public record GoneView(String id) implements View {}
