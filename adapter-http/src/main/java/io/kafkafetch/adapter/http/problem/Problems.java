package io.kafkafetch.adapter.http.problem;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ended a request into what its caller is told. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /**
   * What the caller is told about a failure. One that nobody foresaw is logged here, under the
   * reference that the caller sees.
   *
   * @param reference finds the request in the log
   */
  public static Problem of(Throwable failure, String reference) {
    return switch (failure) {
      case Refusal refusal -> of(refusal);
      case ProblemException ours -> ours.problem();
      default -> unforeseen(failure, reference);
    };
  }

  /** What a refusal of the application is on the wire. */
  public static Problem of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NotFound r -> Problem.of(HttpError.NOT_FOUND, r.detail());
      case Refusal.Invalid r ->
          new Problem(
              HttpError.UNPROCESSABLE_CONTENT, r.detail(), r.violations(), Optional.empty());
      case Refusal.Conflict r ->
          new Problem(HttpError.CONFLICT, r.detail(), List.of(), r.retryAfter());
      case Refusal.StaleRevision r -> Problem.of(HttpError.PRECONDITION_FAILED, r.detail());
      case Refusal.TooLarge r -> Problem.of(HttpError.CONTENT_TOO_LARGE, r.detail());
      case Refusal.Forbidden r -> Problem.of(HttpError.FORBIDDEN, r.detail());
      case Refusal.TooMany r ->
          Problem.passing(HttpError.TOO_MANY_REQUESTS, r.detail(), r.retryAfter());
      case Refusal.Unavailable r ->
          Problem.passing(HttpError.SERVICE_UNAVAILABLE, r.detail(), r.retryAfter());
      case Refusal.TimedOut r -> Problem.of(HttpError.GATEWAY_TIMEOUT, r.detail());
    };
  }

  /**
   * What the caller is told when the server below us refused a request before it reached us.
   *
   * @param reason the server's few words for it; shown only where they are plain words
   */
  public static Problem ofStatus(int status, @Nullable String reason) {
    for (var error : HttpError.values()) {
      if (error.code() == status) {
        return new Problem(error, sentence(error, reason), List.of(), retry(error));
      }
    }
    return status >= 500
        ? Problem.of(HttpError.INTERNAL_SERVER_ERROR, "The server failed to answer.")
        : Problem.of(HttpError.BAD_REQUEST, sentence(HttpError.BAD_REQUEST, reason));
  }

  private static Optional<Duration> retry(HttpError error) {
    return error == HttpError.SERVICE_UNAVAILABLE
        ? Optional.of(Duration.ofSeconds(1))
        : Optional.empty();
  }

  private static String sentence(HttpError error, @Nullable String reason) {
    return switch (error) {
      case BAD_REQUEST ->
          reason != null && reason.matches("[A-Za-z][A-Za-z -]{2,60}")
              ? "The request is malformed: " + reason + "."
              : "The request is malformed.";
      case REQUEST_TIMEOUT -> "The request was sent too slowly.";
      case URI_TOO_LONG -> "The request's address is too long.";
      case REQUEST_HEADER_FIELDS_TOO_LARGE -> "The request's headers are too large.";
      case EXPECTATION_FAILED -> "The only expectation that is understood is 100-continue.";
      case UPGRADE_REQUIRED, HTTP_VERSION_NOT_SUPPORTED ->
          "The only protocols that are spoken here are HTTP/1.1 and HTTP/1.0.";
      case NOT_FOUND -> "There is nothing at this address.";
      case INTERNAL_SERVER_ERROR -> "The server failed to answer.";
      case SERVICE_UNAVAILABLE -> "The server is not ready or is about to stop.";
      case FORBIDDEN,
          METHOD_NOT_ALLOWED,
          CONFLICT,
          PRECONDITION_FAILED,
          CONTENT_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE,
          UNPROCESSABLE_CONTENT,
          TOO_MANY_REQUESTS,
          NOT_IMPLEMENTED,
          GATEWAY_TIMEOUT ->
          error.title() + ".";
    };
  }

  private static Problem unforeseen(Throwable failure, String reference) {
    LOG.error("Request {} failed in a way that nobody foresaw", reference, failure);
    return Problem.of(
        HttpError.INTERNAL_SERVER_ERROR,
        "The server failed in a way that nobody foresaw; its log has more under reference "
            + reference
            + ".");
  }
}
