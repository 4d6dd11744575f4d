package io.kafkafetch.bootstrap;

import io.kafkafetch.adapter.http.HttpStartException;
import io.kafkafetch.adapter.persistence.SecretKeyException;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.bootstrap.lifecycle.HttpPlace;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.bootstrap.wiring.ServerComponent;
import io.kafkafetch.embedded.EmbeddedException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server from its start until a signal has stopped it. */
final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Settings settings;
  private final Lifecycle lifecycle = new Lifecycle();

  /** To be started by the calling thread. */
  Server(Settings settings) {
    this.settings = settings;
  }

  /**
   * Starts everything.
   *
   * @return what to tell whoever started it
   * @throws StartFailure when something could not be started; nothing runs then
   */
  String start() {
    Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::stop, "stop"));
    try {
      return startParts();
    } catch (StartFailure e) {
      throw e;
    } catch (EmbeddedException e) {
      throw new StartFailure(e.sentence(), e);
    } catch (SecretKeyException e) {
      throw new StartFailure(e.sentence(), e);
    } catch (HttpStartException | Refusal.Unavailable e) {
      throw new StartFailure(String.valueOf(e.getMessage()), e);
    } finally {
      lifecycle.started();
    }
  }

  private String startParts() {
    for (var name : settings.unknown()) {
      LOG.warn("{} in .env is no setting; see --help", name);
    }
    var place = HttpPlace.of(settings.http());
    createFileSinkRoots();
    LOG.info("Starting{}", embedded());
    var component = ServerComponent.of(settings, place, lifecycle, InstantSource.system());
    // First of all, since a plugin that cannot be used ends the start.
    LOG.debug("Installed processors: {}", component.processors().size());
    var api = component.api();
    return Banner.of(settings, api.uri(), component.cluster().bootstrap());
  }

  private String embedded() {
    if (settings.embedsKafka() && settings.embedsDatabase()) {
      return " with embedded Kafka and PostgreSQL in " + settings.dataDir();
    }
    return settings.embedsKafka()
        ? " with embedded Kafka in " + settings.dataDir()
        : settings.embedsDatabase() ? " with embedded PostgreSQL in " + settings.dataDir() : "";
  }

  private void createFileSinkRoots() {
    for (var root : settings.fileSinkRoots()) {
      try {
        Files.createDirectories(root);
      } catch (IOException e) {
        throw new StartFailure("FILE_SINK_ROOTS " + root + " cannot be created: " + e, e);
      }
    }
  }

  /** Whether somebody asked for a stop, perhaps before the start was over. */
  boolean isStopping() {
    return lifecycle.isStopping();
  }

  /** Stops everything, and returns when that is done. */
  void stop() {
    lifecycle.stop();
  }

  /** Returns when everything is stopped. */
  void awaitStop() {
    lifecycle.awaitStop();
  }
}
