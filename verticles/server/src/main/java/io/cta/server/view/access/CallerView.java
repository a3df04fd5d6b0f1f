package io.cta.server.view.access;

import io.cta.domain.AccessRole;
import io.cta.server.view.View;

/** Who asks, and what they may do. */
public record CallerView(String name, AccessRole role) implements View {}
