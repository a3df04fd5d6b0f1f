package io.cta.agent.fetch;

import io.cta.agent.s3.S3Client;
import io.cta.agent.workspace.DirectoryRemover;
import io.cta.s3.S3Address;
import io.cta.s3.S3ListPage;
import io.cta.s3.S3ListPage.S3Object;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fetches all objects below a prefix, as files. What the listing shows is what is read: an object
 * that changes meanwhile fails the try. What was fetched before is asked for again only when its
 * entity tag is another one.
 */
final class S3PrefixFetcher {
  private static final int MAX_PAGES = 100_000; // of a store whose pages never end

  private final S3Client client;
  private final S3Address address;
  private final FetchSettings settings;
  private final FetchContext context;
  private final DownloadProgress progress;

  S3PrefixFetcher(
      S3Client client,
      S3Address address,
      FetchSettings settings,
      FetchContext context,
      DownloadProgress progress) {
    this.client = client;
    this.address = address;
    this.settings = settings;
    this.context = context;
    this.progress = progress;
  }

  /**
   * @param dir of the cache
   * @param sha256 expected digest of the list that {@link #digest} makes, or null
   */
  FetchedVersion fetch(Path dir, Path to, String sha256)
      throws IOException, FetchFailed, InterruptedException {
    List<S3Object> objects = list();
    Path objectsDir = Files.createDirectories(dir.resolve("objects"));
    long total = objects.stream().mapToLong(S3Object::size).sum();
    long before = 0;
    Set<String> kept = new HashSet<>();
    List<String> lines = new ArrayList<>(objects.size());
    DiskReserve reserve = new DiskReserve(to, settings.minFreeBytes());
    boolean digests = context.describe() || sha256 != null;
    for (S3Object object : objects) {
      context.commands().check();
      String name = InputCache.digest(object.key());
      kept.add(name);
      PartialFile file = new PartialFile(Files.createDirectories(objectsDir.resolve(name)));
      download(object, file, before, total);
      before += object.size();
      reserve.take(object.size());
      place(object, file, to);
      if (digests) {
        lines.add(FileDigest.of(file.content()) + "  " + relative(object));
      }
    }
    forget(objectsDir, kept);
    if (!digests) {
      return FetchedVersion.NONE;
    }
    String digest = digest(lines);
    if (sha256 != null && !digest.equalsIgnoreCase(sha256.strip())) {
      throw new FetchFailed(
          address + " has another content: sha256 " + digest + ", expected " + sha256);
    }
    return context.describe() ? FetchedVersion.file(null, digest) : FetchedVersion.NONE;
  }

  private List<S3Object> list() throws IOException, FetchFailed, InterruptedException {
    List<S3Object> objects = new ArrayList<>();
    long total = 0;
    String token = null;
    for (int page = 0; page == 0 || token != null; page++) {
      S3ListPage one = client.list(address.key(), token);
      for (S3Object object : one.objects()) {
        if (!object.key().startsWith(address.key())) {
          throw new FetchFailed(address + ": the store lists what is not below it");
        }
        if (object.key().endsWith("/") && object.size() == 0) {
          continue; // what consoles show as a folder
        }
        objects.add(object);
        total += object.size();
        check(objects.size(), object, total);
      }
      token = one.next();
      if (page > MAX_PAGES) {
        throw new FetchFailed(address + ": the store's listing does not end");
      }
    }
    if (objects.isEmpty()) {
      throw new FetchFailed("there is nothing below " + address);
    }
    return objects;
  }

  private void check(int count, S3Object object, long total) throws FetchFailed {
    if (object.size() > settings.maxDownloadBytes()) {
      throw DownloadBody.tooLarge(settings);
    }
    if (count > settings.archives().entries() || total > settings.archives().totalBytes()) {
      throw new FetchFailed(
          address
              + " has more than this machine's agent takes: "
              + settings.archives().entries()
              + " objects (--max-entries) and "
              + settings.archives().totalBytes()
              + " bytes (--max-unpacked)");
    }
  }

  private void download(S3Object object, PartialFile file, long before, long total)
      throws IOException, FetchFailed, InterruptedException {
    if (object.etag() != null && object.etag().equals(file.contentTag())) {
      return;
    }
    S3ObjectVersion wanted =
        new S3ObjectVersion(address.bucket(), object.key(), object.etag(), null);
    new S3Download(
            client,
            wanted,
            file,
            settings,
            (offset, expected) -> progress.begin(before + offset, total))
        .run(null);
  }

  private void place(S3Object object, PartialFile file, Path to) throws IOException, FetchFailed {
    Path path = EntryPaths.resolve(to, relative(object), settings.archives().depth());
    if (path.equals(to) || object.key().endsWith("/")) {
      throw new FetchFailed(address.text(object.key()) + " has no name for a file");
    }
    TargetPaths.withoutLinks(to, path.getParent(), address.text(object.key()));
    try {
      Files.copy(file.content(), path);
    } catch (FileAlreadyExistsException e) {
      throw new FetchFailed(
          address.text(object.key()) + " has the name of another object's file or folder");
    }
  }

  /** Removes what is not below the prefix any more. */
  private static void forget(Path objects, Set<String> kept) throws IOException {
    try (Stream<Path> all = Files.list(objects)) {
      for (Path one : all.toList()) {
        if (!kept.contains(one.getFileName().toString())) {
          DirectoryRemover.delete(one);
        }
      }
    }
  }

  private String relative(S3Object object) {
    return object.key().substring(address.key().length());
  }

  /** SHA-256 of what {@code sha256sum} would say of all files, in the order of their names. */
  private static String digest(List<String> lines) {
    List<byte[]> sorted =
        lines.stream()
            .sorted(Comparator.comparing(S3PrefixFetcher::nameBytes, Arrays::compareUnsigned))
            .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
            .toList();
    MessageDigest digest = InputCache.sha256();
    sorted.forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] nameBytes(String line) {
    return line.substring(line.indexOf(' ')).getBytes(StandardCharsets.UTF_8);
  }
}
