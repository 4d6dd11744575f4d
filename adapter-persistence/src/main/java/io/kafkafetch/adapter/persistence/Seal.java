package io.kafkafetch.adapter.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts that may hold secrets: AES-256 in GCM, so that a changed text is refused rather
 * than read as something else. Each text belongs to a place, and is no text anywhere else. The form
 * begins with its version: {@code 1:} and Base64 of nonce, ciphertext and tag.
 */
final class Seal {
  private static final String VERSION = "1:";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BITS = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;

  private Seal(SecretKey key) {
    this.key = key;
  }

  /**
   * A seal of what an operator set. That may be a sentence rather than random bytes, and is
   * therefore stretched: each guess shall cost as much as it does here.
   */
  static Seal of(String secretKey, byte[] salt, int iterations) {
    try {
      var stretched =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(secretKey.toCharArray(), salt, iterations, KEY_BITS));
      return new Seal(new SecretKeySpec(stretched.getEncoded(), "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot derive a key", e);
    }
  }

  static byte[] randomBytes(int count) {
    var bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** The text as only a holder of the key can read it. */
  String close(String plain, String place) {
    try {
      var nonce = randomBytes(NONCE_BYTES);
      var encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(plain.getBytes(UTF_8));
      var bytes = Arrays.copyOf(nonce, nonce.length + encrypted.length);
      System.arraycopy(encrypted, 0, bytes, nonce.length, encrypted.length);
      return VERSION + Base64.getEncoder().encodeToString(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot encrypt", e);
    }
  }

  /**
   * The text as it was.
   *
   * @throws Json.Unreadable when it was encrypted with another key, or for another place, or has
   *     been changed since
   */
  String open(String sealed, String place) {
    if (!sealed.startsWith(VERSION)) {
      throw new Json.Unreadable("has secrets in a form that this version does not know");
    }
    try {
      var bytes = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
      if (bytes.length < NONCE_BYTES) {
        throw unreadable();
      }
      var nonce = Arrays.copyOf(bytes, NONCE_BYTES);
      var plain =
          cipher(Cipher.DECRYPT_MODE, nonce, place)
              .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return new String(plain, UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private static Json.Unreadable unreadable() {
    return new Json.Unreadable(
        "has secrets that this server's SECRET_KEY does not open: they were encrypted with another"
            + " key, or changed since");
  }

  private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(UTF_8));
    return cipher;
  }
}
