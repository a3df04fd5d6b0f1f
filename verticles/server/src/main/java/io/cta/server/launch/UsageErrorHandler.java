package io.cta.server.launch;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Prints what is wrong with a command line and where help is. */
final class UsageErrorHandler implements IParameterExceptionHandler {
  private final int code;

  UsageErrorHandler(int code) {
    this.code = code;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return code;
  }
}
