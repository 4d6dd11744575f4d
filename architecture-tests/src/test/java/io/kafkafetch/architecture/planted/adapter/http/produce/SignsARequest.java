package io.kafkafetch.architecture.planted.adapter.http.produce;

import java.security.MessageDigest;
import java.security.Signature;

/** Breaks a rule on purpose, but for the digest. */
interface SignsARequest {
  MessageDigest digest();

  Signature signature();
}
