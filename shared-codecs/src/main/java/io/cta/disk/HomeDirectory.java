package io.cta.disk;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the user's home directory. For a user id without a name, as containers use them, Java's
 * {@code user.home} is {@code ?}, which as a path is a directory where nobody looks. Then the
 * variable {@code HOME} counts, as it does for a shell.
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

  /**
   * The path of that name below the first home where it is a writable directory or can be created;
   * empty when there is none.
   */
  public Optional<Path> writable(String name) {
    return first(name, path -> isWritable(Files.exists(path) ? path : path.getParent()));
  }

  /** The path of that name below the first home where it exists. */
  public Optional<Path> existing(String name) {
    return first(name, Files::exists);
  }

  /**
   * Whether the home is known from {@code HOME} only, so that programs that ask the system do not
   * find it.
   */
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

  /** Ignores a relative path: it would be another home in each working directory. */
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
