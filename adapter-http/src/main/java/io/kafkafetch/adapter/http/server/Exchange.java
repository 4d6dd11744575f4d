package io.kafkafetch.adapter.http.server;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import io.kafkafetch.adapter.http.json.JsonBody;
import io.kafkafetch.adapter.http.json.JsonObjectReader;
import io.kafkafetch.adapter.http.json.StrictJson;
import io.kafkafetch.adapter.http.problem.Problem;
import io.kafkafetch.application.driving.Violations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, as route handlers see them. Belongs to the thread that handles the
 * request.
 */
public final class Exchange {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // A generator that gives up half-way must not make what it wrote look complete.
          .build()
          .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);

  private final Context context;
  private final RequestBody body;
  private final Incoming incoming;

  Exchange(Context context, Incoming incoming, RequestBody body) {
    this.context = context;
    this.incoming = incoming;
    this.body = body;
  }

  /** The path of the route that answers. */
  public String path() {
    return context.path();
  }

  /** Such as {@code POST}. */
  public String method() {
    return context.req().getMethod();
  }

  /** The path and the query as they were sent, still encoded. */
  public String target() {
    var query = context.req().getQueryString();
    return context.req().getRequestURI() + (query == null ? "" : "?" + query);
  }

  /** A part of the path, decoded. */
  public String pathParam(String name) {
    return context.pathParam(name);
  }

  /** The parameters after the question mark. */
  public Query query() {
    return Query.of(context.req().getQueryString());
  }

  /** A header of the request, when it is there; several of a name are joined by commas. */
  public Optional<String> header(String name) {
    var values = Collections.list(context.req().getHeaders(name));
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** This request's address with one parameter set anew, for a link to the next page. */
  public String pathWith(String parameter, String value) {
    return context.req().getRequestURI()
        + Query.with(context.req().getQueryString(), parameter, value);
  }

  /** Names the request in logs and in the answer. */
  public String reference() {
    return incoming.reference();
  }

  /** The body as one JSON value, within the route's limit. */
  public JsonNode json() throws IOException {
    MediaTypes.requireJson(context.req().getContentType());
    var bytes = bytes();
    return StrictJson.read(bytes, bytes.length);
  }

  /** The body as a JSON object, read field by field. */
  public JsonObjectReader jsonObject(Violations violations) throws IOException {
    return JsonObjectReader.of(json(), "", violations);
  }

  /** The same for a body that may be left out, which is an empty object then. */
  public JsonObjectReader optionalJsonObject(Violations violations) throws IOException {
    var bytes = bytes();
    if (bytes.length == 0) {
      return JsonObjectReader.of(JsonNodeFactory.instance.objectNode(), "", violations);
    }
    MediaTypes.requireJson(context.req().getContentType());
    return JsonObjectReader.of(StrictJson.read(bytes, bytes.length), "", violations);
  }

  /** The body as it was sent, which says that it is JSON, within the route's limit. */
  public byte[] jsonBytes() throws IOException {
    MediaTypes.requireJson(context.req().getContentType());
    return bytes();
  }

  /** Whether the body says that it is of that type, such as {@code application/x-ndjson}. */
  public boolean isSentAs(String mediaType) {
    var type = context.req().getContentType();
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(mediaType);
  }

  /** The body as it is, within the route's limit. Its type is for the caller to check. */
  public byte[] bytes() throws IOException {
    MediaTypes.requireUnpacked(context.req().getHeader("Content-Encoding"));
    return body.bytes();
  }

  /** The body as a stream without a limit on its length, for what is taken piece by piece. */
  public InputStream stream() throws IOException {
    MediaTypes.requireUnpacked(context.req().getHeader("Content-Encoding"));
    return body.stream();
  }

  /**
   * The body as a stream without a limit on its length or on how slowly it comes, as long as it
   * never falls silent. Another thread may read it while this one answers.
   */
  public InputStream unhurriedStream() throws IOException {
    MediaTypes.requireUnpacked(context.req().getHeader("Content-Encoding"));
    return body.unhurriedStream();
  }

  /** Sets a header of the answer; before the answer, not after. */
  public Exchange answerHeader(String name, String value) {
    context.res().setHeader(name, value);
    return this;
  }

  /**
   * Answers with JSON. Returns only after the whole answer was written to the socket.
   *
   * @throws ClientGoneException when that failed
   */
  public void answer(int status, JsonBody json) throws IOException {
    var out = begin(status, "application/json");
    try (var generator = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.write(generator);
    }
    out.complete();
  }

  /** Answers with JSON, packed when it is worth it and the client asked for gzip. */
  public void answerPacked(int status, boolean worthIt, JsonBody json) throws IOException {
    context.res().setHeader("Vary", "Accept-Encoding");
    if (!worthIt || !Gzip.isAskedFor(header("Accept-Encoding"))) {
      answer(status, json);
      return;
    }
    context.res().setHeader("Content-Encoding", "gzip");
    var out = begin(status, "application/json");
    var packed = new Gzip(out);
    try (var generator = JSON.createGenerator(packed, JsonEncoding.UTF8)) {
      json.write(generator);
      generator.flush();
      packed.finish();
    } finally {
      packed.end();
    }
    out.complete();
  }

  /** Answers with bytes of that type. */
  public void answer(int status, String contentType, byte[] bytes) throws IOException {
    var out = begin(status, contentType);
    out.write(bytes);
    out.complete();
  }

  /** Answers with what may be large, packed when the client asked for gzip. */
  public void answerPacked(int status, String contentType, StreamBody body) throws IOException {
    context.res().setHeader("Vary", "Accept-Encoding");
    boolean packed = Gzip.isAskedFor(header("Accept-Encoding"));
    if (packed) {
      context.res().setHeader("Content-Encoding", "gzip");
    }
    var out = begin(status, contentType);
    if (packed) {
      var gzip = new Gzip(out);
      try {
        body.write(gzip);
        gzip.finish();
      } finally {
        gzip.end();
      }
    } else {
      body.write(out);
    }
    out.complete();
  }

  /**
   * Answers with what is written, held back while it is small: a failure until then becomes a
   * problem, one after that breaks the connection.
   */
  public void answerWritten(int status, String contentType, StreamBody body) throws IOException {
    var out = begin(status, contentType);
    body.write(out);
    out.complete();
  }

  /** Answers without a body. */
  public void answerEmpty(int status) throws IOException {
    begin(status, null).complete();
  }

  /**
   * Answers piece by piece: what is written and flushed goes out at once. The body may be read
   * meanwhile, by another thread, too; a sender that waits for leave to send would take the answer
   * for a refusal, so that reading must have begun. Whoever reads has ended when this returns or
   * throws. A failure on the way breaks the connection, so that nobody takes a part for the whole.
   */
  public void answerStream(int status, String contentType, StreamBody pieces) throws IOException {
    var response = context.res();
    response.setStatus(status);
    response.setContentType(contentType);
    var out = new AnswerStream(response);
    out.flow();
    pieces.write(out);
    out.complete();
  }

  /** Breaks the connection, so that whoever waits to read or write on it waits no longer. */
  public void cut(Throwable reason) {
    incoming.getConnectionMetaData().getConnection().getEndPoint().close(reason);
  }

  /** Writes an answer piece by piece. */
  @FunctionalInterface
  public interface StreamBody {
    /** Writes all of it; each {@link OutputStream#flush} sends what there is. */
    void write(OutputStream out) throws IOException;
  }

  void answer(Problem problem) throws IOException {
    var response = context.res();
    response.setHeader("Content-Encoding", null);
    problem.retryAfterSeconds().ifPresent(seconds -> response.setHeader("Retry-After", seconds));
    answer(problem.status().code(), Problem.MEDIA_TYPE, problem.json());
  }

  boolean isAnswered() {
    return context.res().isCommitted();
  }

  private AnswerStream begin(int status, @Nullable String contentType) {
    var response = context.res();
    response.setStatus(status);
    response.setContentType(contentType);
    if (!incoming.isRead() && !incoming.finishAtHand()) {
      response.setHeader("Connection", "close");
    }
    return new AnswerStream(response);
  }
}
