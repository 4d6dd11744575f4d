package io.kafkafetch.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A private key and its self-signed certificate, made by the JDK's own keytool, as PEM.
 *
 * @param chain the certificate
 * @param key the private key as PKCS #8
 */
public record Certificate(String chain, String key) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** One for that name, which also holds for this machine's loopback. */
  static Certificate of(String name, Path folder) {
    var store = folder.resolve(name + ".p12");
    var output = folder.resolve(name + ".keytool.log");
    try {
      var keytool = new ProcessBuilder(command(name, store)).redirectErrorStream(true);
      var running = keytool.redirectOutput(output.toFile()).start();
      if (!running.waitFor(60, TimeUnit.SECONDS) || running.exitValue() != 0) {
        throw new EmbeddedException("keytool: " + Files.readString(output));
      }
      var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
      return new Certificate(
          pem("CERTIFICATE", keys.getCertificate(name).getEncoded()),
          pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw new EmbeddedException("No certificate can be made: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("Interrupted while a certificate was made", e);
    }
  }

  private static List<String> command(String name, Path store) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=ip:" + LoopbackPort.HOST + ",dns:localhost",
        "-storetype",
        "PKCS12",
        "-storepass",
        new String(PASSWORD),
        "-keystore",
        store.toString());
  }

  private static String pem(String type, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            type, Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded), type);
  }
}
