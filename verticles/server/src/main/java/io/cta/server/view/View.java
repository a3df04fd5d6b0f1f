package io.cta.server.view;

/** Something that may leave the server as it is. Only records of this package's rooms are. */
public interface View {}
