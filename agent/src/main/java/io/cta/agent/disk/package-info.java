/** The room on the machine's disks: measured, kept in reserve, given back. */
package io.cta.agent.disk;
