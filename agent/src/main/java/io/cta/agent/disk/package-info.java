/**
 * Checks that the machine's disks have room for a task. Frees no space itself: it tells those who
 * can.
 */
package io.cta.agent.disk;
