package io.cta.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the documents of a store. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class S3AnswersTest {
  private static final String LISTING =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Name>b</Name><Prefix>p/</Prefix><EncodingType>url</EncodingType>
        <IsTruncated>true</IsTruncated><NextContinuationToken>t/1+=</NextContinuationToken>
        <Contents><Key>p/a+b%2Bc%0A%C3%BC</Key><Size>12</Size><ETag>&quot;abc&quot;</ETag>
          <Owner><ID>x</ID></Owner></Contents>
        <Contents><Key>p/d</Key><ETag>raw</ETag><Size>0</Size></Contents>
      </ListBucketResult>
      """;

  @Test
  void anErrorSaysCodeRegionAndTime() {
    S3Error error =
        error(
            403,
            "\n <?xml version=\"1.0\"?><Error><Code>RequestTimeTooSkewed</Code><Message>a\nb</Message>"
                + "<ServerTime>2026-01-02T03:04:05Z</ServerTime><Region>eu-1</Region></Error>");
    assertTrue(error.is("RequestTimeTooSkewed"));
    assertEquals("2026-01-02T03:04:05Z", error.serverTime().toString());
    assertEquals("eu-1", error.region());
    assertEquals("403 RequestTimeTooSkewed: a b", error.text());
  }

  @Test
  void aRedirectSaysWhereTheBucketIs() {
    S3Error error =
        error(
            301,
            "<Error><Code>PermanentRedirect</Code><Message>m</Message>"
                + "<Endpoint>b.s3.example.org</Endpoint></Error>");
    assertTrue(error.text().contains("b.s3.example.org"), error.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>gone</html>",
        "<Error><Code>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Error><Code>&e;</Code></Error>"
      })
  void whatIsNoErrorSaysNothing(String body) {
    assertNull(error(500, body).code());
  }

  @ParameterizedTest
  @CsvSource({
    "503,SlowDown,true",
    "500,InternalError,true",
    "400,RequestTimeout,true",
    "400,BadDigest,true",
    "429,x,true",
    "501,NotImplemented,false",
    "403,AccessDenied,false",
    "404,NoSuchKey,false"
  })
  void someRefusalsAreTemporary(int status, String code, boolean temporary) {
    assertEquals(
        temporary, error(status, "<Error><Code>" + code + "</Code></Error>").isTemporary());
  }

  @Test
  void aListingHasItsKeysDecodedAndSaysHowItGoesOn() throws IOException {
    S3ListPage page = list(LISTING);
    assertEquals("t/1+=", page.next());
    assertEquals("p/a b+c\nü", page.objects().get(0).key());
    assertEquals(12, page.objects().get(0).size());
    assertEquals("\"abc\"", page.objects().get(0).etag());
    assertEquals("\"raw\"", page.objects().get(1).etag());
  }

  @Test
  void theLastPageNamesNoOther() throws IOException {
    assertNull(list(LISTING.replace("<IsTruncated>true", "<IsTruncated>false")).next());
  }

  @Test
  void aListingThatIsCutIsRefused() {
    for (int end = 0; end < LISTING.strip().length(); end++) {
      String cut = LISTING.substring(0, end);
      assertThrows(IOException.class, () -> list(cut));
    }
    assertThrows(
        IOException.class, () -> list(LISTING.replaceAll("<NextContinuationToken>[^<]*<.*?>", "")));
    assertThrows(IOException.class, () -> list("<Error><Code>x</Code></Error>"));
  }

  @Test
  void keysThatAreNotEncodedStayAsTheyAre() throws IOException {
    S3ListPage page = list(LISTING.replace("<EncodingType>url</EncodingType>", ""));
    assertEquals("p/a+b%2Bc%0A%C3%BC", page.objects().get(0).key());
    assertFalse(page.objects().isEmpty());
  }

  private static S3Error error(int status, String body) {
    return S3Error.parse(status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static S3ListPage list(String body) throws IOException {
    return S3ListPage.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
