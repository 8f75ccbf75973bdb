package org.lossbook.kernel;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * A rehearsal of the kernel, which starts and runs a few cells by itself. The installation lets the
 * JVM archive the classes that this loads (CDS), so that a real start is faster.
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

  /** A connection of its own, on ports that are free now. */
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
    return new KernelConnectionProperties(
        "127.0.0.1",
        ports[0],
        ports[1],
        ports[2],
        ports[3],
        ports[4],
        "tcp",
        "hmac-sha256",
        "rehearsal");
  }

  static void play(LossbookKernel kernel) {
    for (String cell : CELLS) {
      kernel.rehearse(cell);
    }
    kernel.complete("\"\".", 3);
  }
}
