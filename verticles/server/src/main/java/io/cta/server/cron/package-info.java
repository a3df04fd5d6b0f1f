/** Computes when rules of schedules fire. Pure. */
package io.cta.server.cron;
