/** Views of credentials and of their owners. A secret is only in the answer that issues it. */
package io.cta.server.view.access;
