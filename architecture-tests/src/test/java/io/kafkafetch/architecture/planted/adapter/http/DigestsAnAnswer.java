package io.kafkafetch.architecture.planted.adapter.http;

import java.security.MessageDigest;

/** Breaks a rule on purpose. */
interface DigestsAnAnswer {
  MessageDigest digest();
}
