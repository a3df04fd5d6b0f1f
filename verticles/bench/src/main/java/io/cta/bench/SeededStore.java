package io.cta.bench;

/** What a filled store holds besides executions, by which queries choose their parameters. */
record SeededStore(
    SeededKind groups,
    SeededKind tests,
    SeededKind suites,
    SeededKind configurations,
    SeededKind scenarios,
    SeededKind schedules,
    SeededKind machines,
    SeededKind users,
    SeededKind channels) {}
