package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the addresses of a host that may be reached. Only what comes from here is connected to. */
final class Targets {
  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

  private final TargetRules rules;
  private final NameResolver resolver;

  Targets(TargetRules rules, NameResolver resolver) {
    this.rules = rules;
    this.resolver = resolver;
  }

  /**
   * The permitted addresses of the origin's host, at least one, in the resolver's order.
   *
   * @throws ForbiddenTargetException when there is none
   * @throws UnknownHostException when the name does not resolve
   * @throws SocketTimeoutException when it does not resolve within {@code timeoutNanos}
   */
  List<InetAddress> permitted(Origin origin, long timeoutNanos) throws IOException {
    var addresses = resolve(origin.host(), timeoutNanos);
    var permitted = new ArrayList<InetAddress>(addresses.length);
    for (var address : addresses) {
      if (rules.permit(origin.host(), address)) {
        permitted.add(address);
      }
    }
    if (permitted.isEmpty()) {
      // The address is for the log alone: whoever may configure a consumer could otherwise have
      // names of the inner network looked up.
      LOG.debug("{} resolves to {}, which is refused", origin, addresses[0].getHostAddress());
      throw new ForbiddenTargetException(
          origin
              + " is at no public address; an administrator can allow it in "
              + TargetRules.SETTING);
    }
    return permitted;
  }

  private InetAddress[] resolve(String host, long timeoutNanos) throws IOException {
    var answer = new CompletableFuture<InetAddress[]>();
    // A look-up blocks in native code for as long as the operating system likes, and would hold the
    // carrier of a virtual thread; on a thread of its own only this wait is bounded by us.
    Thread.ofPlatform()
        .daemon()
        .name("resolve-" + host)
        .start(() -> {
          try {
            answer.complete(resolver.resolve(host));
          } catch (UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("The name " + host + " did not resolve in time");
    } catch (ExecutionException e) {
      var unknown = new UnknownHostException(host);
      unknown.initCause(e.getCause());
      throw unknown;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the name " + host + " was resolved", e);
    }
  }
}
