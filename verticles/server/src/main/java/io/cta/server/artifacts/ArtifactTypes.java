package io.cta.server.artifacts;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The media types under which artifacts are served, by the ends of their names: a test may write
 * anything, and says nothing of it that a browser should believe. Pure.
 */
public final class ArtifactTypes {
  public static final String OTHER = "application/octet-stream";

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("txt", TEXT),
          Map.entry("log", TEXT),
          Map.entry("out", TEXT),
          Map.entry("err", TEXT),
          Map.entry("json", "application/json"),
          Map.entry("xml", "application/xml"),
          Map.entry("csv", "text/csv; charset=utf-8"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("zip", "application/zip"),
          Map.entry("gz", "application/gzip"),
          Map.entry("tgz", "application/gzip"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"));
  private static final Set<String> SHOWN =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", TEXT);

  private ArtifactTypes() {}

  /** The type of a file with that name. */
  public static String of(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot < 0
        ? OTHER
        : TYPES.getOrDefault(file.substring(dot + 1).toLowerCase(Locale.ROOT), OTHER);
  }

  /** Whether a browser may show it; everything else is to be saved. */
  public static boolean isShown(String type) {
    return SHOWN.contains(type);
  }

  /** Whether a page may have it as an image. */
  public static boolean isImage(String type) {
    return type.startsWith("image/");
  }
}
