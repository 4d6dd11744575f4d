package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driven.ConsumerVersion;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.ConsumerHistory;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.management.Revisions.Change;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What consumers were before, and having that back. */
final class HistoryService implements ConsumerHistory {
  private final Consumers consumers;
  private final Revisions revisions;
  private final SpecReader specs;
  private final ResourceClaims claims;
  private final LiveViews views;
  private final ProcessorTypes types;

  HistoryService(
      Consumers consumers,
      Revisions revisions,
      SpecReader specs,
      ResourceClaims claims,
      LiveViews views,
      ProcessorTypes types) {
    this.consumers = consumers;
    this.revisions = revisions;
    this.specs = specs;
    this.claims = claims;
    this.views = views;
    this.types = types;
  }

  @Override
  public List<Version> versions(String id, int limit) {
    return consumers.versions(revisions.find(id).id(), limit).stream().map(this::shown).toList();
  }

  private Version shown(ConsumerVersion version) {
    return new Version(
        version.revision(),
        version.status(),
        version.change(),
        version.at(),
        SecretFields.redact(
            version.spec(), type -> types.find(type).map(ProcessorFactory::schema)));
  }

  @Override
  public ConsumerView rollback(String id, long revision, OptionalLong expectedRevision) {
    var changed =
        revisions.change(
            id,
            expectedRevision,
            before -> {
              var version =
                  consumers
                      .version(before.id(), revision)
                      .orElseThrow(() ->
                          new Refusal.NotFound(
                              "Consumer " + before.id() + " has no revision " + revision));
              var now = views.now();
              var draft = SpecDrafts.of(version.spec());
              var spec = specs.read(before.id(), draft, Optional.of(before.spec()), now);
              return new Change(before.update(spec, now), "rolled back to revision " + revision);
            });
    claims.record(changed);
    return views.of(changed);
  }
}
