package io.cta.disk;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the user's home. Java has none for a user id that the system knows no name of, as
 * containers use them, and calls it {@code ?}: taken for a path, that is a directory where nobody
 * looks. Then the variable {@code HOME} counts, as it does for a shell.
 */
public final class HomeDirectory {
  private final String ofSystem;
  private final String ofVariable;

  HomeDirectory(String ofSystem, String ofVariable) {
    this.ofSystem = ofSystem;
    this.ofVariable = ofVariable;
  }

  /**
   * @param env the environment of the process
   */
  public static HomeDirectory of(Map<String, String> env) {
    return new HomeDirectory(System.getProperty("user.home"), env.get("HOME"));
  }

  /** A directory below the home, when it can be written or made; empty when there is no home. */
  public Optional<Path> writable(String name) {
    return first(name, path -> isWritable(Files.exists(path) ? path : path.getParent()));
  }

  /** A file or directory below the home, when it is there. */
  public Optional<Path> existing(String name) {
    return first(name, Files::exists);
  }

  /** Whether programs that ask the system alone for the home do not find it. */
  public boolean isOfVariable() {
    return path(ofSystem).filter(Files::isDirectory).isEmpty();
  }

  private Optional<Path> first(String name, Predicate<Path> good) {
    return Stream.of(ofSystem, ofVariable)
        .flatMap(home -> path(home).stream())
        .map(home -> home.resolve(name))
        .filter(good)
        .findFirst();
  }

  /** What is not absolute is no home: it would be another one in each current directory. */
  private static Optional<Path> path(String text) {
    try {
      return Optional.ofNullable(text).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isWritable(Path path) {
    return Files.isDirectory(path) && Files.isWritable(path);
  }
}
