package io.cta.server.launch;

import io.cta.server.config.ServerConfig;
import io.cta.server.security.AccessControl;
import java.io.PrintStream;

/** Prints the server's address when it is up and, at the first start, the initial secrets. */
final class StartupBanner {
  private final CtaServer server;
  private final ServerConfig config;

  StartupBanner(CtaServer server, ServerConfig config) {
    this.server = server;
    this.config = config;
  }

  void print(PrintStream out) {
    AccessControl.Notice notice = server.security().notice;
    String url = config.http().publicUrl().orElse(server.url());
    if (notice.welcomeToken() != null) {
      out.println("First start. Choose the password of the user " + notice.adminName() + " at");
      out.println("  " + url + "/#/welcome/" + notice.welcomeToken());
      out.println("  This link works once.");
    }
    if (notice.registrationToken() != null) {
      out.println("Agents enrol with this token; it is shown only now:");
      out.println("  " + notice.registrationToken());
    }
    out.println("CTA " + VersionProvider.text() + " is ready at " + url);
    out.flush();
  }
}
