package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.SessionLogin;
import io.cta.cli.watch.StandardStreams;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code login}: makes a token for this user on this machine, and keeps it. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = {
      "Log in with name and password, and keep a token and the server's address in",
      "~/.config/cta, so that other commands need neither. The password is asked for, or",
      "read from standard input; it is not kept. With --token that token is kept."
    })
final class LoginCommand extends ServerCommand {
  @Option(names = "--user", paramLabel = "NAME", defaultValue = "admin", description = "admin")
  private String user;

  @Option(
      names = "--expires-in",
      paramLabel = "TIME",
      defaultValue = "90d",
      description = "how long the token is good (90d)")
  private String expiresIn;

  @Override
  public Integer call() {
    String token = server.givenToken();
    if (token == null) {
      JsonObject order =
          new JsonObject().put("name", "cta login").put("kind", "api").put("expiresIn", expiresIn);
      ApiClient api = server.apiWithoutToken();
      token = new SessionLogin(api).token(user, password(), order).getString("raw");
    }
    JsonObject me = server.apiWith(token).get("/api/v1/me");
    Path file = UserConfig.write(UserConfig.TOKEN, token);
    UserConfig.write(UserConfig.SERVER, server.address());
    PrintWriter out = out();
    out.println("logged in to " + server.address() + " as " + me.getString("name"));
    out.println("the role is " + me.getString("role") + "; the token is in " + file);
    return ExitCode.OK;
  }

  private String password() {
    Console console = System.console();
    if (console != null && StandardStreams.isTerminal(0)) {
      char[] typed = console.readPassword("password of %s: ", user);
      return typed == null ? "" : new String(typed);
    }
    try {
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new CliFailure(ExitCode.USAGE, "cannot read the password: " + e.getMessage());
    }
  }
}
