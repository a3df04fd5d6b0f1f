package io.cta.bench;

/** What a filled store holds besides executions, for those who ask for it. */
record SeededStore(
    SeededKind groups,
    SeededKind tests,
    SeededKind suites,
    SeededKind configurations,
    SeededKind scenarios,
    SeededKind schedules,
    SeededKind machines,
    SeededKind users) {}
