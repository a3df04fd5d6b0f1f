/** What the demo makes for itself to show CTA among others: a git repository and a webhook. */
package io.cta.cli.demo;
