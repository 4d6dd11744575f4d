package io.kafkafetch.adapter.processors.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;

/**
 * What shares connections (RFC 9110, section 4.3.1).
 *
 * @param secure whether it is spoken with over TLS
 * @param host in lower case, an IPv6 address without brackets
 * @param port 1 to 65535
 */
record Origin(boolean secure, String host, int port) {
  /** The origin of an http or https URI that has a host. */
  static Origin of(URI uri) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    var host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : (secure ? 443 : 80);
    return new Origin(secure, host, port);
  }

  /** The value of the Host header; the scheme's own port is left out. */
  String authority() {
    var bracketed = host.contains(":") ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? bracketed : bracketed + ":" + port;
  }

  /** The same as the library names it, at one address. */
  HttpHost at(InetAddress address) {
    return new HttpHost(scheme(), address, host, port);
  }

  private String scheme() {
    return secure ? "https" : "http";
  }

  @Override
  public String toString() {
    return scheme() + "://" + authority();
  }
}
