package org.lossbook.kernel;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.lossbook.kernel.protocol.ConnectionFile;
import org.lossbook.kernel.protocol.LocalClient;

/**
 * A rehearsal of the kernel, which starts and asks itself to run a few cells. The installation lets
 * the JVM archive the classes that this loads (CDS), also those of messages, so that a real start
 * is faster.
 */
final class Rehearsal {
  private static final List<String> CELLS =
      List.of(
          "mse().of(3, 2.5)",
          "var numbers = new double[] {3, 5};",
          "numbers",
          "double twice(double x) {\n  return 2 * x;\n}\ntwice(2)",
          "for (int i = 0; i < 3; i++) {\n  System.out.println(\"line \" + i);\n}",
          "Stream.of(1, 2).map(i -> i + 1).toList()",
          "display(\"shown\")",
          "undefined + 1",
          "throw new IllegalStateException(\"outer\", new RuntimeException(\"inner\"))");

  private Rehearsal() {}

  /** A connection of its own, on ports that are free now, from a file as Jupyter writes it. */
  static KernelConnectionProperties properties() throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < 5; i++) {
        sockets.add(new ServerSocket(0));
      }
    } finally {
      for (ServerSocket each : sockets) {
        each.close();
      }
    }
    int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
    var properties =
        new KernelConnectionProperties(
            "127.0.0.1",
            ports[0],
            ports[1],
            ports[2],
            ports[3],
            ports[4],
            "tcp",
            "hmac-sha256",
            "rehearsal");
    Path file = Files.createTempFile("rehearsal", ".json");
    try {
      Files.writeString(file, properties.toJsonString());
      return ConnectionFile.read(file.toString());
    } finally {
      Files.delete(file);
    }
  }

  /** Asks what a notebook asks, in the same messages. */
  static void play(KernelConnectionProperties properties) throws GeneralSecurityException {
    try (var client = new LocalClient(properties)) {
      client.ask("kernel_info_request", new JsonObject());
      for (String cell : CELLS) {
        var request = new JsonObject();
        request.addProperty("code", cell);
        request.addProperty("silent", false);
        request.addProperty("store_history", true);
        request.addProperty("allow_stdin", true);
        request.addProperty("stop_on_error", true);
        request.add("user_expressions", new JsonObject());
        client.ask("execute_request", request);
      }
      var completion = new JsonObject();
      completion.addProperty("code", "\"\".");
      completion.addProperty("cursor_pos", 3);
      client.ask("complete_request", completion);
    }
  }
}
