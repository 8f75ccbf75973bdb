package org.lossbook.kernel.protocol;

import static org.lossbook.base.Messages.wrong;

import com.google.gson.JsonParseException;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lossbook.Internal;

/**
 * Jupyter's connection file, which says where the channels are.
 *
 * @hidden
 */
@Internal
public final class ConnectionFile {
  private static final List<String> TRANSPORTS = List.of("tcp", "ipc");

  private ConnectionFile() {}

  /**
   * Reads the file that the command line names.
   *
   * @throws IllegalArgumentException if it does not say all that a kernel needs
   */
  public static KernelConnectionProperties read(String... args) {
    if (args.length != 1) {
      throw wrong(
          "The kernel expects the path of a connection file but receives %d arguments: Jupyter"
              + " starts it, such as by jupyter lab.",
          args.length);
    }
    KernelConnectionProperties read;
    try {
      read = KernelConnectionProperties.parse(Files.readString(Path.of(args[0])));
    } catch (IOException e) {
      throw wrong("The kernel cannot read the connection file %s.", args[0]);
    } catch (JsonParseException e) {
      throw wrong("The connection file %s is not JSON.", args[0]);
    }
    if (read == null || read.getIp() == null || read.getShellPort() == 0) {
      throw wrong("The connection file %s has no ip or no ports.", args[0]);
    }
    String transport = read.getTransport() == null ? "tcp" : read.getTransport();
    if (!TRANSPORTS.contains(transport)) {
      throw wrong(
          "The kernel's transports are tcp and ipc, but the connection file %s asks for %s.",
          args[0], transport);
    }
    String scheme = read.getSignatureScheme() == null ? "hmac-sha256" : read.getSignatureScheme();
    return new KernelConnectionProperties(
        read.getIp(),
        read.getControlPort(),
        read.getShellPort(),
        read.getStdinPort(),
        read.getHbPort(),
        read.getIopubPort(),
        transport,
        scheme,
        read.getKey() == null ? "" : read.getKey());
  }
}
