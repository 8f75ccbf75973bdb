package org.lossbook.kernel.protocol;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages with the connection's key, and accepts a signature once: who repeats a recorded
 * message does not have the key. Without a key, nothing is signed.
 */
final class Signatures {
  /** As many as jupyter_client remembers. */
  private static final int REMEMBERED = 1 << 16;

  private final Mac mac;
  private final Set<ByteBuffer> seen;

  Signatures(KernelConnectionProperties properties) throws GeneralSecurityException {
    this(properties.getSignatureScheme(), properties.getKey(), REMEMBERED);
  }

  /**
   * @param scheme such as {@code hmac-sha256}
   * @param remembered how many signatures are refused a second time
   */
  Signatures(String scheme, String key, int remembered) throws GeneralSecurityException {
    seen =
        Collections.newSetFromMap(
            new LinkedHashMap<>() {
              private static final long serialVersionUID = 1;

              @Override
              protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
                return size() > remembered;
              }
            });
    if (key == null || key.isEmpty()) {
      mac = null;
    } else {
      String algorithm = (scheme == null ? "hmac-sha256" : scheme).replace("-", "");
      mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
    }
  }

  /** The signature of a message with these parts; empty without a key. */
  String of(List<byte[]> parts) {
    return mac == null ? "" : HexFormat.of().formatHex(digest(parts));
  }

  /**
   * Refuses a message that is not signed with the key, or was received before.
   *
   * @param signature as received, in hexadecimal digits
   */
  void check(byte[] signature, List<byte[]> parts) throws Rejected {
    if (mac == null) {
      return;
    }
    if (signature.length == 0) {
      throw new Rejected("it is not signed");
    }
    byte[] expected = digest(parts);
    byte[] text = HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(text, signature)) {
      throw new Rejected("its signature is wrong");
    }
    synchronized (seen) {
      if (!seen.add(ByteBuffer.wrap(expected))) {
        throw new Rejected("it was received before");
      }
    }
  }

  private synchronized byte[] digest(List<byte[]> parts) {
    parts.forEach(mac::update);
    return mac.doFinal();
  }
}
