package io.cta.server.view.access;

import io.cta.domain.AccessRole;
import io.cta.server.view.OutwardView;

/** The caller of the API, and what they may do. */
public record CallerView(String name, AccessRole role) implements OutwardView {}
