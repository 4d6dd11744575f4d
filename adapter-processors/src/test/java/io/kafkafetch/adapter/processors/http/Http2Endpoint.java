package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;

/** A real server over TLS that speaks HTTP/2 and HTTP/1.1, as the client likes it. */
final class Http2Endpoint implements AutoCloseable {
  record Seen(String version, String peer, String key, String body) {}

  record Said(int status, int bodyLength, boolean silent) {
    static Said status(int status) {
      return new Said(status, 0, false);
    }
  }

  @FunctionalInterface
  interface Behaviour {
    Said answer(Seen seen);
  }

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final HttpAsyncServer server;
  private final int port;
  private volatile Behaviour behaviour;

  Http2Endpoint(SSLContext tls, Behaviour behaviour) throws Exception {
    this.behaviour = behaviour;
    server =
        H2ServerBootstrap.bootstrap()
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
            .setTlsStrategy(new H2ServerTlsStrategy(tls))
            .setCanonicalHostName("localhost")
            .register("*", new Handler())
            .create();
    server.start();
    var listening =
        server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTPS);
    port = ((InetSocketAddress) listening.get().getAddress()).getPort();
  }

  String url() {
    return "https://localhost:" + port + "/hook";
  }

  void now(Behaviour next) {
    behaviour = next;
  }

  @Override
  public void close() {
    server.close(CloseMode.IMMEDIATE);
  }

  private final class Handler implements AsyncServerRequestHandler<Message<HttpRequest, byte[]>> {
    @Override
    public AsyncRequestConsumer<Message<HttpRequest, byte[]>> prepare(
        HttpRequest request, @Nullable EntityDetails entity, HttpContext context) {
      return new BasicRequestConsumer<>(entity == null ? null : new BasicAsyncEntityConsumer());
    }

    @Override
    public void handle(
        Message<HttpRequest, byte[]> message, ResponseTrigger trigger, HttpContext context)
        throws HttpException, IOException {
      var coreContext = HttpCoreContext.cast(context);
      var request = message.getHead();
      var body = message.getBody() == null ? new byte[0] : message.getBody();
      var what =
          new Seen(
              String.valueOf(coreContext.getProtocolVersion()),
              String.valueOf(coreContext.getEndpointDetails().getRemoteAddress()),
              request.getHeader("idempotency-key").getValue(),
              new String(body, StandardCharsets.UTF_8));
      seen.add(what);
      var said = behaviour.answer(what);
      if (!said.silent()) {
        var entity =
            said.bodyLength() == 0
                ? null
                : new BasicAsyncEntityProducer(new byte[said.bodyLength()], null);
        var response = new BasicHttpResponse(said.status());
        if (said.status() == 429) {
          response.addHeader("retry-after", "3");
        }
        trigger.submitResponse(new BasicResponseProducer(response, entity), context);
      }
    }
  }
}
