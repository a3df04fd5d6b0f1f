package io.cta.server.view;

/**
 * A value that may leave the server as it is. Only records of this package's subpackages implement
 * it.
 */
public interface OutwardView {}
