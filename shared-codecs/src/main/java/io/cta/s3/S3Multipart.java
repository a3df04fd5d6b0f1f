package io.cta.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The documents of an upload in parts. Source: CreateMultipartUpload and CompleteMultipartUpload,
 * Amazon S3 API Reference. Pure.
 */
public final class S3Multipart {
  /** Most parts of one upload. */
  public static final int MAX_PARTS = 10_000;

  /** Least bytes of each part but the last. */
  public static final long MIN_PART_BYTES = 5L << 20;

  private static final long MIB = 1L << 20;

  private S3Multipart() {}

  /** The id of the upload that was begun; null when the answer names none. */
  public static String uploadId(byte[] answer) {
    String id = S3Xml.fieldsOf("InitiateMultipartUploadResult", answer).get("UploadId");
    return id == null || id.isBlank() ? null : id;
  }

  /** Whether the upload is an object now. A store that failed on its way says 200, too. */
  public static boolean isCompleted(byte[] answer) {
    return S3Xml.fieldsOf("CompleteMultipartUploadResult", answer).containsKey("ETag");
  }

  /**
   * What completes an upload.
   *
   * @param etags of all parts, as the store gave them
   */
  public static byte[] completion(List<String> etags) {
    StringBuilder xml =
        new StringBuilder(
            "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    for (int i = 0; i < etags.size(); i++) {
      xml.append("<Part><PartNumber>")
          .append(i + 1)
          .append("</PartNumber><ETag>")
          .append(etags.get(i).replace("&", "&amp;").replace("<", "&lt;"))
          .append("</ETag></Part>");
    }
    return xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes of each part but the last: as many as usual, or more when there would be too many. */
  public static long partBytes(long size, long usual) {
    long least = (size + MAX_PARTS - 1) / MAX_PARTS;
    return least <= usual ? usual : (least + MIB - 1) / MIB * MIB;
  }
}
