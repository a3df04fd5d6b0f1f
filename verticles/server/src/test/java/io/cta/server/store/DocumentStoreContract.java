package io.cta.server.store;

import static io.cta.server.store.DocumentFilter.Op.EQ;
import static io.cta.server.store.DocumentFilter.Op.EXISTS;
import static io.cta.server.store.DocumentFilter.Op.GT;
import static io.cta.server.store.DocumentFilter.Op.GTE;
import static io.cta.server.store.DocumentFilter.Op.IN;
import static io.cta.server.store.DocumentFilter.Op.LT;
import static io.cta.server.store.DocumentFilter.Op.LTE;
import static io.cta.server.store.DocumentFilter.Op.MISSING;
import static io.cta.server.store.DocumentFilter.Op.PREFIX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.State;
import io.cta.error.ErrorCode;
import io.cta.server.store.CollectionSpec.Field;
import io.cta.server.store.CollectionSpec.Type;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link DocumentStore} promises: single and joint writes, and the queries here. */
public abstract class DocumentStoreContract extends JointWritesContract {
  private void fill() {
    apply(
        insert("a", "name", "ant", "owner", "o1", "size", 1, "done", true, "tags", texts("x", "y")),
        insert("b", "name", "bee", "owner", "o1", "size", 2, "done", false, "tags", texts("y")),
        insert("c", "name", "bear", "owner", "o2", "size", 2.5, "tags", texts()),
        insert("d", "name", "b%_r", "owner", "o2", "size", 10, "done", true),
        insert("e", "at", "2026-01-01T00:00:00.000Z", "counts", new JsonObject().put("failed", 3)),
        insert("f", "at", "2026-01-02T00:00:00.000Z", "counts", new JsonObject().put("failed", 0)),
        insert("g", "owner", null, "size", -4, "state", "x"));
  }

  private static JsonArray texts(String... texts) {
    return new JsonArray(List.of((Object[]) texts));
  }

  private String ids(DocumentFilter filter) {
    return ids(await(store.find(DocumentQuery.of(THINGS, filter, 100))));
  }

  private static String ids(QueryPage<StoredDocument> page) {
    return String.join("", page.items().stream().map(StoredDocument::id).toList());
  }

  private void finds(String ids, String field, DocumentFilter.Op op, Object... values) {
    DocumentFilter filter = DocumentFilter.ALL.and(field, op, values);
    assertEquals(ids, ids(filter), filter.toString());
    assertEquals(ids.length(), await(store.count(THINGS, filter)), filter.toString());
  }

  @Test
  void filtersOnText() {
    fill();
    finds("b", "name", EQ, "bee");
    finds("", "name", EQ, "BEE");
    finds("abcd", "owner", IN, "o1", "o2", "o3");
    finds("", "owner", IN);
    finds("bc", "name", PREFIX, "be");
    finds("d", "name", PREFIX, "b%_");
    finds("abcd", "name", PREFIX, "");
    finds("ad", "name", LT, "bear");
    finds("acd", "name", LTE, "bear");
    finds("b", "name", GT, "bear");
    finds("bc", "name", GTE, "bear");
    finds("abcd", "owner", EXISTS);
    finds("efg", "owner", MISSING);
  }

  @Test
  void textThatLooksLikeAQueryIsText() {
    List<String> names =
        List.of(
            "%",
            "_",
            "*",
            "$ne",
            "{\"$ne\":1}",
            "' OR '1'='1",
            "\"",
            "\\",
            "null",
            "true",
            "1.10",
            "1.1",
            "x  y",
            "x y",
            "gr\u00fcn",
            "gru\u0308n",
            "GR\u00dcN",
            "\uD83D\uDE00");
    for (int i = 0; i < names.size(); i++) {
      apply(insert("" + (char) ('a' + i), "name", names.get(i)));
    }
    for (int i = 0; i < names.size(); i++) {
      finds("" + (char) ('a' + i), "name", EQ, names.get(i));
    }
    finds("a", "name", PREFIX, "%");
    finds("b", "name", PREFIX, "_");
  }

  @Test
  void halfOfACharacterSpoilsNeitherItsDocumentNorTheList() {
    apply(insert("a", "name", "x\ud800y"), insert("b", "name", "whole"));
    assertEquals("ab", ids(DocumentFilter.ALL));
    String name = stored("a").body().getString("name");
    assertTrue(name.startsWith("x") && name.endsWith("y"), name);
  }

  @Test
  void filtersOnNumbersBooleansAndNestedFields() {
    fill();
    finds("b", "size", EQ, 2);
    finds("b", "size", EQ, 2.0);
    finds("c", "size", EQ, 2.5);
    finds("bd", "size", IN, 2L, 10);
    finds("cd", "size", GT, 2);
    finds("g", "size", LT, 1);
    finds("abg", "size", LTE, 2);
    finds("bcd", "size", GTE, 2);
    finds("ad", "done", EQ, true);
    finds("b", "done", EQ, false);
    finds("abd", "done", IN, true, false);
    finds("cefg", "done", MISSING);
    finds("e", "counts.failed", GT, 0);
    finds("f", "counts.failed", EQ, 0);
    finds("ef", "counts.failed", EXISTS);
  }

  @Test
  void filtersOnListsMatchWhenAnElementDoes() {
    fill();
    finds("a", "tags", EQ, "x");
    finds("ab", "tags", EQ, "y");
    finds("ab", "tags", IN, "x", "y", "z");
    finds("", "tags", EQ, "z");
    finds("abc", "tags", EXISTS);
    finds("defg", "tags", MISSING);
  }

  @Test
  void filtersOnIdsInstantsAndEnumsCompareTheirWrittenForm() {
    fill();
    apply(insert("h", "owner", "running"));
    finds("ce", "id", IN, "c", "e", "x");
    finds("fgh", "id", GT, "e");
    finds("a", "id", PREFIX, "a");
    finds("e", "at", LTE, Instant.parse("2026-01-01T12:00:00Z"));
    finds("h", "owner", EQ, State.RUNNING);
  }

  @Test
  void allConditionsMustHold() {
    fill();
    assertEquals("a", ids(DocumentFilter.eq("owner", "o1").and("done", EQ, true)));
    assertEquals("bc", ids(DocumentFilter.ALL.and("size", GT, 1).and("size", LT, 10)));
    assertEquals(
        "c", ids(DocumentFilter.eq("owner", "o2").and("name", PREFIX, "be").and("id", EQ, "c")));
    assertEquals("ab", ids(DocumentFilter.eq("owner", "o1").and("tags", EQ, "y")));
    assertEquals("abcdefg", ids(DocumentFilter.ALL));
  }

  @Test
  void whatIsNotDeclaredOrDoesNotFitIsRefused() {
    refused("state", DocumentFilter.eq("state", "x"));
    refused("counts", DocumentFilter.eq("counts", "x"));
    refused("owner", DocumentFilter.eq("owner", 1));
    refused("size", DocumentFilter.eq("size", "1"));
    refused("done", DocumentFilter.eq("done", "true"));
    refused("done", DocumentFilter.ALL.and("done", GT, false));
    refused("size", DocumentFilter.ALL.and("size", PREFIX, 1));
    refused("tags", DocumentFilter.ALL.and("tags", LT, "x"));
    refused("owner", DocumentFilter.ALL.and("owner", EQ));
    refused("owner", DocumentFilter.ALL.and("owner", EXISTS, "o"));
    assertEquals("state", failure(store.countBy(THINGS, DocumentFilter.ALL, "state")).field());
    DocumentQuery all = DocumentQuery.of(THINGS, DocumentFilter.ALL, 1);
    assertEquals("state", failure(store.find(all.sortedBy("state", false))).field());
    assertEquals("sort", failure(store.find(all.sortedBy("tags", false))).field());
    assertEquals(
        "limit", failure(store.find(DocumentQuery.of(THINGS, DocumentFilter.ALL, 0))).field());
    assertEquals(
        "limit", failure(store.find(DocumentQuery.of(THINGS, DocumentFilter.ALL, 10_001))).field());
  }

  private void refused(String field, DocumentFilter filter) {
    assertEquals(field, failure(store.find(DocumentQuery.of(THINGS, filter, 10))).field());
    assertEquals(ErrorCode.INVALID, failure(store.count(THINGS, filter)).code());
    assertEquals(field, failure(store.countBy(THINGS, filter, "owner")).field());
  }

  @Test
  void sortsByAnyFieldWithIdsBreakingTiesAndMissingValuesFirst() {
    fill();
    assertEquals("abcdefg", sorted("id", false));
    assertEquals("gfedcba", sorted("id", true));
    assertEquals("efgabcd", sorted("owner", false));
    assertEquals("dcbagfe", sorted("owner", true));
    assertEquals("efgabcd", sorted("size", false));
    assertEquals("dcbagfe", sorted("size", true));
    assertEquals("cefgbad", sorted("done", false));
    assertEquals("dabgfec", sorted("done", true));
    assertEquals("abcdgfe", sorted("counts.failed", false));
  }

  @Test
  void severalValuesOfAFieldMakeOneSortedList() {
    fill();
    DocumentFilter owners = DocumentFilter.ALL.and("owner", IN, "o2", "nobody", "o1", "o2");
    assertEquals("abcd", sorted(owners, "id", false));
    assertEquals("dcba", sorted(owners, "id", true));
    assertEquals("abcd", sorted(owners, "size", false));
    assertEquals("cbad", sorted(owners, "done", false));
    DocumentFilter sizes = DocumentFilter.ALL.and("size", IN, 1, 10, 2, -4).and("done", EQ, true);
    assertEquals("da", sorted(sizes, "id", true));
    assertEquals("bd", sorted(DocumentFilter.ALL.and("id", IN, "d", "b", "x"), "id", false));
  }

  @Test
  void aRangeIsListedInItsOrder() {
    fill();
    assertEquals("dcb", sorted(DocumentFilter.ALL.and("size", GT, 1), "size", true));
    assertEquals("dcb", sorted(DocumentFilter.ALL.and("size", GT, 1), "name", false));
    assertEquals("fe", sorted(DocumentFilter.ALL.and("at", GTE, "2026"), "at", true));
  }

  /** The ids in order, read in pages of every size, which must all give the same. */
  private String sorted(String field, boolean descending) {
    return sorted(DocumentFilter.ALL, field, descending);
  }

  private String sorted(DocumentFilter filter, String field, boolean descending) {
    String whole = null;
    for (int limit = 1; limit <= 8; limit++) {
      DocumentQuery query = DocumentQuery.of(THINGS, filter, limit).sortedBy(field, descending);
      StringBuilder found = new StringBuilder();
      QueryPage<StoredDocument> page = await(store.find(query));
      found.append(ids(page));
      while (page.next() != null) {
        assertEquals(limit, page.items().size());
        page = await(store.find(query.after(page.next())));
        assertTrue(!page.items().isEmpty());
        found.append(ids(page));
      }
      assertTrue(whole == null || whole.contentEquals(found), field + " by " + limit);
      whole = found.toString();
    }
    return whole;
  }

  @Test
  void pagesKeepTheirPlaceWhileDocumentsComeAndGo() {
    fill();
    DocumentQuery query =
        DocumentQuery.of(THINGS, DocumentFilter.ALL, 2).sortedBy("size", false).after(null);
    QueryPage<StoredDocument> first = await(store.find(query));
    assertEquals("ef", ids(first));
    apply(insert("0"), insert("ff"), new DocumentWrite.Delete(THINGS, "f", 1));
    QueryPage<StoredDocument> second = await(store.find(query.after(first.next())));
    assertEquals("ffg", ids(second));
    assertEquals("ab", ids(await(store.find(query.after(second.next())))));
  }

  @Test
  void aFilteredListIsPagedToo() {
    fill();
    DocumentQuery query = DocumentQuery.of(THINGS, DocumentFilter.eq("owner", "o1"), 1);
    QueryPage<StoredDocument> first = await(store.find(query));
    QueryPage<StoredDocument> second = await(store.find(query.after(first.next())));
    assertEquals("ab", ids(first) + ids(second));
    assertNull(second.next());
  }

  @Test
  void aNextOfAnotherListIsRefused() {
    fill();
    DocumentQuery query = DocumentQuery.of(THINGS, DocumentFilter.ALL, 2);
    String next = await(store.find(query)).next();
    assertNotNull(next);
    for (String bad : List.of("", "!", "e30", next + "x")) {
      assertEquals("after", failure(store.find(query.after(bad))).field());
    }
    assertEquals("after", failure(store.find(query.sortedBy("size", false).after(next))).field());
    assertEquals("after", failure(store.find(query.sortedBy("id", true).after(next))).field());
  }

  @Test
  void omittedFieldsAreLeftOutAndStayStored() {
    JsonObject custom = new JsonObject().put("deep", 1);
    apply(insert("a", "size", 1, "custom", custom, "os.name", "x"));
    DocumentQuery query =
        DocumentQuery.of(THINGS, DocumentFilter.eq("size", 1), 2)
            .omitting("custom", "size", "none");
    StoredDocument found = await(store.find(query)).items().get(0);
    assertEquals(thing("a", "os.name", "x"), found.body());
    JsonObject dotted = await(store.find(query.omitting("os.name"))).items().get(0).body();
    assertEquals(thing("a", "size", 1, "custom", custom), dotted);
    assertEquals(custom, stored("a").body().getJsonObject("custom"));
  }

  @Test
  void countsByFieldLeaveOutAbsentValues() {
    fill();
    assertEquals(
        Map.of("o1", 2L, "o2", 2L), await(store.countBy(THINGS, DocumentFilter.ALL, "owner")));
    assertEquals(
        Map.of("true", 2L, "false", 1L), await(store.countBy(THINGS, DocumentFilter.ALL, "done")));
    assertEquals(
        Map.of("x", 1L, "y", 2L), await(store.countBy(THINGS, DocumentFilter.ALL, "tags")));
    DocumentFilter small = DocumentFilter.ALL.and("size", LTE, 2);
    assertEquals(Map.of("1", 1L, "2", 1L, "-4", 1L), await(store.countBy(THINGS, small, "size")));
    DocumentFilter none = DocumentFilter.eq("owner", "nobody");
    assertEquals(Map.of(), await(store.countBy(THINGS, none, "owner")));
    assertEquals(7, await(store.count(THINGS, DocumentFilter.ALL)));
  }

  @Test
  void replacedAndDeletedDocumentsAreFoundByWhatTheyAre() {
    fill();
    apply(
        replace("a", 1, "name", "ape", "owner", "o9", "tags", texts("z")),
        new DocumentWrite.Delete(THINGS, "b", 1));
    finds("", "owner", EQ, "o1");
    finds("a", "owner", EQ, "o9");
    finds("", "tags", EQ, "y");
    finds("a", "tags", EQ, "z");
    finds("", "name", EQ, "ant");
  }

  @Test
  void partsAreFoundByTheOwnerWithWhichTheirIdsBegin() {
    CollectionSpec parts =
        new CollectionSpec(
            "parts",
            List.of(
                new Field("whole", Type.TEXT, CollectionSpec.Index.IDS),
                new Field("piece", Type.TEXT, CollectionSpec.Index.IDS),
                new Field("kind", Type.TEXT)),
            List.of(),
            List.of());
    await(store.prepare(List.of(parts)));
    List<DocumentWrite> writes = new ArrayList<>();
    for (String id :
        List.of("W-0.1", "W-0.2", "W-1.1", "W-10.1", "W", "W0-0.1", "V-0.1", "X-0.1")) {
      JsonObject body = new JsonObject().put("kind", "k" + id.charAt(id.length() - 1));
      if (id.contains("-")) {
        body.put("whole", id.substring(0, id.indexOf('-')))
            .put("piece", id.substring(0, id.indexOf('.')));
      }
      writes.add(new DocumentWrite.Insert(parts, id, body));
    }
    await(store.apply(writes));
    DocumentFilter whole = DocumentFilter.eq("whole", "W");
    assertEquals("W-0.1W-0.2W-1.1W-10.1", parts(parts, whole));
    assertEquals("W-0.1W-0.2", parts(parts, DocumentFilter.eq("piece", "W-0")));
    assertEquals("W-1.1", parts(parts, DocumentFilter.eq("piece", "W-1")));
    assertEquals("W-0.1W-1.1W-10.1", parts(parts, whole.and("kind", EQ, "k1")));
    assertEquals("W-0.2", parts(parts, whole.and("kind", IN, "k2", "k3")));
    assertEquals(4, await(store.count(parts, whole)));
    assertEquals("{k1=3, k2=1}", await(store.countBy(parts, whole, "kind")).toString());
    DocumentQuery last = DocumentQuery.of(parts, whole, 2).sortedBy("id", true);
    assertEquals("W-10.1W-1.1", ids(await(store.find(last))));
    assertEquals("W-0.2W-0.1", ids(await(store.find(last.after(await(store.find(last)).next())))));
  }

  private String parts(CollectionSpec parts, DocumentFilter filter) {
    return ids(await(store.find(DocumentQuery.of(parts, filter, 10))));
  }

  @Test
  void aFieldThatIsDeclaredLaterFindsWhatWasStoredBefore() {
    fill();
    List<Field> more = new ArrayList<>(THINGS.fields());
    more.add(new Field("state", Type.TEXT));
    CollectionSpec evolved =
        new CollectionSpec("things", more, THINGS.unique(), List.of(List.of("state", "owner")));
    await(store.prepare(List.of(evolved)));
    await(store.prepare(List.of(evolved)));
    DocumentQuery query = DocumentQuery.of(evolved, DocumentFilter.eq("state", "x"), 10);
    assertEquals("g", ids(await(store.find(query))));
    assertEquals(
        "a",
        ids(await(store.find(DocumentQuery.of(evolved, DocumentFilter.eq("name", "ant"), 10)))));
  }
}
