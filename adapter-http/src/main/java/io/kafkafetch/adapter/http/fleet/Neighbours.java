package io.kafkafetch.adapter.http.fleet;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.Problem;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.application.driving.Ownership;
import io.kafkafetch.application.driving.Ownership.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Speaks with other servers of the fleet. A poll may take minutes, so no clock runs against an
 * answer; what bounds it is the other server's heartbeat: when that counts no more, whoever waits
 * for it is told.
 */
final class Neighbours implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration WATCH = Duration.ofSeconds(1);

  static {
    // A connection that both ends give up at the same moment would cost a request: we are first.
    System.setProperty("jdk.httpclient.keepalive.timeout", "10");
  }

  private final Ownership ownership;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final Set<Answer> awaited = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("forwarded").factory());
  private volatile boolean closed;

  Neighbours(Ownership ownership) {
    this.ownership = ownership;
    var _ =
        watch.scheduleWithFixedDelay(
            this::giveUpTheGone, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Asks another server; comes back with the head of its answer.
   *
   * @throws ProblemException when it cannot be reached, or is gone before it has answered
   */
  Answer ask(Owner.There server, HttpRequest request) {
    var future = client.sendAsync(request, BodyHandlers.ofInputStream());
    var answer = new Answer(server, future);
    awaited.add(answer);
    if (closed) {
      answer.close();
    }
    try {
      future.get();
      return answer;
    } catch (ExecutionException failed) {
      answer.close();
      throw failed.getCause() instanceof ConnectException
              || failed.getCause() instanceof HttpConnectTimeoutException
          ? unavailable("The server that has this cannot be reached; nothing was done.")
          : gone();
    } catch (CancellationException givenUp) {
      answer.close();
      throw gone();
    } catch (InterruptedException stopped) {
      answer.close();
      Thread.currentThread().interrupt();
      throw unavailable("The server is about to stop.");
    }
  }

  /** It was reached, and then was there no more. */
  static ProblemException gone() {
    return unavailable(
        "The server that has this went away before it answered; whether it did anything is"
            + " unknown.");
  }

  private static ProblemException unavailable(String detail) {
    return new ProblemException(
        Problem.passing(HttpError.SERVICE_UNAVAILABLE, detail, Duration.ofSeconds(1)));
  }

  private void giveUpTheGone() {
    for (var answer : awaited) {
      if (!ownership.lives(answer.server)) {
        answer.giveUp();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.shutdownNow();
    awaited.forEach(Answer::giveUp);
    client.shutdownNow();
  }

  /** Another server's answer, on its way. */
  final class Answer implements AutoCloseable {
    private final Owner.There server;
    private final CompletableFuture<HttpResponse<InputStream>> response;

    private Answer(Owner.There server, CompletableFuture<HttpResponse<InputStream>> response) {
      this.server = server;
      this.response = response;
    }

    /** Its head and body; the body fails when the server is gone. */
    HttpResponse<InputStream> response() {
      return response.join();
    }

    /** Whoever waits for the head or reads the body waits no longer; any thread. */
    private void giveUp() {
      if (!response.cancel(true)) {
        var _ = response.thenAccept(Answer::closeBody);
      }
    }

    private static void closeBody(HttpResponse<InputStream> head) {
      try {
        head.body().close();
      } catch (IOException e) {
        throw new IllegalStateException("Closing a body that is not wanted cannot fail", e);
      }
    }

    /** Gives the connection back; one whose body was not read to its end is closed. */
    @Override
    public void close() {
      awaited.remove(this);
      giveUp();
    }
  }
}
