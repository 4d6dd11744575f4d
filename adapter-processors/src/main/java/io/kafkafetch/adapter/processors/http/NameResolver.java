package io.kafkafetch.adapter.processors.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Turns a host's name, or an address in text, into addresses. */
@FunctionalInterface
interface NameResolver {
  /** What the operating system answers. */
  NameResolver SYSTEM = InetAddress::getAllByName;

  /** All addresses of the host, at least one. */
  InetAddress[] resolve(String host) throws UnknownHostException;
}
