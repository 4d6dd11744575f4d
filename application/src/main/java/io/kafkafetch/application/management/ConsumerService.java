package io.kafkafetch.application.management;

import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.application.driving.Page;
import io.kafkafetch.application.management.Revisions.Change;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** Managing consumers: what people want is written down here, and nowhere else. */
final class ConsumerService implements ConsumerManagement {
  private final Consumers consumers;
  private final Revisions revisions;
  private final SpecReader specs;
  private final ResourceClaims claims;
  private final LiveViews views;

  ConsumerService(
      Consumers consumers,
      Revisions revisions,
      SpecReader specs,
      ResourceClaims claims,
      LiveViews views) {
    this.consumers = consumers;
    this.revisions = revisions;
    this.specs = specs;
    this.claims = claims;
    this.views = views;
  }

  @Override
  public ConsumerView create(ConsumerDraft draft) {
    var now = views.now();
    var id = new ConsumerId(UUID.randomUUID());
    var spec = specs.read(id, draft, Optional.empty(), now);
    var consumer = Consumer.create(id, spec, draft.autoStart().orElse(false), now);
    consumers.insert(consumer, "created");
    claims.record(consumer);
    return views.of(consumer);
  }

  @Override
  public ConsumerView get(String id) {
    return views.of(revisions.find(id));
  }

  @Override
  public Page<ConsumerView> list(ConsumerFilter filter) {
    var page = ListQueries.page(filter, consumers.list(ListQueries.query(filter)));
    return new Page<>(views.of(page.items()), page.nextCursor());
  }

  @Override
  public ConsumerView update(String id, ConsumerDraft draft, OptionalLong expectedRevision) {
    var changed =
        revisions.change(
            id,
            expectedRevision,
            before -> {
              var now = views.now();
              var spec = specs.read(before.id(), draft, Optional.of(before.spec()), now);
              var words = SpecDifference.words(before.spec(), spec);
              return new Change(before.update(spec, now), words);
            });
    claims.record(changed);
    return views.of(changed);
  }

  @Override
  public ConsumerView start(String id, OptionalLong expectedRevision) {
    return change(id, expectedRevision, before -> new Change(before.start(views.now()), "started"));
  }

  @Override
  public ConsumerView stop(String id, OptionalLong expectedRevision) {
    return change(id, expectedRevision, before -> new Change(before.stop(views.now()), "stopped"));
  }

  @Override
  public void delete(String id, OptionalLong expectedRevision) {
    revisions.remove(id, expectedRevision);
  }

  private ConsumerView change(
      String id, OptionalLong expectedRevision, Function<Consumer, Change> how) {
    return views.of(revisions.change(id, expectedRevision, how));
  }
}
