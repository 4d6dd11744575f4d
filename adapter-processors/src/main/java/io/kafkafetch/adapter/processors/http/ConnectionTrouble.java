package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * What it means that a request got no answer. The sentences name the origin and never quote what
 * the other side sent.
 */
final class ConnectionTrouble {
  private ConnectionTrouble() {}

  /** The cause that an exchange with the origin failed for. */
  static Cause cause(Exception failure, Origin origin) {
    if (failure instanceof ForbiddenTargetException forbidden) {
      return new Cause.Fatal(String.valueOf(forbidden.getMessage()));
    }
    if (isUntrusted(failure)) {
      return new Cause.Fatal(
          "The certificate of "
              + origin
              + " is not trusted: it is expired, made for another host, or signed by nobody whom"
              + " this server's Java trusts");
    }
    return new Cause.Transient(sentence(failure, origin));
  }

  private static String sentence(Exception failure, Origin origin) {
    return switch (failure) {
      case UnknownHostException _ -> "The name of " + origin + " does not resolve";
      case SocketTimeoutException _ -> origin + " did not answer within timeout_ms";
      case ConnectException _, NoRouteToHostException _ -> origin + " takes no connection";
      case SSLException _ -> "TLS with " + origin + " failed";
      case HttpException _ -> origin + " does not answer in HTTP";
      case IOException _ -> "The connection to " + origin + " was lost before the answer was whole";
      default -> "The request to " + origin + " failed";
    };
  }

  private static boolean isUntrusted(@Nullable Throwable failure) {
    int depth = 0;
    for (var cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
      if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }
}
