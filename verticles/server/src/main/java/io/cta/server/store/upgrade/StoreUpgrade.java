package io.cta.server.store.upgrade;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoredDocument;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the steps that a store lacks, before anything else reads it. Several servers may do
 * so at once. Servers of the version that wrote the store must have stopped: they do not know the
 * new form.
 */
public final class StoreUpgrade {
  /** Where a store says in which form it is; to be prepared with the other collections. */
  public static final CollectionSpec COLLECTION = StoreForm.COLLECTION;

  private static final Logger log = LoggerFactory.getLogger(StoreUpgrade.class);
  private static final List<UpgradeStep> STEPS = List.of(new SpecStep());
  private static final int PAGE = 200;
  private static final int DOCUMENTS_A_LINE = 20_000;

  private final DocumentStore store;
  private final List<UpgradeStep> steps;
  private final int page;
  private int documents;

  public StoreUpgrade(DocumentStore store) {
    this(store, STEPS, PAGE);
  }

  /**
   * @param page documents between two marks of how far it has come
   */
  StoreUpgrade(DocumentStore store, List<UpgradeStep> steps, int page) {
    this.store = store;
    this.steps = steps;
    this.page = page;
  }

  /** Fails with CONFLICT when the store is in a form that only a later version knows. */
  public Future<Void> run() {
    return read()
        .compose(
            found -> {
              StoreForm form = found.map(StoreForm::of).orElse(StoreForm.FIRST);
              if (form.version() > steps.size()) {
                return Future.failedFuture(unknown(form));
              }
              return form.version() == steps.size() ? Future.succeededFuture() : page(form);
            });
  }

  private Future<Void> page(StoreForm form) {
    UpgradeStep step = steps.get(form.version());
    return step.page(store, form.after(), page)
        .compose(
            done -> {
              tell(step, done.documents());
              StoreForm next =
                  done.next() == null
                      ? new StoreForm(form.version() + 1, null)
                      : new StoreForm(form.version(), done.next());
              return mark(next).compose(marked -> run());
            });
  }

  private void tell(UpgradeStep step, int more) {
    int before = documents;
    documents += more;
    if (documents / DOCUMENTS_A_LINE > before / DOCUMENTS_A_LINE) {
      log.info("the store is upgraded [step: {}] [documents: {}]", step.name(), documents);
    }
  }

  /** Another server may have come farther: then that is what counts. */
  private Future<Void> mark(StoreForm form) {
    return read()
        .compose(
            found -> {
              StoreForm known = found.map(StoreForm::of).orElse(StoreForm.FIRST);
              if (known.version() > form.version()) {
                return Future.succeededFuture();
              }
              return store.apply(List.of(write(found, form))).<Outcome>map(o -> o.get(0));
            })
        .mapEmpty();
  }

  private static DocumentWrite write(Optional<StoredDocument> found, StoreForm form) {
    return found.isEmpty()
        ? new DocumentWrite.Insert(COLLECTION, StoreForm.ID, form.body())
        : new DocumentWrite.Replace(COLLECTION, StoreForm.ID, found.get().version(), form.body());
  }

  private Future<Optional<StoredDocument>> read() {
    return store.get(COLLECTION, StoreForm.ID);
  }

  private ServiceFailure unknown(StoreForm form) {
    return new ServiceFailure(
        ErrorCode.CONFLICT,
        "the store is of a later version of CTA (form "
            + form.version()
            + ", this one knows "
            + steps.size()
            + "): start that version, or put back a backup from before the upgrade");
  }
}
